/** What the properties found, each as small as it can be. */
import { beforeEach, expect, test } from "vitest";
import { file, formBody, text } from "../support/multipart.ts";
import { jpeg } from "../support/pictures.ts";
import { freshSandbox, postForm, postJson, started, wokenUntil } from "../support/sandboxed-service.ts";
import { send } from "./support/sent-request.ts";

beforeEach(freshSandbox);

/** A request without files that is longer than its answer has earned none. */
const answerMaximum = 16_000;

async function waitingTask(): Promise<string> {
  const form = [file("reference_image1", jpeg({ width: 8, height: 8 })), text("review", "true")];
  const { task_id } = await started(await postForm(form));
  await wokenUntil(task_id, ["awaiting_approval"]);
  return task_id;
}

test("an approval of endless unknown fields is answered briefly", async () => {
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`f${index}`, 1]));
  const response = await postJson(`/veo31/tasks/${await waitingTask()}/approve`, many);
  expect(response.status).toBe(422);
  expect((await response.text()).length).toBeLessThan(answerMaximum);
});

test("a field named __proto__ is unknown like any other", async () => {
  const path = `/veo31/tasks/${await waitingTask()}/approve`;
  for (const address of [path, "/veo31/estimate", "/veo31/generate-from-urls"]) {
    const { status, bytes } = await send({
      method: "POST",
      path: address,
      headers: [["Content-Type", "application/json"]],
      body: new Uint8Array(new TextEncoder().encode('{"__proto__": "a ring"}')),
      pieceBytes: null,
    });
    expect(status, address).toBe(422);
    expect(new TextDecoder().decode(bytes)).toContain('"field":"__proto__"');
  }
});

test("the name of a field comes back short, also with a problem of its value", async () => {
  const name = "n".repeat(50_000);
  const response = await postJson("/veo31/estimate", { [name]: {} });
  expect(response.status).toBe(422);
  expect((await response.text()).length).toBeLessThan(answerMaximum);
});

test("the name of a file where none is taken comes back short", async () => {
  const parts = Array.from({ length: 15 }, () => file("n".repeat(15_000), new Uint8Array(1)));
  const { status, bytes } = await send({
    method: "POST",
    path: "/veo31/estimate",
    headers: [["Content-Type", "multipart/form-data; boundary=bound"]],
    body: new Uint8Array(formBody(parts, "bound")),
    pieceBytes: null,
  });
  expect(status).toBe(422);
  expect(bytes.length).toBeLessThan(answerMaximum);
});
