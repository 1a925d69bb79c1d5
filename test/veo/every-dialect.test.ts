import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Fetch } from "../../src/upstream/fetch.ts";
import type { FaultKind, Outcome } from "../../src/upstream/outcome.ts";
import type { ClipFile, ClipRequest, ClipStatus, Operation, VideoModel } from "../../src/veo/model.ts";
import { providerRows } from "../../src/veo/providers.ts";
import { readVideoFacts } from "../../src/video/facts.ts";
import { attachmentOf } from "../support/attachments.ts";
import { type Dialect, dialects, openDialect } from "../support/dialects.ts";
import { jpeg } from "../support/pictures.ts";
import { openTestSandbox, sandboxOrigin, type TestSandbox } from "../support/sandbox.ts";

/** Ahead of the real clock, as nothing is to happen by itself. */
const startOfTime = Date.now() + 3_600_000;
const clipMs = 6_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: startOfTime });
});

interface Played {
  readonly model: VideoModel;
  readonly sandbox: TestSandbox;
  readonly seen: Request[];
}

async function play(dialect: Dialect): Promise<Played> {
  const sandbox = await openTestSandbox({ clip_ms: clipMs });
  const seen: Request[] = [];
  const fetch: Fetch = (input, init) => {
    seen.push(new Request(String(input instanceof Request ? input.url : input), { headers: init?.headers ?? {} }));
    return sandbox.fetch(String(input).replace(sandboxOrigin, ""), init);
  };
  return { model: openDialect(dialect, fetch), sandbox, seen };
}

