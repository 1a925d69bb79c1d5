/** What a program asks for. */
import type { UseCase } from "../use-case.ts";
import type { AspectRatio, Quality, Structure } from "../video-wish.ts";

/**
 * A picture or a video: its address (`https://…`, as text or `URL`), a path or a `file:` URL where there is a file system,
 * its bytes, a `Blob` or `File`, or a stream that is read once.
 */
export type Reference = string | URL | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array>;

/** How the video shall be. Everything has a default, the HTTP API's. */
export interface Wishes {
  readonly useCase?: UseCase | undefined;
  /** Whole seconds, 5 to 60. */
  readonly durationSeconds?: number | undefined;
  readonly aspectRatio?: AspectRatio | undefined;
  readonly quality?: Quality | undefined;
  readonly structure?: Structure | undefined;
  /** Own words, at most 2,000 characters. */
  readonly additionalPrompt?: string | undefined;
}

export interface Order extends Wishes {
  /** One to three. */
  readonly referenceImages: readonly Reference[];
  /** A video whose motion the new one follows. */
  readonly videoReference?: Reference | undefined;
  /** Stop before anything is paid to the video model, to read and edit the prompts; see `approve`. */
  readonly review?: boolean | undefined;
  /** An https address that a deployment tells of the end by a signed webhook. Only against a deployment. */
  readonly callbackUrl?: string | undefined;
  /**
   * The same key with the same order gives the same task, however often it is sent. Without one, each call is an order of
   * its own, that is repeated safely within the call.
   */
  readonly idempotencyKey?: string | undefined;
}

/** What a person changed in the prompts before they go out: the one prompt, or one for each shot. */
export type PromptEdits = { readonly prompt: string } | { readonly prompts: readonly string[] };
