/// <reference lib="dom" />
/** Which model makes the video, what it can, and that it is told when it is another one. */
import { describe, expect, test } from "vitest";
import { choose, playedFilm } from "./support/form.ts";
import { pictures } from "./support/uploads.ts";
import { useForm } from "./support/use-form.ts";

describe("Gemini Omni", () => {
  const desk = useForm({ locale: "ru-RU" }, { VIDEO_PROVIDER: "omni" });

  test("with Gemini Omni every length is made exactly, at its own price, and the film says who made it", async () => {
    const { page } = desk;
    await page.locator("#duration_seconds").fill("7");
    await page.getByText("за 7 с съёмки (gemini-omni-1.1-flash) по ценам Google").waitFor();
    expect(await page.locator("#price").textContent()).toMatch(/1,05/);
    expect(await page.locator(".cut").count()).toBe(0);
    await choose(page, () => page.getByLabel("Вещь целиком").click(), (await pictures()).slice(0, 1));
    await page.getByRole("button", { name: "Сделать видео" }).click();
    expect((await playedFilm(page)).seconds).toBeCloseTo(7, 1);
    await page.locator(".outcome").getByText("gemini-omni-1.1-flash").waitFor();
  });

  test("one take that is too long for the model is told beside the choice, and no price is asked for", async () => {
    const { page } = desk;
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.postData() ?? ""));
    await page.locator("#duration_seconds").fill("45");
    await page.locator("#structure").getByRole("radio", { name: "Одним планом" }).check();
    await page.getByText("Одним планом эта модель снимает не длиннее 40 с.").waitFor();
    await page.locator("#price-note").getByText("Цены нет: так снять нельзя.").waitFor();
    expect(await page.locator("#price").textContent()).toBe("–");
    // What the page knows already is not asked for, only to be refused.
    expect(asked.filter((body) => body.includes("single_take"))).toEqual([]);
  });

  test("a model that is gone is told beside the price, with the one that makes the video", async () => {
    const { page, origin } = desk;
    const retire = { method: "POST", headers: { "Content-Type": "application/json" } };
    const body = JSON.stringify({ retired: ["gemini-omni-1.1-flash"] });
    await fetch(`${origin}/sandbox/control/models`, { ...retire, body });
    // The first task finds it out; from then on everybody knows.
    const answer = await fetch(`${origin}/veo31/generate-from-urls`, {
      method: "POST",
      headers: { "Prefer": "wait=60", "Content-Type": "application/json" },
      body: JSON.stringify({ reference_image_urls: [`${origin}/sandbox/samples/emerald-ring-front.jpg`] }),
    });
    expect(await answer.json()).toMatchObject({ status: "succeeded", plan: { model: "gemini-omni-1.2-flash" } });
    await page.reload();
    await page.getByText("Прежней модели больше нет, видео снимает её преемник gemini-omni-1.2-flash.").waitFor();
  });
});

describe("a deployment that cannot watch a video", () => {
  const vertex = useForm({ locale: "en-US" }, { VIDEO_PROVIDER: "vertex", GEMINI_API_KEY: "" });

  test("does not ask for one", async () => {
    const { page } = vertex;
    await page.getByText("by veo-3.1-generate-001, at Google's prices of").waitFor();
    expect(await page.locator("#sample").isVisible()).toBe(false);
    expect(await page.getByText("Its camera and pace are taken over").isVisible()).toBe(false);
  });
});

describe("a deployment without keys", () => {
  const keyless = useForm({ locale: "en-US" }, { OPENAI_API_KEY: "", GEMINI_API_KEY: "" });

  test("says which are not set and where they go, and starts nothing", async () => {
    const { page } = keyless;
    const orders: string[] = [];
    page.on("request", (request) => request.url().endsWith("/veo31/generate") && orders.push(request.url()));
    const banner = page.locator("#banner");
    await banner.getByText(/^Not set: .*GEMINI_API_KEY.*\.$/).waitFor();
    expect(await banner.textContent()).toContain("Locally it goes into the file .dev.vars");
    await choose(page, () => page.getByLabel("The whole piece").click(), (await pictures()).slice(0, 1));
    await page.getByRole("button", { name: "Make the video" }).click();
    await page.locator("#form-problem", { hasText: "GEMINI_API_KEY" }).waitFor();
    expect(orders).toEqual([]);
  });
});
