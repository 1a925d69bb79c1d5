/** Clips that were asked for, in any dialect. They end by the clock, so a restart neither loses nor delays one. */
import { z } from "zod";
import { dialects } from "./calls.ts";

/** Google keeps a video for two days after it was made or last extended. */
export const clipRetentionMilliseconds = 48 * 60 * 60 * 1_000;

const endings = [
  "filtered_prompt",
  "filtered_output",
  "filtered_audio",
  "operation_error",
  "no_samples",
  "cancelled",
] as const;

const operationSchema = z.object({
  id: z.string(),
  dialect: z.enum(dialects),
  model: z.string(),
  prompt: z.string(),
  /** Name of the finished video in the Files API; on Vertex AI, of the folder where it is put. */
  file_id: z.string(),
  aspect_ratio: z.string(),
  resolution: z.string(),
  /** Length of the whole video, for an extension with what came before. */
  seconds: z.number().int(),
  /** How often it was extended, this time included. */
  extensions: z.number().int(),
  /** How many videos one request makes. */
  samples: z.number().int(),
  /** Whether the answer has the video's address or the video itself. */
  delivery: z.enum(["uri", "inline"]),
  /** Vertex AI: where the video is put, `gs://bucket/prefix` without a slash at the end. */
  storage_uri: z.string().nullable(),
  /** How it ends; null for a video. */
  ending: z.enum(endings).nullable(),
  /** Milliseconds since 1970. */
  done_at: z.number(),
  /** When its video's file is ready to be fetched. */
  active_at: z.number(),
  /** When its video is gone; null when it stays. */
  expires_at: z.number().nullable(),
  /** When its interaction was deleted. */
  forgotten_at: z.number().nullable(),
});

export type StoredOperation = z.infer<typeof operationSchema>;
export type Ending = StoredOperation["ending"];

export class OperationStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists operations (
      id text primary key, dialect text not null, model text not null, prompt text not null,
      file_id text not null unique, aspect_ratio text not null, resolution text not null, seconds integer not null,
      extensions integer not null, samples integer not null, delivery text not null, storage_uri text, ending text,
      done_at integer not null, active_at integer not null, expires_at integer, forgotten_at integer
    )`);
  }

  add(operation: Omit<StoredOperation, "expires_at" | "forgotten_at">): void {
    const { storage_uri, done_at } = operation;
    const expires_at = storage_uri === null ? done_at + clipRetentionMilliseconds : null;
    const columns = Object.entries({ ...operation, expires_at });
    this.#sql.exec(
      `insert into operations (${columns.map(([name]) => name).join(", ")})
      values (${columns.map(() => "?").join(", ")})`,
      ...columns.map(([, value]) => value),
    );
  }

  /** Every clip that was accepted, in the order of their ends. */
  list(): StoredOperation[] {
    const rows = this.#sql.exec("select * from operations order by done_at, id").toArray();
    return rows.map((row) => operationSchema.parse(row));
  }

  find(id: string): StoredOperation | undefined {
    const [row] = this.#sql.exec("select * from operations where id = ?", id).toArray();
    return row && operationSchema.parse(row);
  }

  /** The operation whose finished video has this name, while it is kept. */
  findByFile(fileId: string, now: number): StoredOperation | undefined {
    const [row] = this.#sql.exec(
      `select * from operations
      where file_id = ? and ending is null and done_at <= ? and (expires_at is null or expires_at > ?)`,
      ...[fileId, now, now],
    ).toArray();
    return row && operationSchema.parse(row);
  }

  /** Keeps a video for two days more, from now; one that stays, stays. */
  keep(fileId: string, now: number): void {
    this.#sql.exec(
      "update operations set expires_at = ? where file_id = ? and expires_at is not null",
      ...[now + clipRetentionMilliseconds, fileId],
    );
  }

  /** Deletes a finished video's file. */
  deleteFile(fileId: string, now: number): void {
    this.#sql.exec("update operations set expires_at = ? where file_id = ?", now, fileId);
  }

  /** Ends a clip in the making without a video. */
  cancel(id: string, now: number): void {
    this.#sql.exec("update operations set ending = 'cancelled', done_at = ? where id = ?", now, id);
  }

  /** Nothing is known of it any more by its id; its video's file stays. */
  forget(id: string, now: number): void {
    this.#sql.exec("update operations set forgotten_at = ? where id = ?", now, id);
  }

  countRunning(now: number): number {
    return this.#sql.exec<{ count: number }>("select count(*) as count from operations where done_at > ?", now)
      .one().count;
  }

  clear(): void {
    this.#sql.exec("delete from operations");
  }
}
