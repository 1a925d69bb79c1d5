/** What holds for the whole API. */
import type { oas31 } from "zod-openapi";

const description =
  `One to three reference pictures, and perhaps a video to move like, become a video of 5 to 60 seconds.

**The way of a video.** Start it (\`202\` with a task), follow the task by asking or by server-sent events, and fetch the
video from \`step3_video_generation.video_url\`. With \`review: true\` the task waits for a person who reads and edits its
prompts before anything is paid to the video model.

**Names and units.** Members are snake_case, times are ISO 8601 in UTC, sizes are bytes, lengths are seconds, money is US
dollars. A step that has not happened is null. Answers may gain members; clients pass over those they do not know.

**Errors** are \`application/problem+json\` (RFC 9457) with one vocabulary of \`code\`; all problems of one request are told
at once. An unknown address is answered 404, another method 405 with \`Allow\`. \`HEAD\` answers what \`GET\` would, without
the body; \`OPTIONS\` answers 204 with \`Allow\`.

**Keys.** A deployment with \`API_KEYS\` asks for \`Authorization: Bearer KEY\` wherever it is not said otherwise, and counts
requests: \`RateLimit\` and \`RateLimit-Policy\` tell how many are left.`;

export const about = {
  description,
} satisfies Partial<oas31.InfoObject>;

export const tags: oas31.TagObject[] = [
  { name: "Start", description: "Ask for a video." },
  { name: "Follow", description: "See how far it is." },
  { name: "Decide", description: "Approve its prompts, cancel it, delete it, have its end told again." },
  { name: "Offer", description: "What can be asked for, and what it would cost." },
  { name: "Files", description: "The video, its clips and its references." },
  { name: "Webhooks", description: "What this service sends: the end of a task, to its `callback_url`." },
  { name: "Agents", description: "The same by the Model Context Protocol." },
  { name: "Deployment", description: "How this deployment is set up." },
];
