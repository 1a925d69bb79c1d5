/** Where videos are made. */

/** By a deployment of the service: it keeps the upstreams' keys, the files and the tasks. */
export interface DeploymentOptions {
  /** `https://video.example.com` */
  readonly baseUrl: string | URL;
  /** One of the deployment's `API_KEYS`; not needed where it has none. */
  readonly apiKey?: string;
  /** Another `fetch`, for a proxy or a test. */
  readonly fetch?: typeof fetch;
}

/** In this process, with keys of one's own and no server. A Gemini key or a Vertex account makes the clips. */
export interface DirectOptions {
  readonly geminiApiKey?: string;
  /** Without one, Gemini looks at the pictures and writes the prompt. */
  readonly openaiApiKey?: string;
  readonly vertex?: VertexOptions;
  readonly videoProvider?: "auto" | "gemini" | "vertex" | "omni";
  /** `allow`: a retired model's successor makes the video, with a warning. */
  readonly modelFallback?: "allow" | "refuse";
  /** Ids of models, where the usual ones are not wanted. */
  readonly models?: {
    readonly high?: string;
    readonly standard?: string;
    readonly openai?: string;
    readonly gemini?: string;
  };
  /** A gateway, a proxy, a test double: without a version for Gemini, ending in `/v1` for OpenAI. */
  readonly geminiBaseUrl?: string;
  readonly openaiBaseUrl?: string;
  /**
   * A folder that keeps tasks and files, so that a process which died goes on where it was (Node, Deno, Bun). Without one
   * they are in memory, and gone with the process: also clips that were paid for.
   */
  readonly directory?: string;
  readonly fetch?: typeof fetch;
}

export interface VertexOptions {
  /** The JSON of a service account's key. */
  readonly serviceAccount: string;
  readonly project?: string;
  readonly location?: string;
  /** `gs://bucket/folder`, for clips too large to come in an answer. */
  readonly storageUri?: string;
  readonly baseUrl?: string;
}

export type GeneratorOptions = DeploymentOptions | DirectOptions;