function clipFrom({ model, seconds }: Dialect, prompt = "A ring turns in soft light."): ClipRequest {
  const pictures = [attachmentOf(new Uint8Array(jpeg({ width: 64, height: 48 })))];
  const source = { kind: "references", pictures, seconds, motion: null } as const;
  return { model, prompt, aspectRatio: "16:9", resolution: "720p", source };
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.fault.kind}: ${outcome.fault.note}`);
  return outcome.value;
}

/** What was stored of it survives JSON, as in a task. */
function stored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

async function madeFrom(request: ClipRequest, model: VideoModel): Promise<ClipStatus> {
  return await endOf(stored(valueOf(await model.start(request))), model);
}

async function endOf(operation: Operation, model: VideoModel): Promise<ClipStatus> {
  vi.setSystemTime(Date.now() + clipMs);
  return valueOf(await model.status(operation));
}

function fileOf(status: ClipStatus): ClipFile {
  if (status.state !== "completed") throw new Error(`The clip is ${status.state}.`);
  return stored(status.file);
}

async function bytesOf(file: ClipFile, model: VideoModel): Promise<Uint8Array> {
  const { body, bytes } = valueOf(await model.open(file));
  const all = new Uint8Array(await new Response(body).arrayBuffer());
  if (bytes !== null) expect(all.byteLength).toBe(bytes);
  return all;
}

async function factsOf(bytes: Uint8Array) {
  const read = (start: number, end: number) => Promise.resolve(bytes.slice(start, end));
  const facts = await readVideoFacts({ bytes: bytes.byteLength, read });
  if (!facts.ok) throw new Error("The clip is no video.");
  return facts.facts;
}

async function submits(sandbox: TestSandbox) {
  return (await sandbox.ledger()).calls.filter(({ call }) => call === "submit");
}

describe.each(dialects)("$name", (dialect) => {
  const { provider, model: modelName, seconds, extensionSeconds } = dialect;

  test("makes a clip of the asked length from pictures, and hands it out", async () => {
    const { model } = await play(dialect);
    const operation = stored(valueOf(await model.start(clipFrom(dialect))));
    expect(await model.status(operation)).toEqual({ ok: true, value: { state: "pending" } });
    const file = fileOf(await endOf(operation, model));
    expect(await factsOf(await bytesOf(file, model))).toMatchObject({
      width: 1280,
      height: 720,
      duration_seconds: seconds,
      has_audio: true,
    });
  });

  test("continues a clip: old and new in one file", async () => {
    const { model } = await play(dialect);
    const file = fileOf(await madeFrom(clipFrom(dialect), model));
    const source = { kind: "clip", file, seconds: extensionSeconds } as const;
    const longer = fileOf(await madeFrom({ ...clipFrom(dialect), source }, model));
    const bytes = await bytesOf(longer, model);
    expect((await factsOf(bytes)).duration_seconds).toBe(seconds + extensionSeconds);
  });

  test("keeps nothing secret in what is stored", async () => {
    const { model } = await play(dialect);
    const operation = valueOf(await model.start(clipFrom(dialect)));
    const file = fileOf(await endOf(operation, model));
    expect(JSON.stringify([operation, file])).not.toMatch(/key|token|Bearer/i);
  });

  test("sends its key to no other host, wherever the clip is said to be", async () => {
    const { model, seen } = await play(dialect);
    const file = fileOf(await madeFrom(clipFrom(dialect), model));
    seen.length = 0;
    await model.open(elsewhere(file));
    const strangers = seen.filter(({ url }) => new URL(url).origin !== sandboxOrigin);
    for (const { headers } of strangers) {
      expect(headers.get("x-goog-api-key")).toBeNull();
      expect(headers.get("authorization")).toBeNull();
    }
  });

  describe("a request for a clip", () => {
    test.each<[string, FaultKind, number]>([
      ["refused", "unreachable", 0],
      ["reset_before", "interrupted", 0],
      ["reset_after", "interrupted", 1],
      ["reset_body", "interrupted", 1],
      ["cut_json", "malformed", 1],
      ["empty", "malformed", 1],
      ["other_json", "malformed", 1],
      ["html", "malformed", 0],
      ["html_502", "interrupted", 0],
      ["html_503", "interrupted", 0],
      ["status_500", "interrupted", 0],
      ["status_503", "unavailable", 0],
      ["status_400", "invalid_request", 0],
      ["status_403", "unauthorized", 0],
      ["status_404_retired", "not_found", 0],
      ["status_429", "rate_limited", 0],
      ["status_429_quota", "quota_exhausted", 0],
    ])("that meets %s comes to %s, and is sent once", async (fault, kind, accepted) => {
      const { model, sandbox } = await play(dialect);
      await sandbox.fail({ call: "submit", fault, times: 9 });
      expect(await model.start(clipFrom(dialect))).toMatchObject({ ok: false, fault: { kind } });
      const sent = await submits(sandbox);
      expect(sent).toHaveLength(1);
      expect(sent.filter((call) => call.accepted)).toHaveLength(accepted);
    });

    test("that is not wanted any more is not sent", async () => {
      const { model, sandbox } = await play(dialect);
      const started = await model.start({ ...clipFrom(dialect), isWanted: () => false });
      expect(started).toMatchObject({ ok: false, fault: { kind: "unreachable" } });
      expect(await submits(sandbox)).toEqual([]);
    });

    test("that goes on says of a missing model that it is the clip, or the model", async () => {
      const { model, sandbox } = await play(dialect);
      const file = fileOf(await madeFrom(clipFrom(dialect), model));
      await sandbox.fail({ call: "submit", fault: "status_404_retired" });
      const source = { kind: "clip", file, seconds: extensionSeconds } as const;
      const started = await model.start({ ...clipFrom(dialect), source });
      expect(started).toMatchObject({ ok: false, fault: { kind: "invalid_request" } });
    });

    test("is told how long a quota lasts", async () => {
      const { model, sandbox } = await play(dialect);
      await sandbox.fail({ call: "submit", fault: "status_429_retry_after" });
      const outcome = await model.start(clipFrom(dialect));
      expect(outcome).toMatchObject({ ok: false, fault: { kind: "rate_limited" } });
      expect(outcome.ok ? 0 : outcome.fault.retry_after_ms).toBeGreaterThan(0);
    });

    test("to a key that is not taken says so", async () => {
      const { model, sandbox } = await play(dialect);
      await sandbox.fail({ call: "submit", fault: "status_401", times: 9 });
      expect(await model.start(clipFrom(dialect))).toMatchObject({ ok: false, fault: { kind: "unauthorized" } });
    });

    test("to a retired model is answered with that, before anything is paid", async () => {
      const { model, sandbox } = await play(dialect);
      await sandbox.post("/control/models", { retired: [modelName] });
      expect(await model.start(clipFrom(dialect))).toMatchObject({ ok: false, fault: { kind: "not_found" } });
      expect((await sandbox.ledger()).accepted_submits).toBe(0);
    });
  });

  describe("looking for a clip", () => {
    test.each<[string, FaultKind]>([
      ["reset_before", "interrupted"],
      ["html", "malformed"],
      ["html_502", "unavailable"],
      ["cut_json", "malformed"],
      ["empty", "malformed"],
      ["other_json", "malformed"],
      ["status_500", "unavailable"],
      ["status_403", "unauthorized"],
      ["status_429", "rate_limited"],
    ])("in vain because of %s comes to %s, and the next look finds it", async (fault, kind) => {
      const { model, sandbox } = await play(dialect);
      const operation = valueOf(await model.start(clipFrom(dialect)));
      vi.setSystemTime(Date.now() + clipMs);
      await sandbox.fail({ call: "poll", fault });
      expect(await model.status(operation)).toMatchObject({ ok: false, fault: { kind } });
      expect(valueOf(await model.status(operation)).state).toBe("completed");
    });

    test.each([
      ["filtered_output", { state: "filtered", what: "output" }],
      ["operation_error", { state: "failed" }],
      ["no_samples", { state: "filtered", what: "output", charged: "unknown" }],
    ])("that ended in %s says so", async (fault, status) => {
      const { model, sandbox } = await play(dialect);
      await sandbox.fail({ call: "submit", fault });
      expect(await madeFrom(clipFrom(dialect), model)).toMatchObject(status);
    });

    test("that nobody knows is told apart from one in the making", async () => {
      const { model, sandbox } = await play(dialect);
      const operation = valueOf(await model.start(clipFrom(dialect)));
      const { fetch } = await openTestSandbox();
      const stranger = openDialect(dialect, (input, init) => fetch(String(input).replace(sandboxOrigin, ""), init));
      expect((await sandbox.ledger()).accepted_submits).toBe(1);
      const outcome = await stranger.status(operation);
      expect(outcome.ok).toBe(false);
      expect(outcome.ok ? "" : outcome.fault.kind).toMatch(/^(not_found|invalid_request)$/);
    });
  });

  describe("fetching a clip", () => {
    test.each<[string, FaultKind]>([
      ["reset_before", "interrupted"],
      ["status_500", "unavailable"],
      ["status_403", "unauthorized"],
      ["status_404", "not_found"],
    ])("in vain because of %s comes to %s, and the next try has it", async (fault, kind) => {
      const { model, sandbox } = await play(dialect);
      const file = fileOf(await madeFrom(clipFrom(dialect), model));
      // Without a bucket the clip comes with the answer that says that it is there.
      await sandbox.fail({ call: isInline(dialect) ? "poll" : "download", fault });
      expect(await model.open(file)).toMatchObject({ ok: false, fault: { kind } });
      expect((await bytesOf(file, model)).byteLength).toBeGreaterThan(10_000);
    });
  });

  describe("a model", () => {
    test("that is there is seen, and asking costs nothing", async () => {
      const { model, sandbox } = await play(dialect);
      expect(await model.probe(modelName)).toEqual({ ok: true, value: null });
      expect((await sandbox.ledger()).accepted_submits).toBe(0);
    });

    test("that is retired is seen to be gone", async () => {
      const { model, sandbox } = await play(dialect);
      await sandbox.post("/control/models", { retired: [modelName] });
      expect(await model.probe(modelName)).toMatchObject({ ok: false, fault: { kind: "not_found" } });
    });

    test.each(["status_500", "html_502", "html", "status_403", "reset_before"])(
      "is not taken to be gone because of %s",
      async (fault) => {
        const { model, sandbox } = await play(dialect);
        await sandbox.fail({ call: "models", fault });
        const probed = await model.probe(modelName);
        expect(probed.ok ? "there" : probed.fault.kind).not.toBe("not_found");
      },
    );
  });

  test.runIf(providerRows[provider].canCancel)("stops a clip that is being made", async () => {
    const { model } = await play(dialect);
    const operation = valueOf(await model.start(clipFrom(dialect)));
    expect(await model.cancel?.(operation)).toEqual({ ok: true, value: null });
    expect(valueOf(await model.status(operation))).toMatchObject({ state: "canceled", charged: "unknown" });
  });

  test.runIf(providerRows[provider].keepsCopies)("forgets what nobody needs any more, also twice", async () => {
    const { model } = await play(dialect);
    const operation = valueOf(await model.start(clipFrom(dialect)));
    await endOf(operation, model);
    expect(await model.forget?.(operation)).toEqual({ ok: true, value: null });
    expect((await model.status(operation)).ok).toBe(false);
    expect(await model.forget?.(operation)).toEqual({ ok: true, value: null });
  });

  test("has the manners that are said of it", async () => {
    const { model } = await play(dialect);
    expect(model.cancel !== undefined).toBe(providerRows[provider].canCancel);
    expect(model.forget !== undefined).toBe(providerRows[provider].keepsCopies);
  });
});

function isInline({ variables }: Dialect): boolean {
  return variables?.VERTEX_STORAGE_URI === "";
}

/** The stored file with every address in it moved to another host. */
function elsewhere(file: ClipFile): ClipFile {
  return JSON.parse(JSON.stringify(file).replaceAll(sandboxOrigin, "http://elsewhere.test"));
}
