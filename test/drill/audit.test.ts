import { describe, expect, it } from "vitest";
import { audit } from "../../scripts/drill/audit.ts";
import type { AcceptedClip, StartedTask, TaskAtTheEnd } from "../../scripts/drill/evidence.ts";

const prompt = 'A ring turns. Above all, as asked: With the words "drill-0001" on a card.';
const secondPrompt = 'A ring rests. Above all, as asked: With the words "drill-0001" on a card.';
const whole = { problem: null };

let clipsMade = 0;

function clip(parts: Partial<AcceptedClip> = {}): AcceptedClip {
  clipsMade += 1;
  return { id: `operation-${clipsMade}`, prompt, ending: null, done_at: clipsMade, isAnswered: true, ...parts };
}

function succeeded(parts: Partial<TaskAtTheEnd> = {}): TaskAtTheEnd {
  return {
    ...{ status: "succeeded", code: null, charged: "yes", actualUsd: 3.2, structure: "shots", video: whole },
    segments: [{ prompt, clip: whole }],
    ...parts,
  };
}

function failed(parts: Partial<TaskAtTheEnd> = {}): TaskAtTheEnd {
  return succeeded({
    ...{ status: "failed", code: "submit_unknown", charged: "unknown", actualUsd: null, video: null },
    segments: [{ prompt, clip: null }],
    ...parts,
  });
}

function task(atTheEnd: TaskAtTheEnd | null, parts: Partial<StartedTask> = {}): StartedTask {
  const wishes = { isCancelled: false, isDeleted: false, remains: [] };
  return { taskId: "task-1", mark: "drill-0001", atTheEnd, ...wishes, ...parts };
}

function verdictOn(started: StartedTask, ...clips: AcceptedClip[]) {
  return audit({ tasks: [started], unanswered: [], clips });
}

const nothing = { lost: [], stuck: [], paidTwice: [], honestLosses: 0, clipsOfUnanswered: 0 };

describe("a drill finds nothing wrong with", () => {
  const filtered = { ending: "filtered_output" };
  it.each<[string, StartedTask, AcceptedClip[]]>([
    ["a task that has its video", task(succeeded()), [clip()]],
    ["a clip that was made again after it was withheld", task(succeeded()), [clip(filtered), clip()]],
    ["a clip that was withheld twice", task(failed({ code: "filtered_output", charged: "no", actualUsd: 0 })), [
      clip(filtered),
      clip(filtered),
    ]],
    ["a task that was never paid for", task(failed({ code: "analysis_failed", charged: "no", segments: [] })), []],
    ["a clip at its own address, though the task failed", task(failed({ segments: [{ prompt, clip: whole }] })), [
      clip(),
    ]],
    ["a task that was cancelled by its owner", task(failed({ status: "canceled" }), { isCancelled: true }), []],
    ["a task that was deleted by its owner", task(null, { isDeleted: true }), [clip()]],
  ])("%s", (_, started, clips) => {
    expect(verdictOn(started, ...clips)).toEqual(nothing);
  });

  it("the first clip of a take when the clip that continues it is there", () => {
    const segments = [{ prompt, clip: null }, { prompt: secondPrompt, clip: whole }];
    const started = task(
      failed({ code: "provider_error", charged: "yes", actualUsd: 1, structure: "single_take", segments }),
    );
    expect(verdictOn(started, clip(), clip({ prompt: secondPrompt }))).toEqual(nothing);
  });
});

describe("a task is paid twice", () => {
  const unknown = task(failed());
  it.each<[string, AcceptedClip[], RegExp]>([
    ["when two videos were made for one segment", [clip(), clip()], /2 videos were made/],
    ["when it was accepted three times", [1, 2, 3].map(() => clip({ ending: "operation_error" })), /accepted 3 times/],
    [
      "when a video was on its way and was asked for again",
      [clip(), clip({ ending: "no_samples" })],
      /although its video/,
    ],
  ])("%s", (_, clips, why) => {
    const paidTwice = [{ taskId: "task-1", mark: "drill-0001", why: expect.stringMatching(why) }];
    expect(verdictOn(unknown, ...clips).paidTwice).toEqual(paidTwice);
  });

  it("also when nobody knows whether it was started", () => {
    const { paidTwice, clipsOfUnanswered } = audit({ tasks: [], unanswered: ["drill-0001"], clips: [clip(), clip()] });
    expect(paidTwice).toEqual([expect.objectContaining({ taskId: null, mark: "drill-0001" })]);
    expect(clipsOfUnanswered).toBe(2);
  });

  it("also when it was deleted", () => {
    expect(verdictOn(task(null, { isDeleted: true }), clip(), clip()).paidTwice).toHaveLength(1);
  });

  it("but not when two segments were asked for once each", () => {
    const segments = [prompt, secondPrompt].map((own) => ({ prompt: own, clip: whole }));
    expect(verdictOn(task(succeeded({ segments })), clip(), clip({ prompt: secondPrompt }))).toEqual(nothing);
  });
});

