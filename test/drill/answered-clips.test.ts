import { describe, expect, it } from "vitest";
import { type AcceptedSubmit, withAnswers } from "../../scripts/drill/answered-clips.ts";

const operation = { id: "1", prompt: "A ring turns.", ending: null, done_at: 14_000 };

function isAnswered(submit: Partial<AcceptedSubmit>, ...killedAt: number[]) {
  const submits = [{ at: 10_000, prompt: operation.prompt, fault: null, ...submit }];
  return withAnswers([operation], submits, killedAt).map((clip) => clip.isAnswered);
}

describe("the answer to a submit", () => {
  it("arrived when nothing went wrong", () => {
    expect(isAnswered({})).toEqual([true]);
  });

  it.each(["reset_after", "reset_body", "cut_json", "empty", "other_json"])("is lost by the fault %s", (fault) => {
    expect(isAnswered({ fault })).toEqual([false]);
  });

  it.each(["filtered_output", "operation_error"])("arrived when only the clip went wrong: %s", (fault) => {
    expect(isAnswered({ fault })).toEqual([true]);
  });

  it.each([[9_999, true], [10_000, false], [13_000, false], [13_001, true]])(
    "sent at 10,000 and a kill at %i: whether it arrived is %s",
    (killedAt, arrived) => {
      expect(isAnswered({}, killedAt)).toEqual([arrived]);
    },
  );

  it("is lost when a kill took its line of the ledger", () => {
    expect(withAnswers([operation], [], [])).toEqual([{ ...operation, isAnswered: false }]);
  });

  it("of a clip that is made again is told from that of the first", () => {
    const second = { ...operation, id: "2", done_at: 20_000 };
    const submits = [{ at: 10_000, fault: "reset_after" }, { at: 16_000, fault: null }];
    const clips = withAnswers([second, operation], submits.map((one) => ({ ...one, prompt: operation.prompt })), []);
    expect(clips.map(({ id, isAnswered: arrived }) => [id, arrived])).toEqual([["1", false], ["2", true]]);
  });
});
