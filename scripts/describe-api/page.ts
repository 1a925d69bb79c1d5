/** The page that shows the description: Swagger UI, from its package, served by the deployment itself. */
import { writeChanged } from "./write-changed.ts";

const packageFolder = "node_modules/swagger-ui-dist";
const folder = "static/docs";

/** All that the page needs of it. */
const files = ["swagger-ui.css", "swagger-ui-bundle.js"];

/** Nobody reads the source of it here, so its map is not there. */
const mapReference = /\s*\/[/*]# sourceMappingURL=\S+(\s*\*\/)?\s*$/;

export async function layOutPage(): Promise<void> {
  for (const file of files) {
    const content = await Deno.readTextFile(`${packageFolder}/${file}`);
    await writeChanged(`${folder}/${file}`, content.replace(mapReference, "\n"));
  }
}
