/** What the service needs from outside, so that the sandbox and tests can give it another network. */
export interface ServiceDependencies {
  readonly fetch: typeof fetch;
}
