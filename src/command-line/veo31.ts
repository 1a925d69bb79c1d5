#!/usr/bin/env node
/** The command line: `veo31 help`. */
import process from "node:process";
import { nodeSurroundings } from "./node-surroundings.ts";
import { run } from "./run.ts";
import { tokensOf } from "./tokens.ts";

// Everything is written by now; what is still open, a connection that is kept alive, must not hold the prompt back.
process.exit(await run(tokensOf(process.argv.slice(2)), nodeSurroundings()));
