/** For a file of tests: one server, one browser; before each test the sandbox forgets and the form is opened anew. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type Form, launchBrowser, openForm } from "./form.ts";
import { newStorage, type Server, startServer } from "./server.ts";
import { resetSandbox } from "./task.ts";

export interface Desk {
  readonly origin: string;
  readonly page: Page;
  /** What went wrong in the page so far. A test takes out what it expects; anything left at its end fails it. */
  readonly troubles: string[];
}

/**
 * @param options who sits at the browser: language, size of the screen
 * @param settings of the server that differ from those of `npm start`
 */
export function useForm(options: BrowserContextOptions, settings: Readonly<Record<string, string>> = {}): Desk {
  let server: Server;
  let browser: Browser;
  let form: Form;
  beforeAll(async () => {
    browser = await launchBrowser();
    server = await startServer(await newStorage(), { settings });
  });
  beforeEach(async () => {
    await resetSandbox(server.origin);
    form = await openForm(browser, server.origin, options);
  });
  afterEach(async () => {
    await form.close();
    expect(form.troubles).toEqual([]);
  });
  afterAll(async () => {
    await server.kill();
    await browser.close();
  });
  return {
    get origin() {
      return server.origin;
    },
    get page() {
      return form.page;
    },
    get troubles() {
      return form.troubles;
    },
  };
}
