/** A deployment of the service makes the videos: each method is one of its routes. */
import type { DeploymentOptions } from "../options.ts";
import type { Task } from "../task.ts";
import type { Way } from "../way.ts";
import { Connection } from "./connection.ts";
import { followTask } from "./follow-task.ts";
import { aboutTask } from "./of-task.ts";
import { openVideo } from "./open-video.ts";
import { fieldsOf } from "../argument-names.ts";
import { failureOf, readAnswer } from "./read-answer.ts";
import { repeated } from "./repeat.ts";
import { startTask } from "./start-task.ts";
import { realTime, type Time } from "./time.ts";
import { areCapabilities, isEstimate, isTask } from "./views.ts";

/** Answers come within a second or two; whoever waits longer waits for nothing. */
const answerLimitMs = 20_000;

/** Together a minute: a person who asks for a price should hear within it that nobody is there. */
const questionsMaximum = 3;

/** @throws TypeError for options that cannot be used */
export function createDeploymentWay(options: DeploymentOptions, time: Time = realTime): Way {
  const connection = new Connection(options);

  /** A question, which can be asked again. */
  async function ask<View>(
    path: string,
    init: RequestInit,
    isExpected: (body: unknown) => body is View,
    signal: AbortSignal = neverAborted(),
  ): Promise<View> {
    const send = () => connection.send(path, init, signal, answerLimitMs);
    return await repeated(async () => await readAnswer(await send(), isExpected), signal, time, questionsMaximum);
  }

  /** About a task; told once, because told twice it would be refused. */
  function tell(taskId: string, decision: string, init: RequestInit): Promise<Response> {
    const path = `/veo31/tasks/${encodeURIComponent(taskId)}${decision}`;
    return connection.send(path, init, neverAborted(), answerLimitMs);
  }

  async function decide(taskId: string, decision: string, init: RequestInit = { method: "POST" }): Promise<Task> {
    return await aboutTask(taskId, tell(taskId, decision, init).then((response) => readAnswer(response, isTask)));
  }

  async function remove(taskId: string): Promise<void> {
    const response = await tell(taskId, "", { method: "DELETE" });
    if (!response.ok) throw await failureOf(response);
  }

  return {
    start: (order, signal) => startTask(connection, order, signal, time),
    status: (taskId, signal) => {
      return aboutTask(taskId, ask(`/veo31/status/${encodeURIComponent(taskId)}`, {}, isTask, signal));
    },
    follow: (taskId, signal) => followTask(connection, taskId, signal, time),
    estimate: (wishes, signal) => ask("/veo31/estimate", posted(fieldsOf(wishes)), isEstimate, signal),
    capabilities: (signal) => ask("/veo31/capabilities", {}, areCapabilities, signal),
    approve: (taskId, edits) => decide(taskId, "/approve", edits === null ? undefined : posted(edits)),
    cancel: (taskId) => decide(taskId, "/cancel"),
    remove: (taskId) => aboutTask(taskId, remove(taskId)),
    rest: () => Promise.resolve(),
    openVideo: (task, signal = neverAborted()) => {
      return aboutTask(task.task_id, openVideo(connection, task, signal, time));
    },
  };
}

function posted(body: object): RequestInit {
  return { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
