/** Which flags were given, with what; and what is wrong with them. Pure. */
import {
  type FlagName,
  flagNames,
  flags,
  isFlagName,
  isSwitch,
  type SwitchFlagName,
  type TextFlagName,
} from "./flags.ts";
import { nearest } from "./nearest.ts";

/** A word of the command line. */
export type Token =
  | {
    readonly kind: "option";
    readonly name: string;
    /** As it was typed: `--out`, `-o`. */
    readonly written: string;
    readonly value: string | null;
    /** Whether it came as `--name=value`. */
    readonly inline: boolean;
  }
  | { readonly kind: "operand"; readonly value: string }
  | { readonly kind: "end_of_flags" };

type OptionToken = Extract<Token, { kind: "option" }>;

export class GivenFlags {
  readonly problems: string[] = [];
  readonly hasUnknown: boolean;
  readonly #values = new Map<FlagName, string>();

  constructor(tokens: readonly Token[]) {
    const options = tokens.filter((token) => token.kind === "option");
    for (const option of options) this.#take(option);
    this.hasUnknown = options.some(({ name }) => !isFlagName(name));
  }

  get names(): FlagName[] {
    return [...this.#values.keys()];
  }

  has(name: SwitchFlagName): boolean {
    return this.#values.has(name);
  }

  text(name: TextFlagName): string | null {
    return this.#values.get(name) ?? null;
  }

  oneOf<const Value extends string>(name: TextFlagName, known: readonly Value[]): Value | null {
    const given = this.text(name);
    if (given === null) return null;
    const found = known.find((value) => value === given);
    if (found === undefined) this.problems.push(`--${name} takes one of ${known.join(", ")}${meant("", given, known)}`);
    return found ?? null;
  }

  /** @param what how a number of this kind is written, for who wrote another */
  number(name: TextFlagName, pattern: RegExp, what: string): number | null {
    const given = this.text(name);
    if (given === null) return null;
    if (!pattern.test(given)) this.problems.push(`--${name} takes ${what}.`);
    return Number(given);
  }

  #take(token: OptionToken): void {
    const { name } = token;
    const problem = isFlagName(name) ? problemOf(token, name, this.#values.has(name)) : unknown(token);
    if (problem !== null) this.problems.push(problem);
    else if (isFlagName(name)) this.#values.set(name, token.value ?? "");
  }
}

function problemOf({ written, value, inline }: OptionToken, name: FlagName, isRepeated: boolean): string | null {
  if (isRepeated) return `${written} is given twice.`;
  if (isSwitch(name)) return value === null ? null : `${written} takes no value.`;
  if (value === null || value === "") return `${written} needs a value: ${written} ${valueOf(name)}.`;
  // Somebody forgot the value; who means a value that begins so can write it with "=".
  if (!inline && value.length > 1 && value.startsWith("-")) {
    return `${written} needs a value. If it is ${value}, write --${name}=${value}.`;
  }
  return null;
}

function valueOf(name: FlagName): string {
  const flag = flags[name];
  return "value" in flag ? flag.value : "";
}

function unknown({ name, written }: OptionToken): string {
  if (name === "api-key" || name === "key") {
    return `${written} is not taken: it would stay in the shell's history. Set VEO31_API_KEY or use --api-key-file.`;
  }
  return `${written} is not known${meant("--", name, flagNames)}`;
}

/** The end of a sentence. */
function meant(prefix: string, typed: string, known: readonly string[]): string {
  const word = nearest(typed, known);
  return word === null ? "." : `. Did you mean ${prefix}${word}?`;
}
