/** Whether a video can be fetched whole, and is what it should be. */
import { BufferSource, Input, MP4 } from "mediabunny";
import type { FetchedFile } from "./evidence.ts";
import type { UnsteadyServer } from "./unsteady-server.ts";

export interface ExpectedVideo {
  readonly url: string;
  /** Null where the task does not say it. */
  readonly bytes: number | null;
  readonly seconds: number;
}

/** One frame of Veo's 24 a second: the contract's tolerance. */
const frameSeconds = 1 / 24;
/** Floating point's own error. */
const epsilonSeconds = 0.001;
/** The server is no longer killed by now; a file that did not come in three tries does not come. */
const triesMaximum = 3;

export async function fetchVideo(server: UnsteadyServer, { url, bytes, seconds }: ExpectedVideo): Promise<FetchedFile> {
  const { pathname } = new URL(url);
  for (let tries = 0; tries < triesMaximum; tries += 1) {
    const answer = await server.ask(pathname);
    if (!answer) continue;
    if (answer.status !== 200) return { problem: `is answered with ${answer.status}` };
    const announced = Number(answer.headers.get("Content-Length"));
    const got = answer.bytes.byteLength;
    if (got !== announced || got !== (bytes ?? got)) return { problem: `has ${got} bytes of ${bytes ?? announced}` };
    return { problem: await findProblem(answer.bytes, seconds) };
  }
  return { problem: "does not come whole" };
}

async function findProblem(file: Uint8Array, seconds: number): Promise<string | null> {
  try {
    using input = new Input({ source: new BufferSource(file), formats: [MP4] });
    const track = await input.getPrimaryVideoTrack();
    if (!track) return "has no pictures";
    const made = await track.computeDuration();
    if (Math.abs(made - seconds) <= frameSeconds + epsilonSeconds) return null;
    return `has ${made.toFixed(3)} s instead of ${seconds} s`;
  } catch (error) {
    return `is no MP4: ${error instanceof Error ? error.message : "it cannot be read"}`;
  }
}
