/** The raw fields of a request, as they came: what they mean is decided by the task's schema. */

/** Values by field name; a field that was sent several times has several. */
export type RawFields = Map<string, string[]>;

export const imageFields = ["reference_image1", "reference_image2", "reference_image3"] as const;
export const videoField = "video_reference";
export const imageUrlsField = "reference_image_urls";
export const videoUrlField = "video_reference_url";

export function addField(fields: RawFields, name: string, value: string): void {
  const values = fields.get(name);
  if (values) values.push(value);
  else fields.set(name, [value]);
}
