/** Whoever is told of a task's end: everything outside of the sandbox, with what came there. */
import { Webhook } from "standardwebhooks";
import { vi } from "vitest";
import { webhookEventSchema } from "../../src/task/webhook-event-view.ts";

/** The sandbox's own. */
export const sandboxSecret = "whsec_c2FuZGJveC1zZWNyZXQtdGhhdC1pcy1ub3Qtc2VjcmV0";

export const callbackUrl = "https://receiver.example/hooks?token=a-token-of-the-receiver";

export interface ReceivedWebhook {
  readonly url: string;
  readonly method: string;
  readonly redirect: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export type ReceiverAnswer = number | Response | Error | (() => Promise<Response>);

export interface WebhookReceiver {
  readonly received: ReceivedWebhook[];
  /** What is answered next, one after the other; then 204. */
  readonly answers: ReceiverAnswer[];
  /** The address that every name leads to. */
  leadsTo: string;
}

/** Takes the place of the network outside, until the test ends. */
export function receiveWebhooks(...answers: ReceiverAnswer[]): WebhookReceiver {
  const receiver: WebhookReceiver = { received: [], answers, leadsTo: "93.184.215.14" };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).hostname === "cloudflare-dns.com") return nameAnswer(request.url, receiver.leadsTo);
    const { url, method, redirect, headers } = request;
    const body = new TextDecoder().decode(await request.arrayBuffer());
    receiver.received.push({ url, method, redirect, headers: Object.fromEntries(headers), body });
    const answer = answers.shift() ?? 204;
    if (answer instanceof Error) throw answer;
    if (typeof answer === "function") return await answer();
    return typeof answer === "number" ? new Response(null, { status: answer }) : answer;
  });
  return receiver;
}

function nameAnswer(url: string, address: string): Response {
  const isIpv4 = new URL(url).searchParams.get("type") === "A";
  return Response.json({ Status: 0, Answer: isIpv4 ? [{ type: 1, data: address }] : [] });
}

/**
 * What a receiver reads that verifies with the standard's own library, in the moment of the webhook's timestamp.
 *
 * @throws WebhookVerificationError
 */
export function verified({ body, headers }: ReceivedWebhook, secret: string = sandboxSecret) {
  const now = Date.now();
  vi.setSystemTime(Number(headers["webhook-timestamp"]) * 1_000);
  try {
    return webhookEventSchema.parse(new Webhook(secret).verify(body, headers));
  } finally {
    vi.setSystemTime(now);
  }
}
