/** The service's own answers with something in them changed: what it would say in another deployment. */
import type { Page } from "playwright-core";

/** @param change of the JSON that the service answered */
export async function changeAnswers(
  page: Page,
  path: string | RegExp,
  change: (answer: object) => unknown,
): Promise<void> {
  await page.route(path, async (route) => {
    try {
      const response = await route.fetch();
      const answer: object = await response.json();
      await route.fulfill({ response, json: change(answer) });
    } catch {
      // The page that asked was left meanwhile.
    }
  });
}
