/** Clips that were asked for. They end by the clock, so a restart neither loses nor delays one. */
import { z } from "zod";

/** Veo keeps a video for two days after it was made or last extended. */
export const clipRetentionMilliseconds = 48 * 60 * 60 * 1_000;

const operationSchema = z.object({
  id: z.string(),
  model: z.string(),
  prompt: z.string(),
  /** Name of the finished video in the Files API. */
  file_id: z.string(),
  aspect_ratio: z.string(),
  resolution: z.string(),
  /** Length of the whole video, for an extension with what came before. */
  seconds: z.number().int(),
  /** How often it was extended, this time included. */
  extensions: z.number().int(),
  /** How it ends; null for a video. */
  ending: z.enum(["filtered_prompt", "filtered_output", "filtered_audio", "operation_error", "no_samples"]).nullable(),
  /** Milliseconds since 1970. */
  done_at: z.number(),
  /** When its video is gone. */
  expires_at: z.number(),
});

export type StoredOperation = z.infer<typeof operationSchema>;

export class OperationStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists operations (
      id text primary key, model text not null, prompt text not null, file_id text not null unique,
      aspect_ratio text not null, resolution text not null, seconds integer not null, extensions integer not null,
      ending text, done_at integer not null, expires_at integer not null
    )`);
  }

  add(operation: Omit<StoredOperation, "expires_at">): void {
    const { id, model, prompt, file_id, aspect_ratio, resolution, seconds, extensions, ending, done_at } = operation;
    this.#sql.exec(
      "insert into operations values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      ...[id, model, prompt, file_id, aspect_ratio, resolution, seconds, extensions, ending],
      ...[done_at, done_at + clipRetentionMilliseconds],
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

  /** The operation whose finished video has this name, while Veo would keep it. */
  findByFile(fileId: string, now: number): StoredOperation | undefined {
    const [row] = this.#sql.exec(
      "select * from operations where file_id = ? and ending is null and done_at <= ? and expires_at > ?",
      ...[fileId, now, now],
    ).toArray();
    return row && operationSchema.parse(row);
  }

  /** Keeps a video for two days more, from now. */
  keep(fileId: string, now: number): void {
    this.#sql.exec("update operations set expires_at = ? where file_id = ?", now + clipRetentionMilliseconds, fileId);
  }

  countRunning(now: number): number {
    return this.#sql.exec<{ count: number }>("select count(*) as count from operations where done_at > ?", now)
      .one().count;
  }

  clear(): void {
    this.#sql.exec("delete from operations");
  }
}
