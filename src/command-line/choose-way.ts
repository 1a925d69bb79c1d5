/** Who makes the video: a deployment, or this process; by flags and environment. Pure. */
import type { DeploymentOptions, DirectOptions, VertexOptions } from "../client/index.ts";
import { providers } from "../video-provider.ts";
import type { WayFlags } from "./command.ts";
import { CommandError } from "./command-error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export type ChosenWay =
  & {
    /** The flags that lead to the same place again. */
    readonly flags: readonly string[];
  }
  & (
    | { readonly kind: "deployment"; readonly options: DeploymentOptions }
    | { readonly kind: "direct"; readonly options: DirectOptions; readonly directory: string }
  );

/** In the working folder, so that `veo31 status` finds there what `veo31 generate` began. */
export const usualDirectory = ".veo31";

const howToSetOne = [
  "Who shall make the video is not set. Either a deployment of the service: VEO31_URL (or --url), with VEO31_API_KEY.",
  "Or this process with your own keys: GEMINI_API_KEY or VERTEX_SERVICE_ACCOUNT, and OPENAI_API_KEY if you have one.",
];

/**
 * A flag goes before the environment. Where that names both, the deployment goes first: its address is set for this
 * program alone, an upstream's key perhaps for others.
 *
 * @param keyOfFile what the file of `--api-key-file` holds; null without one
 * @throws CommandError `usage`
 */
export function chooseWay(flags: WayFlags, environment: Environment, keyOfFile: string | null): ChosenWay {
  const set = settingsIn(environment);
  const problems = contradictions(flags);
  if (problems.length > 0) throw CommandError.ofUsage(problems);
  const isDirect = flags.direct || flags.directory !== null;
  const url = flags.url ?? (isDirect ? undefined : set("VEO31_URL"));
  if (url !== undefined) return deploymentWay(url, flags, keyOfFile ?? set("VEO31_API_KEY"));
  const hasKey = [set("GEMINI_API_KEY"), set("GOOGLE_API_KEY"), set("VERTEX_SERVICE_ACCOUNT")].some(Boolean);
  if (isDirect || hasKey) return directWay(flags, set);
  throw CommandError.ofUsage(howToSetOne);
}

function contradictions({ url, direct, apiKeyFile, directory }: WayFlags): string[] {
  return [
    ...(direct && url !== null ? ["--url names a deployment, and --direct wants none: leave one out."] : []),
    ...(direct && apiKeyFile !== null ? ["--api-key-file is for a deployment, and --direct wants none."] : []),
    ...(url !== null && directory !== null
      ? ["--directory is for --direct; a deployment keeps its tasks itself."]
      : []),
  ];
}

function deploymentWay(url: string, flags: WayFlags, apiKey: string | undefined): ChosenWay {
  const address = URL.parse(url);
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw CommandError.ofUsage([
      `${flags.url === null ? "VEO31_URL" : "--url"} takes an address: https://video.example.com`,
    ]);
  }
  return {
    kind: "deployment",
    options: { baseUrl: url, ...(apiKey === undefined ? {} : { apiKey }) },
    flags: [...flagOf("--url", flags.url), ...flagOf("--api-key-file", flags.apiKeyFile)],
  };
}

function directWay(flags: WayFlags, set: Reader): ChosenWay {
  const directory = flags.directory ?? usualDirectory;
  return {
    kind: "direct",
    directory,
    options: {
      ...given("geminiApiKey", set("GEMINI_API_KEY") ?? set("GOOGLE_API_KEY")),
      ...given("openaiApiKey", set("OPENAI_API_KEY")),
      ...given("geminiBaseUrl", set("GEMINI_BASE_URL")),
      ...given("openaiBaseUrl", set("OPENAI_BASE_URL")),
      ...given("vertex", vertexIn(set)),
      ...given("videoProvider", oneOf("VIDEO_PROVIDER", ["auto", ...providers], set)),
      ...given("modelFallback", oneOf("MODEL_FALLBACK", ["allow", "refuse"], set)),
      models: {
        ...given("high", set("VEO_MODEL_HIGH")),
        ...given("standard", set("VEO_MODEL_STANDARD")),
        ...given("openai", set("OPENAI_MODEL")),
        ...given("gemini", set("GEMINI_MODEL")),
      },
      directory,
    },
    flags: [...(flags.direct ? ["--direct"] : []), ...flagOf("--directory", flags.directory)],
  };
}

function vertexIn(set: Reader): VertexOptions | undefined {
  const serviceAccount = set("VERTEX_SERVICE_ACCOUNT");
  if (serviceAccount === undefined) return undefined;
  return {
    serviceAccount,
    ...given("project", set("VERTEX_PROJECT")),
    ...given("location", set("VERTEX_LOCATION")),
    ...given("storageUri", set("VERTEX_STORAGE_URI")),
    ...given("baseUrl", set("VERTEX_BASE_URL")),
  };
}

type Reader = (name: string) => string | undefined;

/** As for the service, an empty value means "not set". */
function settingsIn(environment: Environment): Reader {
  return (name) => environment[name]?.trim() || undefined;
}

function oneOf<const Value extends string>(name: string, known: readonly Value[], set: Reader): Value | undefined {
  const value = set(name);
  const found = known.find((word) => word === value);
  if (value !== undefined && found === undefined) {
    throw CommandError.ofUsage([`${name} takes one of ${known.join(", ")}.`]);
  }
  return found;
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } {
  const options: { [name in Name]?: Value } = {};
  if (value !== undefined) options[name] = value;
  return options;
}

function flagOf(name: string, value: string | null): string[] {
  return value === null ? [] : [name, value];
}
