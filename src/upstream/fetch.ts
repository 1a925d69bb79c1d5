/** `fetch` as the adapters take it: the runtime's own, or a test's. */
export type Fetch = typeof fetch;
