/** Writes the description of the API into `static/`, with the page that shows it. Run by wrangler before each build. */
import { describeApi } from "./describe-api/document.ts";
import { layOutPage } from "./describe-api/page.ts";
import { writeChanged } from "./describe-api/write-changed.ts";

const { document } = describeApi();
await writeChanged("static/openapi.json", JSON.stringify(document));
await layOutPage();
