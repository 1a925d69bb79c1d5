/** Fails when the description of the API says nothing about a member, or when a public linter finds anything in it. */
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describeApi } from "./describe-api/document.ts";

const { document, wordless, idle } = describeApi();
for (const member of wordless) console.error(`Nothing is said about ${member}.`);
for (const member of idle) console.error(`There is no ${member} to say something about.`);

const config = await createConfig({
  extends: ["recommended-strict"],
  // Under which licence the service may be used, its repository does not say.
  rules: { "info-license": "off" },
});
const findings = await lintFromString({ source: JSON.stringify(document), absoluteRef: "openapi.json", config });
for (const { severity, ruleId, message, location } of findings) {
  console.error(`${severity} ${ruleId}: ${message} (${location.map(({ pointer }) => pointer).join(", ")})`);
}

const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.keys(path)).length;
const troubles = wordless.length + idle.length + findings.length;
console.log(
  `OpenAPI ${document.openapi}: ${operations} operations, ${findings.length} findings of Redocly's recommended-strict.`,
);
if (troubles > 0) Deno.exit(1);
