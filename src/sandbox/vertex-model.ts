/** Names on Vertex AI. */

export const vertexModels: readonly string[] = [
  "veo-3.1-generate-001",
  "veo-3.1-fast-generate-001",
  "veo-3.1-lite-generate-001",
];

/** A model as it is addressed: with the project that pays, or without. */
export interface PublisherModel {
  readonly project: string | null;
  readonly location: string | null;
  readonly model: string;
}

/** @returns `projects/p/locations/us-central1/publishers/google/models/veo-3.1-generate-001` for example */
export function publisherModelName({ project, location, model }: PublisherModel): string {
  const place = project === null ? "" : `projects/${project}/locations/${location}/`;
  return `${place}publishers/google/models/${model}`;
}
