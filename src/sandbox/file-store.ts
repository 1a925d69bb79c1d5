/** Uploads of the Files API: what they are, not what is in them. Only their first and last bytes are kept. */
import { z } from "zod";
import type { SampledBytes } from "./sampled-bytes.ts";

/** The Files API keeps an upload for two days. */
export const fileRetentionMilliseconds = 48 * 60 * 60 * 1_000;

const bytesSchema = z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer));

const fileSchema = z.object({
  id: z.string(),
  display_name: z.string(),
  content_type: z.string(),
  /** Size announced when the upload was started. Bytes. */
  announced: z.number().int(),
  received: z.number().int(),
  head: bytesSchema,
  tail: bytesSchema,
  /** Milliseconds since 1970. */
  created_at: z.number(),
  /** When the last byte came; null while bytes are missing. */
  finished_at: z.number().nullable(),
  /** When it becomes `ACTIVE`; null while bytes are missing. */
  active_at: z.number().nullable(),
});

export type StoredFile = z.infer<typeof fileSchema>;

export class FileStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists files (
      id text primary key, display_name text not null, content_type text not null, announced integer not null,
      received integer not null, head blob not null, tail blob not null, created_at integer not null,
      finished_at integer, active_at integer
    )`);
  }

  start(file: Pick<StoredFile, "id" | "display_name" | "content_type" | "announced" | "created_at">): void {
    this.#sql.exec(
      "insert into files values (?, ?, ?, ?, 0, ?, ?, ?, null, null)",
      ...[file.id, file.display_name, file.content_type, file.announced],
      ...[new ArrayBuffer(0), new ArrayBuffer(0), file.created_at],
    );
  }

  /** @returns undefined for what never was, was deleted, or is past its two days */
  find(id: string, now: number): StoredFile | undefined {
    const [row] = this.#sql.exec("select * from files where id = ?", id).toArray();
    const file = row && fileSchema.parse(row);
    return file && now < file.created_at + fileRetentionMilliseconds ? file : undefined;
  }

  receive(id: string, sample: SampledBytes): void {
    this.#sql.exec(
      "update files set received = ?, head = ?, tail = ? where id = ?",
      ...[sample.length, sample.head.slice().buffer, sample.tail.slice().buffer, id],
    );
  }

  finish(id: string, finishedAt: number, activeAt: number): void {
    this.#sql.exec("update files set finished_at = ?, active_at = ? where id = ?", finishedAt, activeAt, id);
  }

  delete(id: string): void {
    this.#sql.exec("delete from files where id = ?", id);
  }

  clear(): void {
    this.#sql.exec("delete from files");
  }
}
