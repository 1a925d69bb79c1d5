/// <reference lib="dom" />
/** A task's events, as a browser hears them and as somebody hears them whose server is killed meanwhile. */
import { expect, test } from "vitest";
import { launchBrowser, openForm } from "./support/form.ts";
import { newStorage, startServer } from "./support/server.ts";
import { startTask } from "./support/task.ts";

interface Heard {
  readonly id: number;
  readonly status: string;
}

test("a browser hears each change once and stops by itself after the last", async () => {
  const server = await startServer(await newStorage());
  const browser = await launchBrowser();
  const { page } = await openForm(browser, server.origin);
  const { links } = await startTask(server.origin);
  const heard = await page.evaluate((address) =>
    new Promise<Heard[]>((resolve) => {
      const events: Heard[] = [];
      const source = new EventSource(address);
      source.onmessage = ({ lastEventId, data }) => {
        events.push({ id: Number(lastEventId), status: JSON.parse(data).status });
      };
      source.onerror = () => source.readyState === EventSource.CLOSED && resolve(events);
    }), links.events);
  const first = heard[0]?.id ?? 0;
  expect(heard.map(({ id }) => id)).toEqual(heard.map((_, index) => first + index));
  expect(heard.at(-1)?.status).toBe("succeeded");
  await browser.close();
  await server.kill();
});

test("who goes on after the last event it heard misses nothing, though the server was killed", async () => {
  const storage = await newStorage();
  let server = await startServer(storage);
  const { task_id } = await startTask(server.origin);
  const heard: Heard[] = [];
  await hear(server.origin, task_id, heard, ({ status }) => status === "generating");
  await server.kill();
  server = await startServer(storage);
  await hear(server.origin, task_id, heard, () => false);
  const first = heard[0]?.id ?? 0;
  expect(heard.map(({ id }) => id)).toEqual(heard.map((_, index) => first + index));
  expect(heard.at(-1)?.status).toBe("succeeded");
  await server.kill();
});

/** Listens after what was heard already, until the stream ends or enough was heard. */
async function hear(
  origin: string,
  taskId: string,
  heard: Heard[],
  isEnough: (heard: Heard) => boolean,
): Promise<void> {
  const last = heard.at(-1);
  const response = await fetch(`${origin}/veo31/status/${taskId}/events`, {
    headers: last ? { "Last-Event-ID": String(last.id) } : {},
  });
  let text = "";
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (text + piece).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(block) ?? [];
      if (id && data) heard.push({ id: Number(id), status: JSON.parse(data).status });
    }
    const latest = heard.at(-1);
    if (latest && isEnough(latest)) return;
  }
}
