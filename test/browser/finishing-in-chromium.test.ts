/** Cut and joined videos as a browser plays them. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { screen } from "./support/cinema.ts";
import { clipsToTry } from "./support/clips.ts";
import { finish } from "./support/finish.ts";
import { launchBrowser } from "./support/form.ts";

const framesPerSecond = 24;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

describe.each(clipsToTry)("$name", ({ path }) => {
  // One that hides frames behind its end, and one that needs not.
  test.each([[1, 98], [1, 121], [2, 216], [3, 480]])("%i times, in %i frames", async (times, frames) => {
    const seconds = frames / framesPerSecond;
    const finished = await finish({ clips: Array(times).fill(path), seconds });
    const seen = await screen(browser, finished.path, seconds - 1);
    expect(seen).toMatchObject({ width: 1_280, height: 720 });
    expect(seen.duration).toBeCloseTo(seconds, 3);
    expect(seen.endedAt).toBeCloseTo(seconds, 3);
    expect(seen.lastFrameSought).toBeCloseTo((frames - 1) / framesPerSecond, 3);
    expect(Math.max(...seen.framesPlayed)).toBeCloseTo((frames - 1) / framesPerSecond, 3);
  });

  test("plays over a join without a pause", async () => {
    const { path: joined } = await finish({ clips: [path, path], seconds: 5 });
    const { framesPlayed } = await screen(browser, joined, 1.5);
    const steps = framesPlayed.slice(1).map((time, index) => time - (framesPlayed[index] ?? 0));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    // A slow machine shows not every frame; a hole at the join would be one for everybody.
    expect(framesPlayed.filter((time) => time > 2.3 && time < 2.7).length).toBeGreaterThan(3);
  });
});
