/** What `veo31 help` says: made of the tables, so that it is complete. Pure. */
import { type CommandName, commandNames, commonFlags, shapeOf } from "./commands.ts";
import { endings } from "./exit-codes.ts";
import { type FlagName, flags } from "./flags.ts";

const examples = [
  "veo31 generate ring.jpg --use-case gemstone_closeup --duration 10 --ratio 9:16 --out ring.mp4",
  "veo31 generate front.jpg side.jpg --video motion.mp4 --max-cost 5 --yes --json",
  "id=$(veo31 generate ring.jpg --detach) && veo31 status $id --follow --out ring.mp4",
];

const wayText = [
  "Who makes the video",
  "  A deployment of the service: VEO31_URL (or --url), VEO31_API_KEY (or --api-key-file).",
  "  Or, with --direct, this process with your own keys: GEMINI_API_KEY or GOOGLE_API_KEY, OPENAI_API_KEY,",
  "  VERTEX_SERVICE_ACCOUNT, VERTEX_PROJECT, VERTEX_LOCATION, VERTEX_STORAGE_URI, VERTEX_BASE_URL,",
  "  GEMINI_BASE_URL, OPENAI_BASE_URL, VIDEO_PROVIDER, MODEL_FALLBACK, VEO_MODEL_HIGH, VEO_MODEL_STANDARD,",
  "  GEMINI_MODEL, OPENAI_MODEL. Its tasks are in --directory, and go on there after an interruption.",
  "  A flag goes before the environment. Where that names both, the deployment goes first.",
];

const mannerText = [
  "Output",
  "  stdout has the result alone: the path of the saved video, the text of a question, or with --json one JSON",
  '  document, always the last state (an error is { "error": … }). Progress and questions are on stderr: one line',
  "  that is rewritten on a terminal, a line for each change elsewhere. NO_COLOR and COLUMNS are honoured.",
  "  What costs money is asked for on a terminal, unless --yes or --review is given; elsewhere nothing is asked.",
  "  A file is never overwritten without --force; without --out, the video gets a name that is free.",
  "  Ctrl-C ends the waiting, not the task, and says how to come back; once more ends at once.",
];

/** @param topic null for all of it */
export function helpText(topic: CommandName | null): string {
  return `${(topic === null ? overview() : helpOn(topic)).join("\n")}\n`;
}

function overview(): string[] {
  return [
    "veo31 makes a video from one to three reference pictures with Google's Veo 3.1.",
    "",
    "Commands",
    ...commandNames.map((name) => row(usageOf(name), shapeOf(name).summary, 42)),
    "",
    "Flags of every command",
    ...commonFlags.map(flagRow),
    "",
    ...wayText,
    "",
    ...mannerText,
    "",
    "Exit codes",
    ...Object.values(endings).map(({ code, meaning }) => row(String(code), meaning, 6)),
    "",
    "Examples",
    ...examples.map((example) => `  ${example}`),
  ];
}

function helpOn(name: CommandName): string[] {
  const shape = shapeOf(name);
  const own = shape.flags.length > 0 ? ["", "Flags", ...shape.flags.map(flagRow)] : [];
  return [
    `veo31 ${usageOf(name)}${shape.flags.length > 0 ? " [flags]" : ""}`,
    "",
    `  ${shape.summary}`,
    ...own,
    "",
    "Flags of every command",
    ...commonFlags.map(flagRow),
    "",
    "Settings, output and exit codes: veo31 help",
  ];
}

function usageOf(name: CommandName): string {
  return [name, shapeOf(name).operands.label].filter(Boolean).join(" ");
}

function flagRow(name: FlagName): string {
  const flag = flags[name];
  const short = "short" in flag ? `-${flag.short}, ` : "    ";
  const value = "value" in flag ? ` ${flag.value}` : "";
  return row(`${short}--${name}${value}`, flag.help, 30);
}

function row(left: string, right: string, width: number): string {
  return `  ${left.padEnd(width)}${right}`;
}
