/**
 * The sample pictures, for people to try the service with. Made by `scripts/make-samples.ts`. Only `worker.ts` imports
 * this: the tests' bundler does not take a picture for data.
 */
import front from "./samples/emerald-ring-front.jpg";
import side from "./samples/emerald-ring-side.jpg";
import stone from "./samples/emerald-ring-stone.jpg";

const samples = new Map<string, ArrayBuffer>([
  ["/samples/emerald-ring-front.jpg", front],
  ["/samples/emerald-ring-side.jpg", side],
  ["/samples/emerald-ring-stone.jpg", stone],
]);

/** @returns null for a path that is not one of a sample, `/samples/emerald-ring-front.jpg` for example */
export function serveSample(path: string): Response | null {
  const sample = samples.get(path);
  return sample ? new Response(sample, { headers: { "content-type": "image/jpeg" } }) : null;
}
