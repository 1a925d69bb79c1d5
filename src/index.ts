/** The Worker that is deployed: the service, with the real network. */
import { createService } from "./service.ts";

export { SpendingLedger } from "./budget/spending-ledger.ts";
export { TaskObject } from "./task/object.ts";

// Passed as a function of its own: workerd's `fetch` refuses to be called as somebody's method.
export default createService({ fetch: (input, init) => fetch(input, init) }) satisfies ExportedHandler<Env>;
