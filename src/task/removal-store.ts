/** The row that outlives a forgotten task until its files are gone too. */
import { z } from "zod";
import type { UploadedFile } from "../upstream/google-files.ts";
import type { Operation } from "../veo/model.ts";
import { providerRows } from "../veo/providers.ts";
import { type Removal, removalSchema } from "./removal.ts";

const removalKey = "removal";

/** Until when the object remembers that there was a task of its name. */
const nameKey = "name_kept_until";
const nameSchema = z.number();

export class RemovalStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  load(): Removal | null {
    const stored = this.#storage.kv.get(removalKey);
    return stored === undefined ? null : removalSchema.parse(stored);
  }

  save(removal: Removal): void {
    this.#storage.kv.put(removalKey, removal);
  }

  drop(): void {
    this.#storage.kv.delete(removalKey);
  }

  /** After a removal. Another request may be about to start the task meanwhile: its row stays. */
  dropOf(mediaSecret: string): void {
    if (this.load()?.media_secret === mediaSecret) this.drop();
  }

  /** What this folder's task would have left goes at this time already. */
  hasten(mediaSecret: string, notBefore: number): void {
    const removal = this.load();
    if (removal?.media_secret === mediaSecret) this.save({ ...removal, not_before: notBefore });
  }

  keepName(until: number): void {
    this.#storage.kv.put(nameKey, until);
  }

  /** Milliseconds since 1970; null when there was no task of this name, or nobody remembers. */
  nameKeptUntil(): number | null {
    return nameSchema.nullable().parse(this.#storage.kv.get(nameKey) ?? null);
  }

  /** The row with one more try begun; null when there is none that is due. */
  countDueTry(now: number): Removal | null {
    const removal = this.load();
    if (!removal || now < removal.not_before) return null;
    const counted = { ...removal, tries: removal.tries + 1 };
    this.save(counted);
    return counted;
  }

  /** Notes a file that came to Google after its task was forgotten; nothing for a task that is still there. */
  addFile(file: UploadedFile): void {
    const removal = this.load();
    if (removal) this.save({ ...removal, video_file: file });
  }

  /** Notes a clip that was taken after its task was forgotten; only a provider that keeps copies needs to be told. */
  addCopy(operation: Operation): void {
    const removal = this.load();
    if (removal && providerRows[removal.provider].keepsCopies) {
      this.save({ ...removal, copies: [...removal.copies, operation] });
    }
  }
}
