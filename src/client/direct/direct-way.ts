/** This process makes the videos, by the service's own steps; a folder keeps them, or the memory. */
import { silentLog } from "../../log.ts";
import { cancel } from "../../task/cancel.ts";
import { readOrder } from "../../task/intake.ts";
import { presentCapabilities } from "../../task/present-capabilities.ts";
import { presentEstimate } from "../../task/present-estimate.ts";
import { readEdits } from "../../task/prompt-edits.ts";
import { approve } from "../../task/review.ts";
import type { TaskState } from "../../task/state.ts";
import { fieldsOf } from "../argument-names.ts";
import type { DirectOptions } from "../options.ts";
import { isSettled } from "../task.ts";
import type { Way } from "../way.ts";
import { type Clock, realClock } from "./clock.ts";
import type { DirectStore } from "./direct-store.ts";
import { DirectTasks } from "./direct-tasks.ts";
import { settingsOf } from "./direct-settings.ts";
import { createKnowledge } from "./knowledge.ts";
import { createMemoryStore } from "./memory-store.ts";
import { openFinished } from "./open-finished.ts";
import { presentDirect } from "./present-direct.ts";
import { referenceFields } from "./reference-places.ts";
import { asLibrary, refused } from "./refusals.ts";
import { rawFieldsOf, startOrder } from "./start-order.ts";

/** For tests. */
export interface DirectDependencies {
  readonly clock?: Clock;
  readonly store?: DirectStore;
}

/** @throws RequestRefusedError `not_configured` for an option that cannot be used; Veo31Error for a folder */
export async function createDirectWay(options: DirectOptions, dependencies: DirectDependencies = {}): Promise<Way> {
  const { clock = realClock } = dependencies;
  const { log = silentLog } = options;
  const settings = await asLibrary(() => Promise.resolve().then(() => settingsOf(options)));
  const fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const store = dependencies.store ?? await openStore(options);
  const inside = { store, settings, fetch, clock, log };
  const tasks = new DirectTasks(inside);
  const knowledge = createKnowledge(inside);
  const present = (state: TaskState) => presentDirect(state, store.addressOf);
  return {
    start: (order, signal) =>
      asLibrary(async () => present(await startOrder(order, signal, { ...inside, tasks, knowledge: knowledge.look }))),
    status: (taskId) => asLibrary(async () => present(await tasks.state(taskId))),
    async *follow(taskId, signal) {
      for await (const state of tasks.follow(taskId, isSettled, signal)) yield present(state);
    },
    estimate: (wishes) =>
      asLibrary(async () => {
        const order = readOrder(rawFieldsOf(fieldsOf(wishes)), referenceFields, await knowledge.now());
        if (!order.ok) throw refused(order.problems);
        return presentEstimate(order, false, null, null);
      }),
    capabilities: () => asLibrary(async () => presentCapabilities(await knowledge.now())),
    approve: (taskId, edits) =>
      asLibrary(async () => {
        const { edits: read, problems } = readEdits(edits ?? {});
        // A typo must not let the prompts out as they are, and be paid for.
        if (problems.length > 0) throw refused(problems);
        return present(await tasks.decide(taskId, "approved", (state) => approve(state, read, clock.now())));
      }),
    cancel: (taskId) =>
      asLibrary(async () => present(await tasks.decide(taskId, "cancelled", (state) => cancel(state, clock.now())))),
    remove: (taskId) => asLibrary(() => tasks.remove(taskId)),
    rest: () => tasks.rest(),
    openVideo: ({ task_id }) => asLibrary(async () => await openFinished(await tasks.state(task_id), store.bucket)),
  };
}

async function openStore({ directory }: DirectOptions): Promise<DirectStore> {
  if (directory === undefined) return createMemoryStore();
  const { openFolderStore } = await import("./folder-store.ts");
  return await openFolderStore(directory);
}
