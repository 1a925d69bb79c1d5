import { expect, it } from "vitest";
import { guardedFetch } from "../../src/upstream/guarded-fetch.ts";
import { FaultError } from "../../src/upstream/read-fault.ts";
import { recordedFetch } from "../support/recorded-fetch.ts";

const baseUrl = "https://gateway.example/gemini";

it.each(["https://evil.example/gemini/v1", "http://gateway.example/gemini/v1", "https://gateway.example:8443/"])(
  "sends nothing off the configured origin: %s",
  async (url) => {
    const { fetch, requests } = recordedFetch(new Response("{}"));
    await expect(guardedFetch(fetch, baseUrl)(url, { headers: { "x-goog-api-key": "k" } }))
      .rejects.toBeInstanceOf(FaultError);
    expect(requests).toEqual([]);
  },
);

it("does not follow a redirect, which would carry the key along", async () => {
  const { fetch, requests } = recordedFetch(Response.redirect("https://evil.example/", 307));
  await expect(guardedFetch(fetch, baseUrl)(`${baseUrl}/v1`)).rejects.toMatchObject({ fault: { kind: "malformed" } });
  expect(requests.map(({ redirect }) => redirect)).toEqual(["manual"]);
});

it("gives a good answer through untouched", async () => {
  const answer = new Response("{}");
  const { fetch } = recordedFetch(answer);
  expect(await guardedFetch(fetch, baseUrl)(new URL(`${baseUrl}/v1`))).toBe(answer);
});