describe("lost is", () => {
  const cut = { problem: "has 12 bytes of 40" };
  it.each<[string, StartedTask, AcceptedClip[], RegExp]>([
    ["a task that is not found", task(null), [], /404/],
    ["a success without a video", task(succeeded({ video: null })), [clip()], /without a video/],
    ["a video that does not come whole", task(succeeded({ video: cut })), [clip()], /has 12 bytes of 40/],
    ["a made clip that the task denies", task(failed({ charged: "no" })), [clip()], /nothing was charged/],
    ["a charge without a clip", task(failed({ charged: "yes" })), [clip({ ending: "no_samples" })], /no clip was made/],
    ["a made clip that is nowhere", task(failed({ code: "filtered_output", actualUsd: 1 })), [clip()], /not delivered/],
    [
      "a made clip whose address does not give it",
      task(failed({ code: "canceled", actualUsd: 1, segments: [{ prompt, clip: cut }] })),
      [clip()],
      /not delivered/,
    ],
    [
      "a clip with another prompt than its task",
      task(succeeded()),
      [clip(), clip({ prompt: `Else, ${prompt}` })],
      /prompt/,
    ],
    ["a task that was cancelled by nobody", task(failed({ status: "canceled" })), [], /not by its owner/],
    [
      "the peace of a deleted task",
      task(null, { isDeleted: true, remains: ["/veo31/status/task-1"] }),
      [],
      /still answers: \/veo31\/status\/task-1/,
    ],
  ])("%s", (_, started, clips, why) => {
    expect(verdictOn(started, ...clips).lost).toContainEqual(
      expect.objectContaining({ why: expect.stringMatching(why) }),
    );
  });

  it("a clip that no task asked for", () => {
    const { lost } = verdictOn(
      task(succeeded()),
      clip(),
      clip({ prompt: "Nobody's." }),
      clip({ prompt: "drill-0002" }),
    );
    expect(lost.map(({ taskId, mark }) => [taskId, mark])).toEqual([[null, null], [null, "drill-0002"]]);
  });
});

describe("a clip that nobody gets is lost in honesty", () => {
  it.each<[string, Partial<TaskAtTheEnd>]>([
    ["when the task could not fetch it", { code: "download_failed", charged: "yes", actualUsd: 3.2 }],
    ["when the task waited too long for it", { code: "deadline_exceeded" }],
  ])("%s, and says so", (_, parts) => {
    expect(verdictOn(task(failed(parts)), clip())).toEqual({ ...nothing, honestLosses: 1 });
  });

  it.each(["submit_unknown", "filtered_output", "canceled"])(
    "when its answer never arrived, whatever else ended the task: %s",
    (code) => {
      const started = task(failed({ code }), { isCancelled: true });
      expect(verdictOn(started, clip({ isAnswered: false }))).toEqual({ ...nothing, honestLosses: 1 });
    },
  );

  it("but not when the task denies the cost", () => {
    const verdict = verdictOn(task(failed({ charged: "no" })), clip({ isAnswered: false }));
    expect(verdict).toMatchObject({ honestLosses: 0, lost: [expect.anything(), expect.anything()] });
  });

  it("but not when its answer arrived, though that of another clip did not", () => {
    const segments = [prompt, secondPrompt].map((own) => ({ prompt: own, clip: null }));
    const verdict = verdictOn(task(failed({ segments })), clip({ isAnswered: false }), clip({ prompt: secondPrompt }));
    expect(verdict.honestLosses).toBe(1);
    expect(verdict.lost.map(({ why }) => why)).toEqual([expect.stringContaining("Clip 2 of 2")]);
  });
});

it("a task that has not ended is stuck, and nothing else is asked of it", () => {
  const running = task(failed({ status: "generating", code: null, charged: "unknown" }));
  const stuck = [{ taskId: "task-1", mark: "drill-0001", why: "It is still generating." }];
  expect(verdictOn(running, clip())).toEqual({ ...nothing, stuck });
});
