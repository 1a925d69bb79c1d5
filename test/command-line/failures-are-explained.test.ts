/** What a failure says, to a person and by its exit code. */
import { describe, expect, test } from "vitest";
import { ConnectionError, RequestRefusedError } from "../../src/client/index.ts";
import { chooseWay } from "../../src/command-line/choose-way.ts";
import { Interruption } from "../../src/command-line/command-error.ts";
import { endings } from "../../src/command-line/exit-codes.ts";
import { explainFailure } from "../../src/command-line/explain-failure.ts";
import { shellCommand } from "../../src/command-line/shell-command.ts";

const flags = { url: null, apiKeyFile: null, direct: false, directory: null };
const deployment = chooseWay({ ...flags, url: "https://video.example" }, {}, null);
const direct = chooseWay({ ...flags, directory: "my films" }, {}, null);
const followed = { taskId: "abc", saving: { out: "it's.mp4", force: true } };

describe("an interruption", () => {
  test("says how to come back to a deployment's task", () => {
    const { lines, ending } = explainFailure(new Interruption("interrupted"), {
      way: deployment,
      orderedWith: "key-1",
      followed,
    });
    expect(ending).toBe("interrupted");
    expect(lines).toEqual([
      "Interrupted.",
      "The task goes on without this program. Come back to it:",
      "  veo31 status abc --follow --out 'it'\\''s.mp4' --force --url https://video.example",
      "Give it up:",
      "  veo31 cancel abc --url https://video.example",
    ]);
  });

  test("says that a task of this process stands still, and how it goes on", () => {
    const { lines } = explainFailure(new Interruption("terminated"), { way: direct, orderedWith: "key-1", followed });
    expect(lines.join("\n")).toContain("stands still, and is kept in my films");
    expect(lines.join("\n")).toContain("veo31 status abc --follow --out 'it'\\''s.mp4' --force --directory 'my films'");
  });

  test("claims nothing of a task that was only being started, and says how it is not paid for twice", () => {
    const situation = { way: deployment, orderedWith: "key-1", followed: null };
    const { lines } = explainFailure(new Interruption("interrupted"), situation);
    expect(lines[1]).toContain("is not known");
    expect(lines.at(-1)).toBe("  --idempotency-key key-1");
  });
});

test("the fields of a refused order are told by the names of the flags", () => {
  const problems = (["reference_image2", "duration_seconds", "referenceImages[0]", "callback_url", "other"] as const)
    .map((field) => ({ field, code: "invalid_input" as const, message: "No." }));
  const { lines, ending } = explainFailure(new RequestRefusedError("invalid_input", "", { problems }), null);
  expect(ending).toBe("refused");
  expect(lines).toEqual(["picture 2: No.", "--duration: No.", "picture 1: No.", "--callback-url: No.", "other: No."]);
});

test.each([
  [new RequestRefusedError("budget_exceeded", "No."), 3],
  [new RequestRefusedError("rate_limited", "No."), 3],
  [new RequestRefusedError("unauthorized", "No."), 3],
  [new RequestRefusedError("not_found", "No."), 2],
  [new RequestRefusedError("internal", "No."), 4],
  [new ConnectionError("No."), 4],
  [new TypeError("a bug"), 70],
])("%s ends with its exit code", (error, code) => {
  expect(endings[explainFailure(error, null).ending].code).toBe(code);
});

test("every exit code is another one", () => {
  const codes = Object.values(endings).map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

test("a command can be copied into a shell", () => {
  expect(shellCommand(["status", "a b", "$(x)", "9:16", ""])).toBe("veo31 status 'a b' '$(x)' 9:16 ''");
});
