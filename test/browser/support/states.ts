/// <reference lib="dom" />
/** Each state that the form can be in, and how a person gets there: to be pictured, and to be judged by axe. English. */
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { changeAnswers } from "./change-answers.ts";
import { choose, playedFilm, stage } from "./form.ts";
import { misbehave, setLatencies } from "./task.ts";
import { motion, pictures, type Upload } from "./uploads.ts";

export interface State {
  readonly name: string;
  /** From a form that was just opened in a browser that was never there before. */
  readonly reach: (page: Page, origin: string) => Promise<void>;
}

/** Longer than anybody looks. */
const neverMs = 600_000;

const ownWords = "A slow turn on black velvet, a ray slides over the facets";

export const states: readonly State[] = [
  { name: "nothing-yet", reach: (page) => page.getByText("$3.20", { exact: true }).waitFor() },
  { name: "dragging-over", reach: dragFiles },
  { name: "laid-out", reach: layOut },
  { name: "bad-files", reach: layBadFiles },
  {
    name: "bad-addresses",
    reach: async (page) => {
      await page.getByRole("radio", { name: "Addresses" }).check();
      await page.getByLabel("Address of picture 1").fill("ring.jpg");
      await make(page);
    },
  },
  {
    name: "too-long-a-take",
    reach: async (page) => {
      await page.getByRole("slider", { name: "Length" }).fill("60");
      await page.getByRole("radio", { name: "One take" }).check();
      await page.locator("#plan-words").getByText("extensions").waitFor();
    },
  },
  {
    name: "sending",
    reach: async (page) => {
      const network = await page.context().newCDPSession(page);
      await layOut(page);
      const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 4_000 };
      await network.send("Network.emulateNetworkConditions", slow);
      await make(page);
      await page.getByText("Sending: ").waitFor();
    },
  },
  {
    name: "reading",
    reach: async (page, origin) => {
      await setLatencies(origin, { image_analysis_ms: neverMs });
      await start(page);
      await stage(page, "Reading the references").waitFor();
    },
  },
  {
    name: "writing",
    reach: async (page, origin) => {
      await setLatencies(origin, { prompt_ms: neverMs });
      await start(page);
      await stage(page, "Writing the prompt").waitFor();
    },
  },
  { name: "review", reach: (page) => review(page, "8") },
  {
    name: "storyboard",
    reach: async (page) => {
      await review(page, "20");
      await page.getByRole("textbox", { name: "Shot 2" }).fill("The ring stands on wet slate.");
    },
  },
  {
    name: "waiting-for-quota",
    reach: async (page, origin) => {
      await misbehave(origin, { call: "submit", fault: "status_429_retry_after", times: 99 });
      await start(page);
      await page.locator(".stage-wait", { hasText: "The quota with" }).waitFor();
    },
  },
  {
    name: "filming",
    reach: async (page, origin) => {
      await setLatencies(origin, { clip_ms: neverMs });
      await start(page, "20");
      await page.getByText("being filmed").first().waitFor();
    },
  },
  {
    name: "cancel-question",
    reach: async (page, origin) => {
      await setLatencies(origin, { clip_ms: neverMs });
      await start(page);
      await page.getByText("being filmed").first().waitFor();
      await page.getByRole("button", { name: "Cancel", exact: true }).click();
    },
  },
  {
    name: "declined",
    reach: async (page, origin) => {
      await misbehave(origin, { call: "submit", fault: "filtered_prompt" });
      await start(page);
      await page.getByRole("heading", { name: "It did not work" }).waitFor();
    },
  },
  {
    name: "clips-kept",
    reach: async (page, origin) => {
      await misbehave(origin, { call: "submit", fault: "filtered_prompt", after: 1, times: 1 });
      await start(page, "20");
      await page.getByRole("heading", { name: "It did not work" }).waitFor();
    },
  },
  {
    name: "stopped",
    reach: async (page) => {
      await review(page, "8");
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("heading", { name: "Stopped" }).waitFor();
    },
  },
  { name: "done", reach: (page) => film(page, "12", "16:9") },
  {
    name: "done-upright-compared",
    reach: async (page) => {
      await film(page, "8", "9:16");
      await page.getByRole("button", { name: "Picture 1", exact: true }).click();
    },
  },
  { name: "done-square", reach: (page) => film(page, "8", "1:1") },
  {
    name: "delete-question",
    reach: async (page) => {
      await film(page, "8", "16:9");
      await page.locator("summary", { hasText: "Delete" }).click();
    },
  },
  {
    name: "no-connection",
    reach: async (page, origin) => {
      await setLatencies(origin, { clip_ms: neverMs });
      await start(page);
      await page.getByText("being filmed").first().waitFor();
      await page.context().setOffline(true);
      await page.getByText("No connection.").waitFor();
    },
  },
  { name: "key-wanted", reach: (page) => wantKey(page) },
  {
    name: "key-refused",
    reach: async (page) => {
      await wantKey(page);
      const problem = { code: "unauthorized", detail: "This is not a key of this service." };
      await page.route("**/veo31/estimate", (route) => route.fulfill({ status: 401, json: problem }), { times: 1 });
      await page.getByLabel("Key", { exact: true }).fill("an-old-key-0123456789");
      await page.getByRole("button", { name: "Use this key" }).click();
      await page.getByText("The service does not take this key.").waitFor();
    },
  },
  {
    name: "budget-spent",
    reach: async (page) => {
      const budget = { daily_usd: 20, left_usd: 1.2, renews_at: nextMidnight() };
      await changeAnswers(page, "**/veo31/estimate", (estimate) => ({ ...estimate, budget }));
      await layOut(page);
      await make(page);
      await page.locator("#budget-problem:focus", { hasText: "Of today's budget $1.20 is left" }).waitFor();
    },
  },
  {
    name: "task-gone",
    reach: async (page) => {
      await page.evaluate(() => location.hash = "#task=00000000000000000000000000000000");
      await page.getByText("This task is no longer there.").waitFor();
    },
  },
];

