/** Where videos are made. */

import type { Log } from "../log.ts";

export type { Log };

/** By a deployment of the service: it keeps the upstreams' keys, the files and the tasks. */
export interface DeploymentOptions {
  /** `https://video.example.com` */
  readonly baseUrl: string | URL;
  /** One of the deployment's `API_KEYS`; not needed where it has none. */
  readonly apiKey?: string | undefined;
  /** Another `fetch`, for a proxy or a test. */
  readonly fetch?: typeof fetch | undefined;
}

/** In this process, with keys of one's own and no server. A Gemini key or a Vertex account makes the clips. */
export interface DirectOptions {
  readonly geminiApiKey?: string | undefined;
  /** Without one, Gemini looks at the pictures and writes the prompt. */
  readonly openaiApiKey?: string | undefined;
  readonly vertex?: VertexOptions | undefined;
  readonly videoProvider?: "auto" | "gemini" | "vertex" | "omni" | undefined;
  /** `allow`: a retired model's successor makes the video, with a warning. */
  readonly modelFallback?: "allow" | "refuse" | undefined;
  /** Ids of models, where the usual ones are not wanted. */
  readonly models?: {
    readonly high?: string | undefined;
    readonly standard?: string | undefined;
    readonly openai?: string | undefined;
    readonly gemini?: string | undefined;
  };
  /** A gateway, a proxy, a test double: without a version for Gemini, ending in `/v1` for OpenAI. */
  readonly geminiBaseUrl?: string | undefined;
  readonly openaiBaseUrl?: string | undefined;
  /**
   * A folder that keeps tasks and files, so that a process which died goes on where it was (Node, Deno, Bun). Without one
   * they are in memory, and gone with the process: also clips that were paid for.
   */
  readonly directory?: string | undefined;
  /**
   * Is told of each step and of each failure that nobody planned for, in this service's own words, without keys and
   * addresses. Without one nothing is written: what a program's terminal shows is its own.
   */
  readonly log?: Log | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export interface VertexOptions {
  /** The JSON of a service account's key. */
  readonly serviceAccount: string;
  readonly project?: string | undefined;
  readonly location?: string | undefined;
  /** `gs://bucket/folder`, for clips too large to come in an answer. */
  readonly storageUri?: string | undefined;
  readonly baseUrl?: string | undefined;
}

export type GeneratorOptions = DeploymentOptions | DirectOptions;
