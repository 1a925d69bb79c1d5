/** The handler behind a route's last method: the address is right, the method is not. RFC 9110, section 15.5.6. */
import { ServiceError } from "./errors.ts";

/**
 * @param allowed the methods of the route, as the `Allow` header has them: `GET, HEAD`
 * @throws ServiceError `method_not_allowed`, whenever the handler is called
 */
export function methodNotAllowed(allowed: string): () => never {
  return () => {
    throw new ServiceError("method_not_allowed", `This address takes ${allowed}.`, { headers: { Allow: allowed } });
  };
}
