/** The row that outlives a forgotten task until its files are gone too. */
import type { UploadedFile } from "../upstream/google-files.ts";
import type { Operation } from "../veo/model.ts";
import { providerRows } from "../veo/providers.ts";
import { type Removal, removalSchema } from "./removal.ts";

const removalKey = "removal";

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

  /** The row with one more try begun; null when there is none. */
  countTry(): Removal | null {
    const removal = this.load();
    if (!removal) return null;
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
