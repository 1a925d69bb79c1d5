/**
 * The contract of a video model. An adapter starts a clip and answers with an opaque, JSON-safe operation; the caller
 * owns polling and storage, and hands the operation back as it was. Nothing outside `veo/` knows which adapter is at work.
 */
import type { Attachment } from "../upstream/attachment.ts";
import type { Outcome } from "../upstream/outcome.ts";
import type { ModelAspectRatio, Resolution } from "./capabilities.ts";
import type { FilterSubject } from "./filter-reasons.ts";

/** Anything that survives JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A stretch of the reference video, cut out of it without re-encoding: an MP4 or WebM of pictures alone. */
export interface Excerpt {
  readonly attachment: Attachment;
  /** Where it was in the reference video, seconds. */
  readonly start_seconds: number;
  readonly end_seconds: number;
}

/** What a model takes of a reference video. */
export interface ExcerptLimits {
  readonly countMaximum: number;
  /** Of each. */
  readonly secondsMaximum: number;
  /** Of all together. */
  readonly bytesMaximum: number;
}

/** A reference video whose motion the clip is to follow. Models that take no video leave it alone. */
export interface ReferenceMotion {
  /**
   * Cuts out the stretches that matter most for this clip, in their order; none where the video cannot be cut without a
   * loss.
   */
  cut(limits: ExcerptLimits): Promise<readonly Excerpt[]>;
}

/** One clip to make. */
export interface ClipRequest {
  readonly model: string;
  readonly prompt: string;
  readonly aspectRatio: ModelAspectRatio;
  readonly resolution: Resolution;
  readonly source: ClipSource;
  /** Asked right before the request that costs money leaves; by default it is wanted. */
  readonly isWanted?: () => boolean;
}

export type ClipSource =
  /** From 1 to 3 pictures of what is to be seen; `seconds` is the clip's length. */
  | {
    readonly kind: "references";
    readonly pictures: readonly Attachment[];
    readonly seconds: number;
    readonly motion: ReferenceMotion | null;
  }
  /** What the same model made before, continued by `seconds`. The result is old and new in one file. */
  | { readonly kind: "clip"; readonly file: ClipFile; readonly seconds: number };

/** What an adapter needs to find its operation again. JSON-safe; read back by the adapter's own schema, never cast. */
export type Operation = Json;

/** What an adapter needs to fetch a finished clip. JSON-safe, opaque like {@link Operation}. */
export type ClipFile = Json;

export type ClipStatus =
  | { readonly state: "pending" }
  | { readonly state: "completed"; readonly file: ClipFile }
  /** Ended without a video because a filter took it. */
  | {
    readonly state: "filtered";
    readonly what: "prompt" | "output";
    /** What the filter took offence at, where it says so. */
    readonly subject: FilterSubject | null;
    readonly charged: "no" | "unknown";
    readonly note: string;
  }
  /** Ended because it was told to; nobody says what that costs. */
  | { readonly state: "canceled"; readonly charged: "no" | "unknown"; readonly note: string }
  /** Ended in an error of the upstream. `retryable`: the same request may do better; `note` is in our own words. */
  | { readonly state: "failed"; readonly retryable: boolean; readonly note: string };

export interface OpenedClip {
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes the upstream announced, or null when it did not. */
  readonly bytes: number | null;
}

export interface VideoModel {
  /** Asks, at no cost, whether the model is there. The fault `not_found` says that it is not, any other says nothing. */
  probe(model: string): Promise<Outcome<null>>;
  /** Asks for one clip, once: a lost answer is the fault `interrupted`, and the clip may have been paid for. */
  start(request: ClipRequest): Promise<Outcome<Operation>>;
  /** Reads where the operation is. A fault here says nothing about the clip. */
  status(operation: Operation): Promise<Outcome<ClipStatus>>;
  /** Opens the finished clip's bytes. */
  open(file: ClipFile): Promise<Outcome<OpenedClip>>;
  /**
   * Asks that a clip in the making be stopped. What became of it is told by {@link VideoModel.status}. Only for providers
   * that can (`providers.ts`).
   */
  cancel?(operation: Operation): Promise<Outcome<null>>;
  /**
   * Removes what the provider keeps of an operation that nobody needs any more: request, clip, uploads. What is gone
   * already counts as removed. Only for providers that keep it for longer than two days (`providers.ts`).
   */
  forget?(operation: Operation): Promise<Outcome<null>>;
}
