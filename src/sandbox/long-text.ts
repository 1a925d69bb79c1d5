/** A JSON string too long to be held: what is kept of it, in its place, by `elide-long-strings.ts`. */
import { z } from "zod";

/** Key of the object that stands where the long string stood. No upstream has a field of this name. */
export const longTextKey = "sandbox:long_text";

const longTextSchema = z.object({
  [longTextKey]: z.object({
    /** Length of the whole string, characters of its JSON form. */
    length: z.number().int(),
    head: z.string(),
    /** The last characters; head and tail do not overlap. */
    tail: z.string(),
    /** Where the first `=` stands, -1 for none: base64 that was joined from pieces has one before its end. */
    first_padding: z.number().int(),
  }),
}).transform((long) => long[longTextKey]);

export type LongText = z.infer<typeof longTextSchema>;

/** A string of a request that may be long; parses into a {@link LongText} either way. */
export const anyTextSchema = z.union([
  longTextSchema,
  z.string().transform((text): LongText => ({
    length: text.length,
    head: text,
    tail: "",
    first_padding: text.indexOf("="),
  })),
]);
