/** What a request brings: its fields as text, and its references, which are in R2 before its task starts. */
import { createResolver } from "../addresses/resolve-name.ts";
import type { Settings } from "../env.ts";
import type { FieldProblem } from "../errors.ts";
import { originOf } from "../origin-of.ts";
import { checkAddresses } from "../references/check-addresses.ts";
import { fetchReferences } from "../references/fetch-references.ts";
import { imageFields, imageUrlsField, type RawFields, videoField, videoUrlField } from "../references/fields.ts";
import { splitImageUrls } from "../references/image-urls.ts";
import { readUrlForm } from "../references/read-url-form.ts";
import { receiveMultipart, type StoredReferences } from "../references/receive-multipart.ts";
import type { ReferenceStore } from "../references/store-reference.ts";
import { chooseModel, type Knowledge, type ModelChoice } from "../veo/choose-model.ts";
import { type Plan, planVideo } from "../veo/plan.ts";
import { admitCallback, type Callback, callbackProblems } from "../webhooks/callback.ts";
import { readTaskFields } from "./read-fields.ts";
import type { TaskRequest } from "./request.ts";

export interface Intake extends StoredReferences {
  readonly fields: RawFields;
  /** Who is told of the end of the task; null for nobody. */
  readonly callback: Callback | null;
}

/** What an order is read with. */
export interface OrderKnowledge extends Knowledge {
  readonly settings: Settings;
}

/** A request that was read; its references may still be elsewhere. */
export interface ReadRequest {
  /** All of its fields, addresses of references too. */
  readonly sent: RawFields;
  /** What of it could not be read, and so is not among them. Such a request is never one that started a task. */
  readonly unread: readonly FieldProblem[];
  /**
   * Brings its references into the store, where they are not yet, and tells everything wrong with it.
   *
   * @param known what is wrong with it already
   */
  takeIn(known: readonly FieldProblem[]): Promise<Intake>;
}

/** One of the ways references come in. */
export interface Way {
  readonly name: "files" | "addresses";
  /** The fields its references come in, to be named when another one is sent. */
  readonly referenceFields: readonly string[];
  read(request: Request, store: ReferenceStore, knowledge: OrderKnowledge): Promise<ReadRequest>;
}

/** As files of a form: they are stored while they arrive. */
export function asFiles(fetch: typeof globalThis.fetch): Way {
  return {
    name: "files",
    referenceFields: [...imageFields, videoField],
    async read(request, store, { settings }) {
      const received = await receiveMultipart(request, store);
      return {
        sent: received.fields,
        unread: received.problems,
        async takeIn(known) {
          const { callback, problems } = await admitCallback(received.fields, settings, originOf(request), fetch);
          return { ...received, callback, problems: withFirst([...known, ...received.problems], problems) };
        },
      };
    },
  };
}

/** By their addresses. Nothing is fetched for a request that will be refused anyway. */
export function byAddresses(fetch: typeof globalThis.fetch): Way {
  const referenceFields = [imageUrlsField, videoUrlField];
  return {
    name: "addresses",
    referenceFields,
    async read(request, store, knowledge) {
      const { fields: sent, problems: unread } = await readUrlForm(request);
      return {
        sent,
        unread,
        async takeIn(known) {
          const fields: RawFields = new Map(sent);
          const { addresses, problems } = takeAddresses(fields);
          const { settings } = knowledge;
          const ownOrigin = originOf(request);
          const rules = { allowPrivate: settings.allowPrivateUrls, ownOrigin };
          const refusals = withFirst([...known, ...unread], [
            ...problems,
            ...checkAddresses(addresses, rules),
            ...callbackProblems(fields, settings, ownOrigin),
          ]);
          const refused = { fields, images: [], video: null, callback: null };
          if (refusals.length > 0 || !readOrder(fields, referenceFields, knowledge).ok) {
            return { ...refused, problems: refusals };
          }
          const { callback, problems: unadmitted } = await admitCallback(fields, settings, ownOrigin, fetch);
          if (unadmitted.length > 0) return { ...refused, problems: unadmitted };
          return {
            fields,
            callback,
            ...await fetchReferences(addresses, store, { rules, fetch, resolve: createResolver({ fetch }) }),
          };
        },
      };
    },
  };
}

/**
 * Problems of values beside those of fields that could not be read: such a field seems to be missing, which is not to be
 * told as well.
 */
export function withFirst(unread: readonly FieldProblem[], others: readonly FieldProblem[]): FieldProblem[] {
  return [...unread, ...others.filter(({ field }) => !unread.some((problem) => problem.field === field))];
}

/** Takes the addresses out of the fields. */
function takeAddresses(fields: RawFields) {
  const { urls: imageUrls, problems } = splitImageUrls(fields.get(imageUrlsField) ?? []);
  const [videoUrl = null, ...more] = (fields.get(videoUrlField) ?? []).filter((url) => url !== "");
  fields.delete(imageUrlsField);
  fields.delete(videoUrlField);
  if (more.length > 0) problems.push({ field: videoUrlField, code: "invalid_input", message: "Send one address." });
  return { addresses: { imageUrls, videoUrl }, problems };
}

/** What is ordered and how it will be made, or everything wrong with the fields. */
export function readOrder(fields: RawFields, referenceFields: readonly string[], knowledge: Knowledge) {
  const read = readTaskFields(fields, referenceFields);
  if (!read.ok) return { ok: false as const, problems: read.problems };
  const choice = chooseModel(read.request.quality, knowledge);
  const planned = planVideo(read.request, choice.offer);
  if (!planned.ok) return { ok: false as const, problems: planned.problems };
  const noProblems: readonly FieldProblem[] = [];
  return { ok: true as const, request: read.request, plan: planned.plan, choice, problems: noProblems };
}

/** How the video is made should the chosen model turn out to be retired, by those of its successors that can make it. */
export function plansOfSuccessors(request: TaskRequest, { successors }: ModelChoice): Plan[] {
  return successors.flatMap((successor) => {
    const planned = planVideo(request, successor);
    return planned.ok ? [planned.plan] : [];
  });
}
