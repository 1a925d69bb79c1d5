/** What this program refuses by itself, before or beside the library. */
import type { EndingName } from "./exit-codes.ts";

export type CommandErrorCode =
  | "usage"
  | "output_exists"
  | "over_max_cost"
  | "declined"
  | "no_video"
  | "not_saved";

export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly code: CommandErrorCode;
  readonly ending: EndingName;
  /** Each a full sentence. */
  readonly problems: readonly string[];

  constructor(code: CommandErrorCode, ending: EndingName, problems: readonly string[], cause?: unknown) {
    super(problems.join(" "), { cause });
    this.code = code;
    this.ending = ending;
    this.problems = problems;
  }

  /** What is wrong with the call itself. */
  static ofUsage(problems: readonly string[]): CommandError {
    return new CommandError("usage", "refused", problems);
  }
}

/** The reason of an abort by Ctrl-C or by a request to end. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  readonly ending: "interrupted" | "terminated";

  constructor(ending: "interrupted" | "terminated") {
    super(ending === "interrupted" ? "Interrupted." : "Terminated.");
    this.ending = ending;
  }
}
