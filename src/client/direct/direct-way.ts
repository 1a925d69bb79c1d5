/** This process makes the videos, by the service's own steps. */
import type { DirectOptions } from "../options.ts";
import type { Way } from "../way.ts";

export async function createDirectWay(options: DirectOptions): Promise<Way> {
  return await Promise.reject(new Error(`not yet: ${options.directory}`));
}
