import { expect, it } from "vitest";
import { audit } from "../../scripts/drill/audit.ts";
import type { Evidence, StartedTask } from "../../scripts/drill/evidence.ts";
import { isPassed, reportText } from "../../scripts/drill/report.ts";

const options = { tasks: 3, kills: 2, faults: 0.2, seed: 7, parallel: 2, patience: 60, provider: "gemini" } as const;
const prompt = 'With the words "drill-0001" on a card.';

function task(mark: string, parts: Partial<StartedTask> = {}): StartedTask {
  const video = { problem: null };
  return {
    ...{ taskId: `id of ${mark}`, mark, isCancelled: false, isDeleted: false, remains: [] },
    atTheEnd: {
      ...{ status: "succeeded", code: null, charged: "yes", actualUsd: 3.2, structure: "shots", video },
      segments: [{ prompt, clip: null }],
    },
    ...parts,
  };
}

function reportOn(evidence: Evidence) {
  const faults = [
    { call: "submit", fault: "refused", times: 2, calls: 40 },
    { call: "submit", fault: "hang", times: 1, calls: 9 },
    { call: "submit", fault: "empty", times: 0, calls: 8 },
  ];
  const surprises = new Map([["GET /veo31/status 500", 2]]);
  const verdict = audit(evidence);
  return { verdict, text: reportText({ options, evidence, verdict, kills: 2, faults, surprises, seconds: 60 }) };
}

const clip = { id: "1", prompt, ending: null, done_at: 1, isAnswered: true };

it("a drill in which nothing was lost has passed, and says what happened", () => {
  const tasks = [task("drill-0001"), task("drill-0003", { isDeleted: true, atTheEnd: null })];
  const { verdict, text } = reportOn({ tasks, unanswered: ["drill-0002"], clips: [clip] });
  expect(isPassed(verdict)).toBe(true);
  const rows = text.split("\n").map((row) => row.replaceAll(/ {2,}/g, "  ").trim());
  expect(rows).toEqual([
    "drill of 60 s with gemini, seed 7",
    "tasks  2",
    "answers lost  1 (clips accepted for them: 0)",
    "kills  2",
    "ends",
    "succeeded, charged yes  1",
    "deleted  1",
    "faults",
    "submit  3 in 11 calls: refused 2, hang 1",
    "unexpected answers",
    "GET /veo31/status 500  2",
    "clips accepted  1 (with a video: 1)",
    "clips lost in honesty  0 (the task says that one may have been made)",
    "lost  0",
    "stuck  0",
    "paid twice  0",
  ]);
});

it.each<[string, Evidence, string]>([
  ["lost", { tasks: [task("drill-0001", { atTheEnd: null })], unanswered: [], clips: [] }, "404"],
  ["paid twice", { tasks: [task("drill-0001")], unanswered: [], clips: [clip, { ...clip, id: "2" }] }, "2 videos"],
])("a drill with something %s has not, and names the task", (what, evidence, why) => {
  const { verdict, text } = reportOn(evidence);
  expect(isPassed(verdict)).toBe(false);
  expect(text).toMatch(new RegExp(`\n${what} +1\n  drill-0001 id of drill-0001: .*${why}`));
});
