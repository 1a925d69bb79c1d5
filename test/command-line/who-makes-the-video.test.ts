/** A deployment or this process: by flags and environment. */
import { describe, expect, test } from "vitest";
import { chooseWay } from "../../src/command-line/choose-way.ts";

const noFlags = { url: null, apiKeyFile: null, direct: false, directory: null };
const both = { VEO31_URL: "https://video.example", VEO31_API_KEY: "k", GEMINI_API_KEY: "g", OPENAI_API_KEY: "o" };

describe("who makes the video", () => {
  test("is the deployment, where the environment names both", () => {
    expect(chooseWay(noFlags, both, null))
      .toEqual({ kind: "deployment", options: { baseUrl: "https://video.example", apiKey: "k" }, flags: [] });
  });

  test.each([{ direct: true }, { directory: "films" }])("is this process when a flag says so: %o", (flag) => {
    const way = chooseWay({ ...noFlags, ...flag }, both, null);
    expect(way).toMatchObject({ kind: "direct", options: { geminiApiKey: "g", openaiApiKey: "o" } });
  });

  test("is this process where there is only an upstream's key; an empty setting is none", () => {
    expect(chooseWay(noFlags, { VEO31_URL: " ", GOOGLE_API_KEY: "g" }, null))
      .toMatchObject({ kind: "direct", directory: ".veo31", options: { geminiApiKey: "g" } });
  });

  test("is told how to set where nobody is", () => {
    expect(() => chooseWay(noFlags, { OPENAI_API_KEY: "o" }, null)).toThrow(/VEO31_URL.*GEMINI_API_KEY/s);
  });

  test("cannot be both", () => {
    const flags = { url: "https://video.example", apiKeyFile: "key", direct: true, directory: "films" };
    expect(() => chooseWay(flags, {}, null)).toThrow(/--url.*--api-key-file.*--directory/s);
  });
});

test("the key of a file goes before that of the environment, and is not among the flags that are shown", () => {
  const way = chooseWay({ ...noFlags, apiKeyFile: "key.txt", url: "http://localhost:8787" }, both, "from-the-file");
  expect(way).toMatchObject({ options: { apiKey: "from-the-file" } });
  expect(way.flags).toEqual(["--url", "http://localhost:8787", "--api-key-file", "key.txt"]);
});

test("the service's own names of settings are taken", () => {
  const environment = {
    VERTEX_SERVICE_ACCOUNT: "{}",
    VERTEX_PROJECT: "p",
    VERTEX_LOCATION: "l",
    VERTEX_STORAGE_URI: "gs://b",
    VERTEX_BASE_URL: "https://v",
    VIDEO_PROVIDER: "vertex",
    MODEL_FALLBACK: "refuse",
    VEO_MODEL_HIGH: "h",
    VEO_MODEL_STANDARD: "s",
    OPENAI_MODEL: "om",
    GEMINI_MODEL: "gm",
    GEMINI_BASE_URL: "https://g",
    OPENAI_BASE_URL: "https://o/v1",
  };
  expect(chooseWay(noFlags, environment, null)).toMatchObject({
    options: {
      vertex: { serviceAccount: "{}", project: "p", location: "l", storageUri: "gs://b", baseUrl: "https://v" },
      videoProvider: "vertex",
      modelFallback: "refuse",
      models: { high: "h", standard: "s", openai: "om", gemini: "gm" },
      geminiBaseUrl: "https://g",
      openaiBaseUrl: "https://o/v1",
    },
  });
  expect(() => chooseWay(noFlags, { ...environment, VIDEO_PROVIDER: "sora" }, null)).toThrow(
    "VIDEO_PROVIDER takes one of",
  );
});
