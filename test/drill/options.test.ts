import { describe, expect, it } from "vitest";
import { helpText, readOptions } from "../../scripts/drill/options.ts";

describe("the command line of a drill", () => {
  it("gives a short drill when it says nothing", () => {
    const options = { tasks: 40, kills: 3, faults: 0.1, seed: 1, parallel: 24, patience: 600, provider: "gemini" };
    expect(readOptions([])).toEqual({ kind: "run", options });
  });

  it("takes a value behind a space or behind a sign", () => {
    const read = readOptions(["--tasks", "500", "--kills=20", "--faults", "0.2", "--seed=7"]);
    expect(read).toMatchObject({ kind: "run", options: { tasks: 500, kills: 20, faults: 0.2, seed: 7 } });
  });

  it.each([
    [["--taks", "500"], ["--taks is not an option."]],
    [["500"], ["500 is not an option."]],
    [["--tasks"], ["--tasks (nothing) cannot be used. Send a whole number from 1 to 5000."]],
    [["--tasks", "0"], ["--tasks 0 cannot be used."]],
    [["--tasks", "1.5"], ["--tasks 1.5 cannot be used."]],
    [["--kills", "many"], ["--kills many cannot be used."]],
    [["--seed", "-1"], ["--seed -1 cannot be used."]],
    [["--faults", "1"], ["--faults 1 cannot be used. Send a number from 0 to 0.9."]],
    [["--provider", "sora"], ["--provider sora cannot be used. Send one of gemini, vertex, omni."]],
    [["--kills="], ["--kills  cannot be used."]],
    [["--kills", "x", "--fault", "0.1"], ["--kills x cannot be used.", "--fault is not an option."]],
  ])("is refused by the names of what is wrong with it: %j", (args, sentences) => {
    const problems = sentences.map((sentence) => expect.stringContaining(sentence));
    expect(readOptions(args)).toEqual({ kind: "refused", problems });
  });

  it("is explained on request, whatever else it says", () => {
    expect(readOptions(["--kills", "x", "--help"])).toEqual({ kind: "help" });
    for (const name of ["tasks", "kills", "faults", "seed", "parallel", "patience", "provider"]) {
      expect(helpText()).toContain(`--${name}`);
    }
  });
});
