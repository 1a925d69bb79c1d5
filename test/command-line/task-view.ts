/** A task as the library hands it out, on its way to two shots. */
import type { Task } from "../../src/client/index.ts";
import { presentContent } from "../../src/task/present.ts";
import { presentPlan } from "../../src/task/present-plan.ts";
import { plan, taskState } from "../support/task-state.ts";

export function taskView(changes: Partial<Task> = {}): Task {
  const twoShots = plan({ duration_seconds: 10 });
  const content = presentContent(taskState({ plan: twoShots }), (key) => `https://video.example/${key}`);
  return { ...content, plan: presentPlan(twoShots), links: null, status: "generating", ...changes };
}

type Generation = NonNullable<Task["step3_video_generation"]>;

/** Step 3 with clips in these states. */
export function clipsThatAre(...states: Generation["segments"][number]["status"][]): Generation {
  return {
    provider: "vertex",
    model: "veo-3.1-fast",
    status: "running",
    segments: states.map((status) => ({
      kind: "generate",
      status,
      seconds: 8,
      shown_seconds: 5,
      prompt: "A ring.",
      excerpts: null,
      video_url: null,
    })),
    video_url: null,
    original_url: null,
    duration_seconds: null,
    width: null,
    height: null,
    content_type: null,
    bytes: null,
  };
}
