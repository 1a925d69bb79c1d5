/** Colour, where it is wanted. Pure. */
import type { Environment } from "./choose-way.ts";

export interface Paint {
  readonly busy: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

const colours: Paint = { busy: ansi(36), good: ansi(32), bad: ansi(31), faint: ansi(2) };
const plain: Paint = { busy: asItIs, good: asItIs, bad: asItIs, faint: asItIs };

/** https://no-color.org: any value but the empty one means no. */
export function choosePaint(isTerminal: boolean, environment: Environment): Paint {
  return isTerminal && !environment["NO_COLOR"] ? colours : plain;
}

function ansi(code: number): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}

function asItIs(text: string): string {
  return text;
}
