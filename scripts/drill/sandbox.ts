/** The stand-in of the upstreams as a drill uses it: quick and unreliable; afterwards it tells what it did. */
import { z } from "zod";
import { withAnswers } from "./answered-clips.ts";
import type { AcceptedClip } from "./evidence.ts";
import { type DrillFault, timesAtFirst } from "./faults.ts";
import type { HappenedFault } from "./report.ts";
import { jsonOf, type UnsteadyServer } from "./unsteady-server.ts";

/** Short, so that a task takes seconds; long enough to be killed in the middle of anything. Milliseconds. */
const latencies = {
  ...{ image_analysis_ms: 300, prompt_ms: 300, video_analysis_ms: 300, file_processing_ms: 300 },
  ...{ clip_ms: 4_000, hang_ms: 4_000 },
};

const clipsSchema = z.array(z.object({
  id: z.string(),
  prompt: z.string(),
  ending: z.string().nullable(),
  done_at: z.number(),
}));

const ledgerSchema = z.object({
  calls: z.array(z.object({
    at: z.number(),
    call: z.string(),
    accepted: z.boolean(),
    fault: z.string().nullable(),
    detail: z.unknown(),
  })),
});
const submitDetailSchema = z.object({ prompt: z.string() });

const faultsSchema = z.array(z.object({ call: z.string(), fault: z.string(), times: z.number(), draws: z.number() }));

export async function makeUnreliable(server: UnsteadyServer, faults: readonly DrillFault[]): Promise<void> {
  await control(server, "latencies", latencies);
  await control(server, "faults", faults);
}

/**
 * Every clip that was accepted since the storage is new.
 *
 * @param killedAt when the server was killed, milliseconds since 1970
 */
export async function readClips(server: UnsteadyServer, killedAt: readonly number[]): Promise<AcceptedClip[]> {
  const operations = clipsSchema.parse(jsonOf(await server.insist("/sandbox/control/operations")));
  const { calls } = ledgerSchema.parse(jsonOf(await server.insist("/sandbox/control/ledger")));
  const submits = calls.filter(({ call, accepted }) => call === "submit" && accepted).map(({ at, fault, detail }) => {
    return { at, fault, prompt: submitDetailSchema.parse(detail).prompt };
  });
  return withAnswers(operations.map(withOwnPrompt), submits.map(withOwnPrompt), killedAt);
}

/** Gemini Omni is told above the prompt what is attached; the drill's own prompts are of one line. */
function withOwnPrompt<Asked extends { readonly prompt: string }>(asked: Asked): Asked {
  return { ...asked, prompt: asked.prompt.split("\n").at(-1) ?? asked.prompt };
}

/** Counted by the fault script itself, because the ledger keeps only the last calls. */
export async function readFaults(server: UnsteadyServer): Promise<HappenedFault[]> {
  const entries = faultsSchema.parse(jsonOf(await server.insist("/sandbox/control/faults")));
  return entries.map(({ call, fault, times, draws }) => ({ call, fault, times: timesAtFirst - times, calls: draws }));
}

async function control(server: UnsteadyServer, what: string, body: unknown): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const answer = await server.insist(`/sandbox/control/${what}`, {
    ...{ method: "POST", headers, body: JSON.stringify(body) },
  });
  if (answer.status !== 200) throw new Error(`The sandbox does not take these ${what}: ${answer.status}`);
}
