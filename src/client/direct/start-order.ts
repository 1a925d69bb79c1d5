/** From an order to the task it starts, by the steps that a request to the service goes through. */
import type { RawFields } from "../../references/fields.ts";
import type { ReferenceStore } from "../../references/store-reference.ts";
import { deletePrefix, mediaPrefix } from "../../storage/task-files.ts";
import { fingerprintOf } from "../../task/fingerprint.ts";
import { idempotencyConflict, readKey, taskIdOfKey } from "../../task/idempotency-key.ts";
import { newMediaSecret, newTaskId } from "../../task/identity.ts";
import { type OrderKnowledge, readOrder } from "../../task/intake.ts";
import { requireSettings } from "../../task/missing-settings.ts";
import { startOf } from "../../task/start-of.ts";
import { startedTask } from "../../task/started-task.ts";
import type { TaskState } from "../../task/state.ts";
import { endingFetch } from "../../upstream/ending-fetch.ts";
import { fieldsOf } from "../argument-names.ts";
import type { Order } from "../order.ts";
import { digesting } from "./content-digest.ts";
import type { DirectTasks } from "./direct-tasks.ts";
import { placesOf, referenceFields, type ReferencePlaces } from "./reference-places.ts";
import { refused } from "./refusals.ts";
import type { DriverDependencies } from "./task-driver.ts";
import { takeReferences } from "./take-references.ts";

export interface StartDependencies extends Pick<DriverDependencies, "store" | "fetch" | "clock"> {
  readonly tasks: DirectTasks;
  /** What is known of the models now. */
  readonly knowledge: () => Promise<OrderKnowledge>;
}

/** An order whose fields and references can be used, as far as that is known without reading the references. */
interface CheckedOrder {
  readonly fields: RawFields;
  readonly places: ReferencePlaces;
  readonly knowledge: OrderKnowledge;
  /** Of the order itself; null when it has none. */
  readonly key: string | null;
  readonly signal: AbortSignal;
}

/** @throws ServiceError with everything wrong with the order, and the signal's reason */
export async function startOrder(
  order: Order,
  signal: AbortSignal,
  dependencies: StartDependencies,
): Promise<TaskState> {
  signal.throwIfAborted();
  const checked = { ...checkedOrder(order, await dependencies.knowledge()), signal };
  const { key } = checked;
  const taskId = key === null ? newTaskId() : await taskIdOfKey(null, key);
  return await dependencies.tasks.start(taskId, signal, async (found) => {
    return found ? await same(found, checked, dependencies) : await created(taskId, key, checked, dependencies);
  });
}

function checkedOrder({ callbackUrl, ...order }: Order, knowledge: OrderKnowledge): Omit<CheckedOrder, "signal"> {
  requireSettings(knowledge.settings);
  const { problems, ...places } = placesOf(order);
  const { referenceImages: _, videoReference: __, idempotencyKey, ...wishes } = order;
  const { key, problems: keyProblems } = idempotencyKey === undefined
    ? { key: null, problems: [] }
    : readKey(idempotencyKey);
  const fields = rawFieldsOf(fieldsOf(wishes));
  const read = readOrder(fields, referenceFields, knowledge);
  const all = [...keyProblems, ...problems, ...(callbackUrl === undefined ? [] : [noCallback]), ...read.problems];
  if (all.length > 0) throw refused(all);
  return { fields, places, knowledge, key };
}

const noCallback = {
  field: "callback_url",
  code: "not_configured",
  message: "Only a deployment sends webhooks. Await the generation, or follow it.",
} as const;

async function created(
  taskId: string,
  key: string | null,
  { fields, places, knowledge, signal }: CheckedOrder,
  { store, fetch, clock }: StartDependencies,
): Promise<TaskState> {
  const media_secret = newMediaSecret();
  const prefix = mediaPrefix(media_secret);
  const contents = new Map<string, string>();
  const references = { bucket: store.bucket, prefix, ...(key !== null && { watch: noting(contents) }) };
  try {
    const taken = await takeReferences(places, { store: references, open: opening(fetch, signal), signal });
    const fingerprint = key === null ? null : await fingerprintOf("direct", fields, contents);
    const identity = { task_id: taskId, media_secret, owner: null, fingerprint };
    const deployment = { ...knowledge, transformsSquares: false };
    const start = startOf({ fields, ...taken, callback: null }, { referenceFields }, identity, deployment);
    signal.throwIfAborted();
    return startedTask(start, null, clock.now());
  } catch (error) {
    await deletePrefix(store.bucket, prefix);
    throw error;
  }
}

/** The task that was found, if it was started by the same order. */
async function same(
  found: TaskState,
  { fields, places, signal }: CheckedOrder,
  { store, fetch }: StartDependencies,
): Promise<TaskState> {
  const contents = new Map<string, string>();
  const prefix = mediaPrefix(newMediaSecret());
  try {
    const references = { bucket: store.bucket, prefix, watch: noting(contents) };
    await takeReferences(places, { store: references, open: opening(fetch, signal), signal });
    if (found.fingerprint === await fingerprintOf("direct", fields, contents)) return found;
    throw idempotencyConflict(false);
  } finally {
    await deletePrefix(store.bucket, prefix);
  }
}

function noting(contents: Map<string, string>): NonNullable<ReferenceStore["watch"]> {
  return (field, chunks) => digesting(chunks, (digest) => contents.set(field, digest));
}

export function rawFieldsOf(fields: Readonly<Record<string, unknown>>): RawFields {
  return new Map(Object.entries(fields).map(([field, value]) => [field, [String(value)]]));
}

/** What the caller's process may reach, this may; names are looked up by the runtime itself. */
function opening(fetch: typeof globalThis.fetch, signal: AbortSignal) {
  return {
    rules: { allowPrivate: true, ownOrigin: null },
    fetch: endingFetch(fetch, signal),
    resolve: () => Promise.resolve([]),
  };
}
