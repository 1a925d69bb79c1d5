/** Names of tasks and of their files: random, so that knowing one tells nothing about another. */
import { z } from "zod";
import { hexOf } from "../hexadecimal.ts";

/** 128 random bits as 32 hexadecimal digits: safe in a path, and short enough to read out. */
const secretBytes = 16;

export const taskIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

export function newTaskId(): string {
  return randomHex();
}

/** The part of a file's address that only the task's owner is told. */
export function newMediaSecret(): string {
  return randomHex();
}

function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(secretBytes));
  return hexOf(bytes);
}
