/** The words of a command line, told apart by the runtime's own reader. */
import { parseArgs } from "node:util";
import { flags } from "./flags.ts";
import type { Token } from "./given-flags.ts";

/**
 * Not strict: an unknown flag is a token like the others, so that all that is wrong can be told at once.
 *
 * @param words without the program's own name
 */
export function tokensOf(words: readonly string[]): Token[] {
  const { tokens } = parseArgs({
    args: [...words],
    options: flags,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return tokens.map((token): Token => {
    switch (token.kind) {
      case "option":
        return {
          kind: "option",
          name: token.name,
          written: token.rawName,
          value: token.value ?? null,
          inline: token.inlineValue ?? false,
        };
      case "positional":
        return { kind: "operand", value: token.value };
      case "option-terminator":
        return { kind: "end_of_flags" };
    }
  });
}
