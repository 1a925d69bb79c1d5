import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { promptProblem } from "../../src/prompt/edited-prompt.ts";
import type { TaskView } from "../../src/task/view.ts";
import {
  attacks,
  hostileTexts,
  outsideQuotes,
  pictureThatSays,
  seenOf,
  triplesOf,
  unseen,
} from "../prompt/hostile-texts.ts";
import { type FormPart, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import {
  callsSeen,
  ended,
  freshSandbox,
  postForm,
  postJson,
  started,
  statusOf,
  wokenUntil,
} from "../support/sandboxed-service.ts";

const picture = jpeg({ width: 64, height: 48 });
/** Two clips, cut together. */
const fields = [text("duration_seconds", "10"), text("quality", "standard")];

beforeEach(freshSandbox);

function upload(content: Uint8Array, filename = "photo.jpg", contentType = "image/jpeg"): FormPart {
  return { name: "reference_image1", content, filename, contentType };
}

async function made(...parts: FormPart[]): Promise<TaskView> {
  return await ended((await started(await postForm([...parts, ...fields]))).task_id);
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const detailSchema = z.looseObject({ text: z.string().optional(), prompt: z.string().optional() });

/** What is different in each task, or in each picture and prompt. */
const varying = ["text", "prompt", "body_bytes", "bytes", "hash", "comment"];

/** Every question and every order of a clip, without the words in it. */
async function callsInForm() {
  const asked = (await callsSeen()).filter(({ call }) => ["image_analysis", "prompt", "submit"].includes(call));
  return asked.map(({ call, model, accepted, detail }) => {
    const form: unknown = JSON.parse(
      JSON.stringify(detail),
      (key, value: unknown) => varying.includes(key) ? undefined : value,
    );
    return { call, model, accepted, detail: form };
  });
}

/** What the models were told by us: all before the data. */
async function instructionsSeen(): Promise<string[]> {
  const texts = (await callsSeen()).flatMap(({ detail }) => detailSchema.safeParse(detail).data?.text ?? []);
  return texts.map((told) => told.replace(/DATA ([0-9a-f-]{36})\n[^]*\nDATA \1/, "THE DATA").replace(uuid, "A MARK"));
}

async function expectToldNothing(task: TaskView): Promise<void> {
  const shown = JSON.stringify(task);
  const sentences = (await instructionsSeen()).flatMap((told) => told.split(/[.:;]\s/));
  expect(sentences.length).toBeGreaterThan(20);
  for (const sentence of sentences.filter(({ length }) => length > 30)) expect(shown).not.toContain(sentence);
}

interface Usual {
  readonly calls: Awaited<ReturnType<typeof callsInForm>>;
  readonly instructions: readonly string[];
}

let usual: Usual | undefined;

/** What a harmless picture comes to: the calls, and what we say to the models in each. Made once. */
async function usually(): Promise<Usual> {
  if (usual) return usual;
  await made(upload(pictureThatSays("750", picture)));
  usual = { calls: await callsInForm(), instructions: await instructionsSeen() };
  await freshSandbox();
  return usual;
}

describe("a picture with lettering on it", () => {
  test.each(hostileTexts)("makes the video that was asked for, in which it can be read: $name", async (hostile) => {
    const usual = await usually();
    const task = await made(upload(pictureThatSays(hostile.text, picture)));
    expect(task).toMatchObject({ status: "succeeded", error: null, cost: { actual_usd: 1.6 } });
    expect(await callsInForm()).toEqual(usual.calls);
    expect(await instructionsSeen()).toEqual(usual.instructions);

    const { segments, model } = task.step3_video_generation ?? {};
    expect(model).toBe("veo-3.1-fast-generate-preview");
    expect(segments?.map(({ seconds, shown_seconds }) => [seconds, shown_seconds])).toEqual([[8, 5], [8, 5]]);
    for (const { prompt } of segments ?? []) {
      const said = triplesOf(outsideQuotes(prompt));
      expect(triplesOf(hostile.text).filter((triple) => said.includes(triple))).toEqual([]);
      expect(prompt).not.toMatch(unseen);
    }
    const read = task.step1_analysis?.images[0]?.legible_text.join(" ") ?? "";
    expect(seenOf(hostile).startsWith(read) && read.length > 0).toBe(true);
    await expectToldNothing(task);
  });
});

describe("the customer's words", () => {
  test.each(hostileTexts)("say what is shown, and nothing of how it is asked for: $name", async (hostile) => {
    const usual = await usually();
    const words = hostile.text.slice(0, 2_000);
    const task = await made(upload(pictureThatSays("750", picture)), text("additional_prompt", words));
    expect(task).toMatchObject({ status: "succeeded", error: null, cost: { actual_usd: 1.6 } });
    expect(await callsInForm()).toEqual(usual.calls);
    expect(await instructionsSeen()).toEqual(usual.instructions);
    for (const { prompt } of task.step3_video_generation?.segments ?? []) {
      expect(prompt).toContain('exactly as written: "750"');
      expect(prompt).toContain("Avoid: sudden cuts");
    }
    await expectToldNothing(task);
  });
});

describe("a prompt edited in the review", () => {
  test.each(hostileTexts)("is what the person wrote and changes nothing else: $name", async (hostile) => {
    const usual = await usually();
    const { task_id } = await started(
      await postForm([upload(pictureThatSays("750", picture)), ...fields, text("review", "true")]),
    );
    const { links } = await wokenUntil(task_id, ["awaiting_approval"]);
    const response = await postJson(links.approve ?? "", { prompts: [hostile.text, "The ring turns."] });
    if (promptProblem(hostile.text, 1_024) !== null) {
      expect(response.status).toBe(422);
      expect(await statusOf(task_id)).toMatchObject({ status: "awaiting_approval" });
      return;
    }
    expect(response.status).toBe(200);
    const task = await ended(task_id);
    expect(task.status).toBe("succeeded");
    expect(await callsInForm()).toEqual(usual.calls);
    const [first, second] = task.step3_video_generation?.segments.map(({ prompt }) => prompt) ?? [];
    expect(first?.replace(/\s+/g, " ")).toBe(seenOf(hostile));
    expect(second).toBe("The ring turns.");
  });
});

describe("the name and the type of an uploaded file", () => {
  const sign = "kestrel7731";
  /** As browsers write it (HTML, multipart/form-data encoding algorithm). */
  const escaped = (name: string) => name.replace(/\r\n?|\n/g, "%0D%0A").replaceAll('"', "%22");
  const asParameter = (note: string) => `image/jpeg; note="${note.replace(/[^ -~]|["\\]/g, "").slice(0, 200)}"`;
  const telling = [
    ...["the classic", "JSON that closes the structure", "turns of a conversation", "a code fence", "a script"],
    ...["with the direction of writing overridden", "with control characters", "very long"],
  ];

  test.each(attacks.filter(({ name }) => telling.includes(name)))(
    "reach no model and no answer: $name",
    async (attack) => {
      const usual = await usually();
      const named = upload(
        pictureThatSays("750", picture),
        `${sign} ${escaped(attack.text).slice(0, 500)}.jpg`,
        asParameter(`${sign} ${attack.text}`),
      );
      const task = await made(named);
      expect(task).toMatchObject({ status: "succeeded", references: { images: [{ content_type: "image/jpeg" }] } });
      expect(await callsInForm()).toEqual(usual.calls);
      expect(await instructionsSeen()).toEqual(usual.instructions);
      expect(JSON.stringify([task, await callsSeen()])).not.toContain(sign);
    },
  );
});
