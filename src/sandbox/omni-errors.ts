/** Errors in the words and the shape of the Interactions API: a code in words, and no status. */

/** @param message the API's sentence; nobody may steer by it */
export function interactionError(message: string): Response {
  return Response.json({ error: { message, code: "invalid_request" } }, { status: 400 });
}

/** What an id is answered with that never was, or was deleted: 400, not 404. */
export function unknownInteraction(): Response {
  return interactionError("Invalid interaction name");
}
