/** How long the stand-in takes, how much it does at once, and which models it no longer has. Kept over a restart. */
import { z } from "zod";

/** Milliseconds; far shorter than the real ones, long enough for a person to see each state of a task. */
export const latenciesSchema = z.strictObject({
  image_analysis_ms: z.number().int().nonnegative().default(600),
  prompt_ms: z.number().int().nonnegative().default(600),
  video_analysis_ms: z.number().int().nonnegative().default(600),
  /** From the last byte of an upload until the file is `ACTIVE`. */
  file_processing_ms: z.number().int().nonnegative().default(1_000),
  /** From submit until the operation is done. */
  clip_ms: z.number().int().nonnegative().default(6_000),
  /** How long the fault `hang` holds a call; longer than any client waits. */
  hang_ms: z.number().int().nonnegative().default(600_000),
});

export type Latencies = z.infer<typeof latenciesSchema>;

export const limitsSchema = z.strictObject({
  /** How many clips may be in the making at once; null for as many as are asked for. */
  concurrent_clips: z.number().int().nonnegative().nullable().default(null),
});

export type Limits = z.infer<typeof limitsSchema>;

export const retiredModelsSchema = z.array(z.string());

export class Settings {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("create table if not exists settings (name text primary key, value text not null)");
  }

  get latencies(): Latencies {
    return latenciesSchema.parse(this.#read("latencies") ?? {});
  }

  set latencies(latencies: Latencies) {
    this.#write("latencies", latencies);
  }

  get limits(): Limits {
    return limitsSchema.parse(this.#read("limits") ?? {});
  }

  set limits(limits: Limits) {
    this.#write("limits", limits);
  }

  get retiredModels(): string[] {
    return retiredModelsSchema.parse(this.#read("retired_models") ?? []);
  }

  set retiredModels(models: string[]) {
    this.#write("retired_models", models);
  }

  clear(): void {
    this.#sql.exec("delete from settings");
  }

  #read(name: string): unknown {
    const [row] = this.#sql.exec<{ value: string }>("select value from settings where name = ?", name).toArray();
    return row && JSON.parse(row.value);
  }

  #write(name: string, value: unknown): void {
    this.#sql.exec("insert or replace into settings (name, value) values (?, ?)", name, JSON.stringify(value));
  }
}
