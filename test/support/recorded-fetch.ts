/** A `fetch` that gives prepared answers in order and keeps what it was asked. */
import type { Fetch } from "../../src/upstream/fetch.ts";

export interface RecordedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: string | undefined;
  /** The whole body as text. */
  readonly body: string;
}

/** An answer; or an error that `fetch` fails with, after it took the body. */
export type Answer = Response | Error | ((request: RecordedRequest) => Response);

export interface RecordedFetch {
  readonly fetch: Fetch;
  readonly requests: RecordedRequest[];
}

export function recordedFetch(...answers: Answer[]): RecordedFetch {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = {
        url: input instanceof Request ? input.url : String(input),
        method: init?.method ?? "GET",
        headers: new Headers(init?.headers),
        redirect: init?.redirect,
        body: await new Response(init?.body ?? "").text(),
      };
      requests.push(request);
      const answer = answers.shift();
      if (answer === undefined) throw new Error(`No answer was prepared for ${request.method} ${request.url}.`);
      if (answer instanceof Error) throw answer;
      return typeof answer === "function" ? answer(request) : answer;
    },
  };
}

/** A JSON answer. */
export function jsonAnswer(body: unknown, init: ResponseInit = {}): Response {
  return Response.json(body, init);
}
