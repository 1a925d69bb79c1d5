import { describe, expect, test } from "vitest";
import { readSettings, type Settings } from "../../src/env.ts";
import { chooseModel } from "../../src/veo/choose-model.ts";
import type { Sighting } from "../../src/veo/model-state.ts";
import type { Provider } from "../../src/video-provider.ts";

const account = JSON.stringify({ client_email: "a@b.example", private_key: "key", project_id: "shop" });
const google = "https://generativelanguage.googleapis.com";
const vertexOrigin = "https://us-central1-aiplatform.googleapis.com";
const gateway = "https://gateway.example";

const before = Date.parse("2026-10-21");
const after = Date.parse("2026-11-23");

function choose(env: Record<string, string>, sightings: readonly Sighting[] = [], now = after) {
  const settings: Settings = readSettings(env);
  const { offer, state, replaces, successors } = chooseModel("high", { settings, sightings, now });
  return {
    model: offer.model,
    state,
    replaces: replaces?.model ?? null,
    successors: successors.map((one) => one.model),
  };
}

function seen(provider: Provider, model: string, is_there: boolean, base_url = google): Sighting {
  return { provider, model, base_url, is_there, absences: is_there ? 0 : 2, seen_at: after };
}

describe("with a Gemini key alone", () => {
  test("Omni makes the video, because Google has shut Veo down there", () => {
    expect(choose({ GEMINI_API_KEY: "key" })).toEqual({
      model: "gemini-omni-1.1-flash",
      state: "unknown",
      replaces: "veo-3.1-generate-preview",
      successors: ["gemini-omni-1.2-flash"],
    });
  });

  test("Veo made it before that day", () => {
    expect(choose({ GEMINI_API_KEY: "key" }, [], before)).toMatchObject({
      model: "veo-3.1-generate-preview",
      replaces: null,
      successors: ["gemini-omni-1.1-flash", "gemini-omni-1.2-flash"],
    });
  });

  test("what a probe saw counts for more than an announcement", () => {
    const sightings = [seen("gemini", "veo-3.1-generate-preview", true)];
    expect(choose({ GEMINI_API_KEY: "key" }, sightings)).toMatchObject({
      model: "veo-3.1-generate-preview",
      state: "answers",
    });
  });

  test("an announcement says nothing of a gateway, until a probe does", () => {
    const env = { GEMINI_API_KEY: "key", GEMINI_BASE_URL: gateway };
    expect(choose(env)).toMatchObject({ model: "veo-3.1-generate-preview", state: "unknown", replaces: null });
    const gone = seen("gemini", "veo-3.1-generate-preview", false, gateway);
    expect(choose(env, [gone])).toMatchObject({ model: "gemini-omni-1.1-flash" });
    expect(choose({ GEMINI_API_KEY: "key" }, [{ ...gone, is_there: true }])).toMatchObject({
      model: "gemini-omni-1.1-flash",
    });
  });

  test("a successor that is gone too is passed over", () => {
    expect(choose({ GEMINI_API_KEY: "key" }, [seen("omni", "gemini-omni-1.1-flash", false)])).toEqual({
      model: "gemini-omni-1.2-flash",
      state: "unknown",
      replaces: "veo-3.1-generate-preview",
      successors: [],
    });
  });

  test("nothing stands in for it when the settings refuse that, or when all are gone", () => {
    const retired = { model: "veo-3.1-generate-preview", state: "retired", replaces: null };
    expect(choose({ GEMINI_API_KEY: "key", MODEL_FALLBACK: "refuse" })).toEqual({ ...retired, successors: [] });
    const gone = ["gemini-omni-1.1-flash", "gemini-omni-1.2-flash"].map((model) => seen("omni", model, false));
    expect(choose({ GEMINI_API_KEY: "key" }, gone)).toEqual({ ...retired, successors: [] });
  });
});

describe("with Vertex AI configured", () => {
  const vertex = { VERTEX_SERVICE_ACCOUNT: account };

  test("Veo makes the video there, also when there is a Gemini key", () => {
    for (const env of [vertex, { ...vertex, GEMINI_API_KEY: "key" }]) {
      expect(choose(env)).toMatchObject({ model: "veo-3.1-generate-001", state: "unknown", replaces: null });
    }
  });

  test("a day before which it does not end is no end", () => {
    expect(choose(vertex, [seen("vertex", "veo-3.1-generate-001", true, vertexOrigin)])).toMatchObject({
      state: "answers",
    });
  });

  test("once it is gone, Omni makes the video if there is a key for it", () => {
    const gone = [seen("vertex", "veo-3.1-generate-001", false, vertexOrigin)];
    expect(choose({ ...vertex, GEMINI_API_KEY: "key" }, gone)).toMatchObject({ model: "gemini-omni-1.1-flash" });
    expect(choose(vertex, gone)).toMatchObject({ model: "veo-3.1-generate-001", state: "retired" });
  });

  test("without a project it is not configured", () => {
    const half = JSON.stringify({ client_email: "a@b.example", private_key: "key" });
    expect(choose({ VERTEX_SERVICE_ACCOUNT: half, GEMINI_API_KEY: "key" })).toMatchObject({
      model: "gemini-omni-1.1-flash",
    });
    expect(choose({ VERTEX_SERVICE_ACCOUNT: half, VERTEX_PROJECT: "shop" })).toMatchObject({
      model: "veo-3.1-generate-001",
    });
  });
});

describe("a provider or a model that is named", () => {
  test.each([
    [{ VIDEO_PROVIDER: "omni" }, "gemini-omni-1.1-flash"],
    [{ VIDEO_PROVIDER: "vertex" }, "veo-3.1-generate-001"],
    [{ VEO_MODEL_HIGH: "gemini-omni-1.2-flash" }, "gemini-omni-1.2-flash"],
    [{ VEO_MODEL_HIGH: "veo-3.1-fast-generate-001" }, "veo-3.1-fast-generate-001"],
  ])("%o is what makes the video", (env, model) => {
    expect(choose({ GEMINI_API_KEY: "key", VERTEX_SERVICE_ACCOUNT: account, ...env })).toMatchObject({
      model,
      replaces: null,
    });
  });

  test.each([
    [{ VEO_MODEL_HIGH: "veo-9" }],
    [{ VEO_MODEL_HIGH: "veo-3.1-lite-generate-preview" }],
    [{ VIDEO_PROVIDER: "omni", VEO_MODEL_HIGH: "veo-3.1-generate-preview" }],
  ])("%o is refused by the setting's name", (env) => {
    expect(() => choose({ GEMINI_API_KEY: "key", ...env })).toThrow(/VEO_MODEL_HIGH/);
  });
});
