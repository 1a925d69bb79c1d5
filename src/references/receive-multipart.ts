/**
 * `POST /veo31/generate`: a form with files, stored while it arrives. Fields may stand before or after the files, so
 * all of it is read and all problems are told at once; after a problem the rest is read but not kept.
 */
import { type FieldProblem, ServiceError } from "../errors.ts";
import { PartBuffer } from "../storage/part-buffer.ts";
import { deletePrefix } from "../storage/task-files.ts";
import { addField, imageFields, type RawFields, videoField } from "./fields.ts";
import {
  bodyStallMaximumMs,
  fieldNameMaximum,
  partsMaximum,
  uploadBytesMaximum,
  uploadTotalMaximumMs,
} from "./limits.ts";
import { MultipartError } from "./multipart/multipart-error.ts";
import { boundaryOf } from "./multipart/part-header.ts";
import { type Part, readParts } from "./multipart/read-parts.ts";
import { readText } from "./multipart/read-text.ts";
import { peek } from "./peek.ts";
import { Refusal } from "./refusal.ts";
import { bodyChunksOf, contentLengthOf } from "./request-body.ts";
import type { StoredImage, StoredVideo } from "./schema.ts";
import { type ReferenceStore, storeImage, storeVideo } from "./store-reference.ts";

const times = { stallMaximumMs: bodyStallMaximumMs, totalMaximumMs: uploadTotalMaximumMs };

export interface StoredReferences {
  /** In the order of their fields. */
  readonly images: readonly StoredImage[];
  readonly video: StoredVideo | null;
  /** When there are any, the task is not to be started and its prefix is to be deleted. */
  readonly problems: readonly FieldProblem[];
}

export interface Received extends StoredReferences {
  readonly fields: RawFields;
}

/**
 * Reads a form and stores its files under the store's prefix.
 *
 * When a client disconnects, a Worker may be stopped before it has cleaned up: give the promise to `waitUntil` too.
 *
 * @throws {ServiceError} when the body as a whole cannot be used: not a form, cut off, too large, too slow; or
 * `rate_limited` when its files found no room. Whatever is thrown, nothing is left under the prefix.
 */
export async function receiveMultipart(request: Request, store: ReferenceStore): Promise<Received> {
  const boundary = announcedBoundary(request.headers);
  const form = new IncomingForm(store, contentLengthOf(request.headers));
  try {
    for await (const part of readParts(bodyChunksOf(request, uploadBytesMaximum, times), boundary)) {
      await form.receive(part);
    }
    return form.finish();
  } catch (error) {
    await deletePrefix(store.bucket, store.prefix);
    throw error instanceof MultipartError ? new ServiceError("invalid_input", error.message, { cause: error }) : error;
  }
}

function announcedBoundary(headers: Headers): string {
  const contentType = headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) {
    throw new ServiceError("unsupported_media_type", "Send the files as multipart/form-data.");
  }
  try {
    return boundaryOf(contentType);
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    throw new ServiceError("invalid_input", error.message, { cause: error });
  }
}

async function isEmpty(part: Part): Promise<boolean> {
  return (await part.body[Symbol.asyncIterator]().next()).done === true;
}

/** What has been received so far. */
class IncomingForm {
  readonly #store: ReferenceStore;
  readonly #buffer: PartBuffer;
  readonly #fields: RawFields = new Map();
  readonly #images: StoredImage[] = [];
  readonly #problems: FieldProblem[] = [];
  readonly #filesSeen = new Set<string>();
  #video: StoredVideo | null = null;
  #parts = 0;

  constructor(store: ReferenceStore, bytesExpected: number | null) {
    this.#store = store;
    this.#buffer = new PartBuffer(bytesExpected);
  }

  async receive(part: Part): Promise<void> {
    if (++this.#parts > partsMaximum) {
      throw new ServiceError("invalid_input", `The form has more than ${partsMaximum} parts.`);
    }
    if (part.name.length > fieldNameMaximum) {
      throw new ServiceError("invalid_input", `A field's name is longer than ${fieldNameMaximum} characters.`);
    }
    const problem = await this.#take(part);
    if (problem) this.#problems.push(problem);
  }

  finish(): Received {
    if (!imageFields.some((field) => this.#filesSeen.has(field))) {
      this.#problems.push({
        field: imageFields[0],
        code: "invalid_input",
        message: `Send at least one picture, as ${imageFields.join(", ").replace(/, (?=[^,]*$)/, " or ")}.`,
      });
    }
    this.#images.sort((one, other) => one.field < other.field ? -1 : 1);
    return { fields: this.#fields, images: this.#images, video: this.#video, problems: this.#problems };
  }

  async #take(part: Part): Promise<FieldProblem | null> {
    const isFileField = part.name === videoField || imageFields.some((field) => field === part.name);
    if (part.filename === null) return isFileField ? this.#takeTextForFile(part) : this.#takeText(part);
    if (!isFileField) return await this.#takeUnknownFile(part);
    // A file input that nothing was chosen in is sent without a name and without a byte (HTML, form submission).
    if (part.filename !== "") return await this.#takeFile(part);
    const { head, whole } = await peek(part.body, 1);
    return head.length === 0 ? null : await this.#takeFile({ ...part, body: whole });
  }

  async #takeText(part: Part): Promise<FieldProblem | null> {
    try {
      addField(this.#fields, part.name, await readText(part.body));
      return null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.ofField(part.name);
    }
  }

  async #takeTextForFile(part: Part): Promise<FieldProblem | null> {
    if (await isEmpty(part)) return null;
    this.#filesSeen.add(part.name);
    return { field: part.name, code: "invalid_input", message: "This must be a file, but it is text." };
  }

  async #takeUnknownFile(part: Part): Promise<FieldProblem | null> {
    if (part.filename === "" && await isEmpty(part)) return null;
    const message = `No file is taken here. Pictures go into ${imageFields.join(", ")}, a video into ${videoField}.`;
    return { field: part.name, code: "invalid_input", message };
  }

  async #takeFile(part: Part): Promise<FieldProblem | null> {
    if (this.#filesSeen.has(part.name)) {
      return { field: part.name, code: "invalid_input", message: "This file was sent twice. Send it once." };
    }
    this.#filesSeen.add(part.name);
    const { name, body, contentType: declared } = part;
    const incoming = { field: name, name, body, declared, buffer: this.#buffer };
    if (name === videoField) {
      const stored = await storeVideo(incoming, this.#store);
      if (!stored.ok) return stored.problem;
      this.#video = stored.value;
    } else {
      const stored = await storeImage(incoming, this.#store);
      if (!stored.ok) return stored.problem;
      this.#images.push(stored.value);
    }
    return null;
  }
}
