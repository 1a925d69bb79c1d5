/** What the command line says. Pure. */
import { type Provider, providers } from "../../src/video-provider.ts";

/** The numbers a drill can be given: their defaults make the short one that runs in CI. */
const known = {
  tasks: { default: 40, minimum: 1, maximum: 5_000, whole: true, about: "how many tasks are started" },
  kills: { default: 3, minimum: 0, maximum: 500, whole: true, about: "how often the server is killed and restarted" },
  faults: { default: 0.1, minimum: 0, maximum: 0.9, whole: false, about: "share of the upstream calls that go wrong" },
  seed: { default: 1, minimum: 0, maximum: 2 ** 31 - 1, whole: true, about: "the same seed plans the same drill" },
  parallel: {
    default: 24,
    minimum: 1,
    maximum: 500,
    whole: true,
    about: "how many tasks run at once, pauses not counted",
  },
  patience: {
    default: 600,
    minimum: 1,
    maximum: 86_400,
    whole: true,
    about: "seconds until what has not ended is stuck",
  },
} as const;

type Name = keyof typeof known;

/** In whose dialect the clips are asked for. */
const providerOption = "--provider";

/** Tasks, kills, share of faults (0 to 1), seed, tasks at once, seconds of patience; and the provider. */
export type DrillOptions = Readonly<Record<Name, number>> & { readonly provider: Provider };

export type ReadOptions =
  | { readonly kind: "run"; readonly options: DrillOptions }
  | { readonly kind: "help" }
  /** A sentence for each option that cannot be used. */
  | { readonly kind: "refused"; readonly problems: readonly string[] };

const names = Object.keys(known).filter((name): name is Name => name in known);

/** @param args `--name value` or `--name=value`, in any order */
export function readOptions(args: readonly string[]): ReadOptions {
  if (args.includes("--help")) return { kind: "help" };
  const options: Record<Name, number> & { provider: Provider } = { ...defaults(), provider: "gemini" };
  const problems: string[] = [];
  const words = args.flatMap(splitAtEquals);
  for (let at = 0; at < words.length; at += 2) {
    const word = words[at] ?? "";
    const name = names.find((one) => word === `--${one}`);
    const value = words[at + 1];
    if (word === providerOption) {
      const provider = providers.find((one) => one === value);
      if (provider) options.provider = provider;
      else problems.push(`${word} ${value ?? "(nothing)"} cannot be used. Send one of ${providers.join(", ")}.`);
    } else if (!name) {
      problems.push(
        `${word} is not an option. There are ${[...names.map((one) => `--${one}`), providerOption].join(", ")}.`,
      );
    } else if (!isUsable(name, value)) {
      problems.push(`--${name} ${value ?? "(nothing)"} cannot be used. Send ${range(name)}.`);
    } else options[name] = Number(value);
  }
  return problems.length > 0 ? { kind: "refused", problems } : { kind: "run", options };
}

export function helpText(): string {
  const rows = names.map((name) => {
    const { about, default: standard } = known[name];
    return `  --${name.padEnd(10)} ${about}; ${range(name)}, without it ${standard}`;
  });
  return [
    "npm run drill -- [options]",
    "",
    "Runs the whole server on a sandbox that misbehaves at random, kills it again and again while tasks are under way,",
    "and then accounts for every task and every clip. Exits with 0 only if no task was lost, stuck or paid twice.",
    "",
    ...rows,
    `  ${providerOption} in whose dialect the clips are asked for; one of ${providers.join(", ")}, without it gemini`,
    "",
    "The long one: npm run drill -- --tasks 500 --kills 20 --faults 0.2 --seed 7",
  ].join("\n");
}

function defaults(): Record<Name, number> {
  const { tasks, kills, faults, seed, parallel, patience } = known;
  return {
    ...{ tasks: tasks.default, kills: kills.default, faults: faults.default },
    ...{ seed: seed.default, parallel: parallel.default, patience: patience.default },
  };
}

function splitAtEquals(word: string): string[] {
  const [name = "", ...rest] = word.split("=");
  return rest.length > 0 ? [name, rest.join("=")] : [word];
}

function isUsable(name: Name, value: string | undefined): boolean {
  const { minimum, maximum, whole } = known[name];
  if (value === undefined || !/^\d+(\.\d+)?$/.test(value)) return false;
  const number = Number(value);
  return number >= minimum && number <= maximum && (!whole || Number.isInteger(number));
}

function range(name: Name): string {
  const { minimum, maximum, whole } = known[name];
  return `${whole ? "a whole number" : "a number"} from ${minimum} to ${maximum}`;
}
