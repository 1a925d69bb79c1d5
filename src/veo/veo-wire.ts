/**
 * What Veo's operations have in common on the wires of the Gemini API and of Vertex AI. Minimal and forgiving: only
 * what is read is named, everything else may come and go.
 */
import { z } from "zod";

/**
 * An operation's name as the path of its address, each part encoded, so that it cannot lead anywhere else.
 *
 * @returns null for a name that would (`..`), or that names nothing
 */
export function operationPath(name: string): string | null {
  const parts = name.split("/").filter((part) => part !== "");
  const isPath = parts.length > 0 && parts.every((part) => !/^\.{1,2}$/.test(part));
  return isPath ? parts.map(encodeURIComponent).join("/") : null;
}

/** A gateway's name may have any form: to refuse it would be to lose a paid clip. */
export const operationNameSchema = z.string().refine((name) => operationPath(name) !== null);

export const startedSchema = z.object({ name: operationNameSchema });

export const filteredSchema = z.object({
  raiMediaFilteredCount: z.coerce.number().nullish().catch(null),
  raiMediaFilteredReasons: z.array(z.string().catch("")).nullish().catch(null),
});

export type Filtered = z.infer<typeof filteredSchema>;

/** Gateways make text of a flag now and then. */
const flagSchema = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/**
 * An operation whose result is of the given schema. Forgiving in all but one thing: what says neither whose state it is
 * nor that it is done is no answer, but another JSON, of a gateway for example, and says nothing of the clip.
 */
export function operationSchemaOf<Response extends z.ZodType>(response: Response) {
  return z.object({
    name: z.string().nullish(),
    done: flagSchema.nullish(),
    error: z.object({ code: z.coerce.number().nullish().catch(null) }).nullish().catch({ code: null }),
    response: response.nullish(),
  }).refine(({ name, done }) => name || done);
}

export type ErrorOnWire = { readonly code?: number | null | undefined } | null | undefined;
