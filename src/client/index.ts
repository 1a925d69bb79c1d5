/** The library: `import { Veo31VideoGenerator } from "veo31-reference-video"`. */
export { ConnectionError, GenerationFailedError, RequestRefusedError, Veo31Error } from "./errors.ts";
export type { Charged, FieldProblem, RequestErrorCode, TaskErrorCode } from "./errors.ts";
export { type FollowOptions, Generation } from "./generation.ts";
export { Veo31VideoGenerator } from "./generator.ts";
export type { DeploymentOptions, DirectOptions, GeneratorOptions, Log, VertexOptions } from "./options.ts";
export type { Order, PromptEdits, Reference, Wishes } from "./order.ts";
export { type Capabilities, type Estimate, hasEnded, isSettled, type OpenedVideo, type Task } from "./task.ts";
