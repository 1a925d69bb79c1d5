/** Tells whoever wanted to know that the task has ended. */
import { createResolver } from "../addresses/resolve-name.ts";
import { failed, type Outcome, succeeded } from "../upstream/outcome.ts";
import { callbackRules } from "../webhooks/callback.ts";
import type { Sent } from "../webhooks/delivery.ts";
import { send } from "../webhooks/send.ts";
import type { PerformDependencies } from "./perform.ts";
import { eventIdOf } from "./present-webhook.ts";
import type { TaskState } from "./state.ts";
import { webhookEventOf } from "./webhook-event.ts";

export async function deliverWebhook(
  state: TaskState,
  { settings, fetch }: Pick<PerformDependencies, "settings" | "fetch">,
): Promise<Outcome<Sent>> {
  const { webhook } = state;
  if (!webhook) return failed("invalid_request", "there is nobody to tell");
  const current = settings();
  const message = { id: eventIdOf(state), body: JSON.stringify(webhookEventOf(state, webhook.origin)) };
  return succeeded(
    await send(webhook.url, message, {
      rules: callbackRules(current, webhook.origin),
      secrets: current.webhookSecrets,
      fetch,
      resolve: createResolver({ fetch }),
      now: Date.now,
    }),
  );
}
