/** Clips that were asked for. They end by the clock, so a restart neither loses nor delays one. */
import { z } from "zod";

/** Veo keeps a clip for two days. */
export const clipRetentionMilliseconds = 48 * 60 * 60 * 1_000;

const operationSchema = z.object({
  id: z.string(),
  model: z.string(),
  /** Name of the finished clip in the Files API. */
  file_id: z.string(),
  /** Key of the clip in `clips.ts`. */
  clip: z.string(),
  /** How it ends; null for a video. */
  ending: z.enum(["filtered_prompt", "filtered_output", "filtered_audio", "operation_error", "no_samples"]).nullable(),
  /** Milliseconds since 1970. */
  started_at: z.number(),
  done_at: z.number(),
});

export type StoredOperation = z.infer<typeof operationSchema>;

export class OperationStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`create table if not exists operations (
      id text primary key, model text not null, file_id text not null unique, clip text not null, ending text,
      started_at integer not null, done_at integer not null
    )`);
  }

  add({ id, model, file_id, clip, ending, started_at, done_at }: StoredOperation): void {
    this.#sql.exec(
      "insert into operations values (?, ?, ?, ?, ?, ?, ?)",
      ...[id, model, file_id, clip, ending, started_at, done_at],
    );
  }

  find(id: string): StoredOperation | undefined {
    const [row] = this.#sql.exec("select * from operations where id = ?", id).toArray();
    return row && operationSchema.parse(row);
  }

  /** The operation whose finished clip has this name, while Veo would keep it. */
  findByFile(fileId: string, now: number): StoredOperation | undefined {
    const [row] = this.#sql.exec("select * from operations where file_id = ?", fileId).toArray();
    const operation = row && operationSchema.parse(row);
    const isThere = operation && operation.ending === null && operation.done_at <= now &&
      now < operation.done_at + clipRetentionMilliseconds;
    return isThere ? operation : undefined;
  }

  clear(): void {
    this.#sql.exec("delete from operations");
  }
}
