/** Before each file of tests: counted, so that what looks at the whole suite knows whether it was one. */
import { observeFile } from "./observed-answers.ts";

observeFile();
