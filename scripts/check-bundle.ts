/** Fails when something has got into the deployable bundle that does not belong there. Run after `wrangler deploy --dry-run`. */
import { z } from "zod";

const bundle = await Deno.readTextFile("dist/index.js");

/** Names that are in the sandbox's code and nowhere else. */
const marks = ["SandboxUpstreams", "sandbox.invalid", "accepted_submits"];

const found = marks.filter((mark) => bundle.includes(mark));
if (found.length > 0) {
  console.error(`The deployable bundle holds parts of the sandbox: ${found.join(", ")}`);
  Deno.exit(1);
}

/** Whose code is deployed; SECURITY.md names them. */
const packages = [
  "@cfworker/json-schema",
  "@google/genai",
  "@hono/zod-validator",
  "@modelcontextprotocol/core",
  "@modelcontextprotocol/core-internal",
  "@modelcontextprotocol/server",
  "content-type",
  "hono",
  "mediabunny",
  "openai",
  "p-retry",
  "retry",
  "zod",
];

const map = z.object({ sources: z.array(z.string()) });
const { sources } = map.parse(JSON.parse(await Deno.readTextFile("dist/index.js.map")));
const bundled = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
const uninvited = [...new Set(bundled)].filter((name) => !packages.includes(name));
if (uninvited.length > 0) {
  console.error(`The deployable bundle holds packages that it did not: ${uninvited.join(", ")}`);
  Deno.exit(1);
}
