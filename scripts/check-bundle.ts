/** Fails when anything of the sandbox has got into the deployable bundle. Run after `wrangler deploy --dry-run`. */
const bundle = await Deno.readTextFile("dist/index.js");

/** Names that are in the sandbox's code and nowhere else. */
const marks = ["SandboxUpstreams", "sandbox.invalid", "accepted_submits"];

const found = marks.filter((mark) => bundle.includes(mark));
if (found.length > 0) {
  console.error(`The deployable bundle holds parts of the sandbox: ${found.join(", ")}`);
  Deno.exit(1);
}
