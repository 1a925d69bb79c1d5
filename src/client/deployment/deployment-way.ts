/** A deployment of the service makes the videos. */
import type { DeploymentOptions } from "../options.ts";
import type { Way } from "../way.ts";

export function createDeploymentWay(options: DeploymentOptions): Way {
  throw new Error(`not yet: ${options.baseUrl}`);
}
