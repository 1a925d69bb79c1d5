/** What is done with a task that was started before. */
import { hasEnded, isSettled, type PromptEdits, type Task } from "../client/index.ts";
import type { Following, GivenEdits, TaskCommand } from "./command.ts";
import { CommandError } from "./command-error.ts";
import { conclude, followToEnd } from "./conclude.ts";
import { describeTask } from "./describe-task.ts";
import { describeFailure, describeWhole } from "./describe-result.ts";
import { readPrompts } from "./read-prompts.ts";
import { checkTarget } from "./save-video.ts";
import type { Outcome, Session } from "./session.ts";
import { commandToFollow } from "./shell-command.ts";

type CommandOf<Name extends TaskCommand["name"]> = Extract<TaskCommand, { name: Name }>;

export async function status(session: Session, command: CommandOf<"status">): Promise<Outcome> {
  const { surroundings: { signal, files, stdout }, generator } = session;
  const { taskId, follow, saving } = command;
  if (follow) return await followTask(session, taskId, saving);
  const target = saving && await checkTarget(saving, files, stdout);
  const task = await session.patiently(generator.checkStatus(taskId, { signal }));
  session.followed = { taskId, saving };
  if (target && !hasEnded(task)) throw notYet(session, task, saving);
  if (isSettled(task)) return await conclude(session, task, target);
  return { ending: "in_the_making", json: task, lines: describeWhole(task) };
}

export async function approve(session: Session, command: CommandOf<"approve">): Promise<Outcome> {
  const { surroundings: { files, stdout }, generator, way } = session;
  const { taskId, edits, follow, saving } = command;
  if (saving) await checkTarget(saving, files, stdout);
  const task = await generator.approve(taskId, await editsOf(edits, session));
  if (follow || saving) return await followTask(session, taskId, saving);
  const verb = way.kind === "direct" ? "It goes on with" : "Wait for it";
  session.say(`${verb}: ${commandToFollow(way, taskId, { out: ".", force: false })}`);
  return { ending: "done", json: task, lines: [`${task.task_id}: ${describeTask(task)}`] };
}

export async function cancel(session: Session, { taskId }: CommandOf<"cancel">): Promise<Outcome> {
  const task = await session.generator.cancel(taskId);
  if (hasEnded(task)) return { ending: "done", json: task, lines: describeFailure(task) };
  // What is being made is fetched and kept before the task ends.
  session.say(`It ends when what is being made is here: ${commandToFollow(session.way, taskId, null)}`);
  return { ending: "done", json: task, lines: [`${taskId}: ${describeTask(task)}`] };
}

export async function remove(session: Session, { taskId, yes }: CommandOf<"delete">): Promise<Outcome> {
  if (!yes && !session.surroundings.canAsk) {
    throw CommandError.ofUsage(["Nobody can be asked here: delete needs --yes."]);
  }
  if (!yes && !await session.agrees(`Delete task ${taskId} with its references and its video?`)) {
    throw new CommandError("declined", "not_allowed", ["Declined; nothing was deleted."]);
  }
  await session.generator.remove(taskId);
  session.say(`Deleted ${taskId}.`);
  return { ending: "done", json: { task_id: taskId, deleted: true }, lines: [] };
}

async function followTask(session: Session, taskId: string, saving: Following["saving"]): Promise<Outcome> {
  const { surroundings: { signal, files, stdout, now }, generator } = session;
  const target = saving && await checkTarget(saving, files, stdout);
  const generation = generator.resume(taskId, { signal });
  const { created_at } = await session.patiently(generation.started);
  session.followed = { taskId, saving };
  // The service's clock may be ahead of this one.
  const startedAt = Math.min(now(), Date.parse(created_at));
  return await followToEnd(session, generation, target, { startedAt, usual: null });
}

async function editsOf(given: GivenEdits, { surroundings: { files } }: Session): Promise<PromptEdits | null> {
  if (given === null || !("file" in given)) return given;
  return await readPrompts(given.file, files);
}

function notYet({ way }: Session, task: Task, saving: Following["saving"]): CommandError {
  const ending = task.status === "awaiting_approval" ? "awaits_approval" : "in_the_making";
  const again = commandToFollow(way, task.task_id, saving);
  return new CommandError("no_video", ending, [
    `There is no video yet. ${describeTask(task)}.`,
    `Wait for it: ${again}`,
  ]);
}
