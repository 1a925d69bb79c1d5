/** What a route answers to the methods that nothing was written for: RFC 9110, sections 9.3.7 and 15.5.6. */
import type { Context } from "hono";
import { ServiceError } from "./errors.ts";

/**
 * The handler behind a route's last method: it tells the methods to who asks for them, and refuses all others.
 *
 * @param allowed the methods of the route, as the `Allow` header has them: `GET, HEAD`
 * @throws ServiceError `method_not_allowed`, when it is called with another method than OPTIONS
 */
export function otherMethods(allowed: string): (context: Context) => Response {
  const headers = { Allow: `${allowed}, OPTIONS` };
  return (context) => {
    if (context.req.method === "OPTIONS") return context.body(null, 204, headers);
    throw new ServiceError("method_not_allowed", `This address takes ${allowed}.`, { headers });
  };
}
