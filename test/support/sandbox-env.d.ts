/** The tests run in the sandbox's Worker, which has one more object than the deployed one. */
declare namespace Cloudflare {
  interface Env {
    SANDBOX_UPSTREAMS: DurableObjectNamespace<import("../../src/sandbox/upstreams.ts").SandboxUpstreams>;
  }
}
