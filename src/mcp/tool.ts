/** What a tool is, to those who write one and to the server that offers it. */
import type { ContentBlock, ToolAnnotations } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { SeenChange } from "../task/subscription.ts";
import type { Ask } from "./ask.ts";

/** As the agent sent them. What the service takes is checked by the service, in its own words. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a tool works with while it is called. */
export interface ToolCall {
  readonly ask: Ask;
  /**
   * Waits until a task ended or waits for approval, or until patience is over, milliseconds.
   *
   * @param taskId of a task that the caller was shown
   */
  readonly settled: (taskId: string, patienceMs: number, seen: (change: SeenChange) => void) => Promise<void>;
  /** Tells the agent meanwhile how it goes; nothing where it did not ask for that. */
  readonly tellProgress: (message: string) => void;
}

export interface ToolAnswer {
  /** Paragraphs for the agent. */
  readonly words: readonly string[];
  readonly structured: Record<string, unknown>;
  readonly links?: readonly ContentBlock[];
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For the agent that decides whether and how to call it. */
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly annotations: ToolAnnotations;
  /** @throws Refused, ServiceError */
  readonly call: (sent: Arguments, call: ToolCall) => Promise<ToolAnswer>;
}
