/** The key of a Google service account, as the JSON file that Google hands out for it. */
import { z } from "zod";

export const serviceAccountSchema = z.object({
  client_email: z.string().min(1),
  /** PKCS #8 in PEM; its line breaks often arrive as the two characters `\n`. */
  private_key: z.string().min(1),
  private_key_id: z.string().optional(),
  token_uri: z.url({ protocol: /^https?$/ }).default("https://oauth2.googleapis.com/token"),
  project_id: z.string().optional(),
});

export type ServiceAccount = z.infer<typeof serviceAccountSchema>;

/** @returns null for anything but the JSON of such a key */
export function parseServiceAccount(text: string): ServiceAccount | null {
  try {
    return serviceAccountSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
