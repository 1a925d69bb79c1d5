/** Holds one answer against the description. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { z } from "zod";
import { describeApi } from "../../scripts/describe-api/document.ts";
import type { ObservedAnswer } from "../support/observed-answers.ts";

const objectSchema = z.custom<Schema>((value) => typeof value === "object" && value !== null);
const mediaSchema = z.object({ "schema": objectSchema, "x-event-data": objectSchema.optional() });
const headerSchema = z.object({ required: z.boolean().optional() });
const responseSchema = z.object({
  headers: z.record(z.string(), z.unknown()).default({}),
  content: z.record(z.string(), mediaSchema).optional(),
});
const operationSchema = z.object({ operationId: z.string(), responses: z.record(z.string(), z.unknown()) });

type Operation = z.infer<typeof operationSchema>;

const { document } = describeApi();
const components = z.record(z.string(), z.record(z.string(), z.unknown())).parse(document.components);

interface DescribedPath {
  readonly template: string;
  readonly pattern: RegExp;
  readonly operations: ReadonlyMap<string, Operation>;
}

const paths: readonly DescribedPath[] = Object.entries(document.paths ?? {}).map(([template, item]) => ({
  template,
  pattern: new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`),
  operations: new Map(
    Object.entries(item ?? {}).map(([method, operation]) => [method.toUpperCase(), operationSchema.parse(operation)]),
  ),
}));

/** What answers carry that is the same everywhere (`access/answer-headers.ts`, CORS), or the body's own. */
const everywhere =
  /^(connection|content-type|content-length|x-|cross-origin-|content-security-policy|referrer-policy|origin-agent-cluster|vary|access-control-)/;

/** The operation and status of an answer: `getTask 200`; null for one to no described operation. */
export function describedPlace({ method, path, status }: ObservedAnswer): string | null {
  const operation = operationOf(method, path);
  return operation ? `${operation.operationId} ${status}` : null;
}

/** Every operation with every status that is described. */
export function describedPlaces(): { readonly place: string; readonly isShared: boolean }[] {
  return paths.flatMap(({ operations }) => [...operations.values()]).flatMap(({ operationId, responses }) =>
    Object.entries(responses).map(([status, response]) => ({
      place: `${operationId} ${status}`,
      isShared: objectSchema.parse(response).$ref !== undefined,
    }))
  );
}

/** What of an answer is not as described. */
export function differences(answer: ObservedAnswer): string[] {
  const operation = operationOf(answer.method, answer.path);
  const problems = operation ? differencesOf(answer, operation) : differencesOfNothing(answer);
  return problems.map((problem) => `${answer.method} ${answer.path} ${answer.status}: ${problem}`);
}

/** HEAD answers as GET does. */
function operationOf(method: string, path: string): Operation | undefined {
  const operations = paths.find(({ pattern }) => pattern.test(path))?.operations;
  return operations?.get(method) ?? (method === "HEAD" ? operations?.get("GET") : undefined);
}

function differencesOf(answer: ObservedAnswer, operation: Operation): string[] {
  const found = operation.responses[String(answer.status)];
  if (!found) return ["this status is not described"];
  const { headers, content } = responseSchema.parse(resolved(found));
  return [...headerDifferences(answer, headers), ...bodyDifferences(answer, content)];
}

/** Files for browsers, and the description itself: what they are, `test/browser` looks at. */
const pages = ["/", "/docs", "/openapi.json"];

/** Where nothing is described, there is a problem; a method that is not taken is told which are. */
function differencesOfNothing(answer: ObservedAnswer): string[] {
  const isPreflight = answer.headers.has("access-control-allow-methods");
  if (answer.method === "OPTIONS" && answer.status === 204) {
    return isPreflight || answer.headers.has("allow") ? [] : ["Allow is missing"];
  }
  if (answer.status === 405 && !answer.headers.has("allow")) return ["Allow is missing"];
  if (pages.includes(answer.path) && (answer.method === "GET" || answer.method === "HEAD")) return [];
  if (answer.status < 400) return ["this address or method is not described"];
  return bodyDifferences(answer, { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } });
}

function headerDifferences({ headers }: ObservedAnswer, described: Readonly<Record<string, unknown>>): string[] {
  const names = new Map(Object.entries(described).map(([name, header]) => [name.toLowerCase(), resolved(header)]));
  const missing = [...names].filter(([name, header]) => headerSchema.parse(header).required && !headers.has(name));
  const unknown = [...headers.keys()].filter((name) => !names.has(name) && !everywhere.test(name));
  return [
    ...missing.map(([name]) => `the header ${name} is missing`),
    ...unknown.map((name) => `the header ${name} is not described`),
  ];
}

function bodyDifferences(
  { method, status, headers, body }: ObservedAnswer,
  content: z.infer<typeof responseSchema>["content"],
): string[] {
  // They may tell the type of what they do not send.
  if (status === 304 || status === 412) return [];
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim();
  if (type === undefined) return content && method !== "HEAD" ? ["it has no content type"] : [];
  const media = content?.[type];
  if (!media) return method === "HEAD" ? [] : [`the content type ${type} is not described`];
  if (body === null || method === "HEAD") return [];
  const eventData = media["x-event-data"];
  if (eventData) return eventsIn(body).flatMap((event) => mismatches(event, eventData));
  return mismatches(JSON.parse(body), media.schema);
}

function eventsIn(body: string): unknown[] {
  return [...body.matchAll(/^data: (.*)$/gm)].map(([, data = "null"]) => JSON.parse(data));
}

/** Members that no schema names are a difference here, though a client is to pass over them. */
const strictSchemas = Object.fromEntries(
  Object.entries(components["schemas"] ?? {}).map(([name, schema]) => [name, closed(objectSchema.parse(schema))]),
);

const validators = new Map<string, Validator>();

function mismatches(value: unknown, schema: Schema): string[] {
  const name = JSON.stringify(schema);
  const root = { allOf: [schema], components: { schemas: strictSchemas } };
  const validator = validators.get(name) ?? new Validator(root, "2020-12", false);
  validators.set(name, validator);
  const { valid, errors } = validator.validate(value);
  return valid ? [] : errors.slice(-3).map(({ instanceLocation, error }: OutputUnit) => `${instanceLocation} ${error}`);
}

function closed(schema: Schema): Schema {
  const copy: Schema = Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, closedIn(value)]));
  return copy["properties"] && copy["additionalProperties"] === undefined
    ? { ...copy, additionalProperties: false }
    : copy;
}

function closedIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closedIn);
  return typeof value === "object" && value !== null ? closed(value) : value;
}

/** What a reference to a component refers to. */
function resolved(value: unknown): unknown {
  const { $ref } = objectSchema.parse(value);
  const [, kind = "", name = ""] = /^#\/components\/(\w+)\/(\w+)$/.exec($ref ?? "") ?? [];
  return $ref === undefined ? value : components[kind]?.[name];
}
