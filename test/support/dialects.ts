/** The three dialects in which a video model is asked, each spoken with a stand-in of its own. */
import { env } from "cloudflare:workers";
import { readSettings } from "../../src/env.ts";
import type { Fetch } from "../../src/upstream/fetch.ts";
import type { VideoModel } from "../../src/veo/model.ts";
import { providerRows } from "../../src/veo/providers.ts";
import type { Provider } from "../../src/video-provider.ts";
import { sandboxOrigin } from "./sandbox.ts";

export interface Dialect {
  readonly provider: Provider;
  readonly model: string;
  /** Of one clip from pictures, and of what an extension adds. */
  readonly seconds: number;
  readonly extensionSeconds: number;
  /** Settings that differ from the usual ones. */
  readonly variables?: Readonly<Record<string, string>>;
}

export const dialects: readonly (Dialect & { readonly name: string })[] = [
  { name: "the Gemini API", provider: "gemini", model: "veo-3.1-generate-preview", seconds: 8, extensionSeconds: 7 },
  { name: "Vertex AI", provider: "vertex", model: "veo-3.1-generate-001", seconds: 8, extensionSeconds: 7 },
  {
    name: "Vertex AI without a bucket",
    provider: "vertex",
    model: "veo-3.1-generate-001",
    seconds: 8,
    extensionSeconds: 7,
    variables: { VERTEX_STORAGE_URI: "" },
  },
  { name: "Gemini Omni", provider: "omni", model: "gemini-omni-1.1-flash", seconds: 7, extensionSeconds: 4 },
];

/** The adapter as the service opens it, with the stand-in at an address of its own. */
export function openDialect({ provider, variables }: Dialect, fetch: Fetch): VideoModel {
  const account: unknown = JSON.parse(env.VERTEX_SERVICE_ACCOUNT);
  const settings = readSettings({
    ...env,
    GEMINI_BASE_URL: `${sandboxOrigin}/gemini`,
    VERTEX_BASE_URL: `${sandboxOrigin}/vertex`,
    VERTEX_SERVICE_ACCOUNT: JSON.stringify({ ...Object(account), token_uri: `${sandboxOrigin}/oauth/token` }),
    ...variables,
  });
  return providerRows[provider].open(settings, fetch);
}
