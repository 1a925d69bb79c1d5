/**
 * The service in the sandbox: the same routes and the same task object as deployed, but what they send to the hosts of
 * the upstreams goes to the stand-in. It also answers at `/sandbox/*`, for programs that use it as an upstream of
 * their own, and for its controls.
 */
import { createService } from "../service.ts";
import { TaskObject as ServiceTaskObject } from "../task/object.ts";
import { serveSample } from "./samples.ts";

export { SpendingLedger } from "../budget/spending-ledger.ts";
export { SandboxUpstreams } from "./upstreams.ts";

/** Host of an upstream as the settings of the sandbox name it → its path in the stand-in. */
const pathByHost: Readonly<Record<string, string>> = {
  "openai.sandbox.invalid": "/openai",
  "gemini.sandbox.invalid": "/gemini",
  "vertex.sandbox.invalid": "/vertex",
  "oauth.sandbox.invalid": "/oauth",
};

const prefix = "/sandbox";

export class TaskObject extends ServiceTaskObject {
  constructor(context: DurableObjectState, env: SandboxEnv) {
    super(context, env, { fetch: sandboxFetch(env) });
  }
}

export default {
  fetch(request, env, context) {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(`${prefix}/`)) {
      return createService({ fetch: sandboxFetch(env) }).fetch(request, env, context);
    }
    const sample = serveSample(url.pathname.slice(prefix.length));
    return sample ?? upstreams(env).fetch(request);
  },
} satisfies ExportedHandler<SandboxEnv>;

/** A `fetch` whose upstreams are the stand-in; everything else is the real network. */
function sandboxFetch(env: SandboxEnv): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const path = pathByHost[url.hostname];
    if (path === undefined) return fetch(request);
    const base = url.origin;
    url.pathname = prefix + path + url.pathname;
    const forwarded = new Request(url, request);
    forwarded.headers.set("x-sandbox-base", base);
    return upstreams(env).fetch(forwarded);
  };
}

/**
 * One stand-in for all tasks, as there is one Google and one OpenAI. Its name is a new one whenever a table of its
 * database changes, so that what an older version kept is not misread.
 */
function upstreams(env: SandboxEnv) {
  return env.SANDBOX_UPSTREAMS.getByName("upstreams-3");
}