/** As if the service asked for a key, which the sandbox's does not. */
async function wantKey(page: Page): Promise<void> {
  await changeAnswers(page, "**/veo31/capabilities", (offer) => ({ ...offer, api_key_required: true }));
  await page.reload();
  await page.getByLabel("Key", { exact: true }).waitFor();
}

/** When days change at the service: UTC. */
function nextMidnight(): string {
  return new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();
}

async function layOut(page: Page): Promise<void> {
  await choose(page, () => page.getByLabel("The whole piece").click(), await pictures());
  await choose(page, () => page.getByLabel("A video to move like", { exact: true }).click(), [await motion()]);
  await page.getByRole("radio", { name: "Gem" }).check();
  await page.getByRole("slider", { name: "Length" }).fill("12");
  await page.getByLabel("In your own words").fill(ownWords);
  await page.getByText("$6.40", { exact: true }).waitFor();
}

async function layBadFiles(page: Page): Promise<void> {
  const [front, side] = await pictures();
  if (!front || !side) throw new Error("There are no samples.");
  const animation: Upload = { ...front, name: "a-ring-that-turns.gif", buffer: Buffer.from("GIF89a") };
  const cut: Upload = { ...side, buffer: side.buffer.subarray(0, 400) };
  await choose(page, () => page.getByLabel("The whole piece").click(), [front, animation, cut]);
  await page.getByText("does not open").first().waitFor();
  await make(page);
}

async function dragFiles(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["a"], "ring.jpg", { type: "image/jpeg" }));
    const place = document.querySelector("#print1");
    for (const kind of ["dragenter", "dragover"]) {
      place?.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    }
  });
}

async function start(page: Page, seconds = "8"): Promise<void> {
  await layOut(page);
  await page.getByRole("slider", { name: "Length" }).fill(seconds);
  await make(page);
}

async function review(page: Page, seconds: string): Promise<void> {
  await page.getByRole("checkbox", { name: "Show me the prompt before anything is paid" }).check();
  await start(page, seconds);
  await page.getByRole("heading", { name: "Read it before it is made" }).waitFor();
}

async function film(page: Page, seconds: string, ratio: string): Promise<void> {
  await setLatencies(new URL(page.url()).origin, { clip_ms: 1_000 });
  await page.getByRole("radio", { name: ratio }).check();
  await start(page, seconds);
  await playedFilm(page);
}

function make(page: Page): Promise<void> {
  return page.getByRole("button", { name: "Make the video" }).click();
}
