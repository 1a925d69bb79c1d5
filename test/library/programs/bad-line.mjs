/** Orders over a line that loses answers. */
import process from "node:process";
import { Veo31VideoGenerator } from "veo31-reference-video";

const [baseUrl] = process.argv.slice(2);
const generator = new Veo31VideoGenerator({ baseUrl });
const { status, task_id } = await generator.generateFromReferences({ referenceImages: ["ring.jpg"] });
console.log(JSON.stringify({ status, task_id }));
