/** The challenge of a 401 (RFC 6750, section 3; RFC 9110, section 11.6.1). */
import { Refusal } from "../http/problems.ts";

/**
 * The refusal of a request whose sender is not known.
 * @param error what is wrong with the credentials (RFC 6750, section 3.1); undefined where the request has none
 */
export function unauthorized(error?: "invalid_request" | "invalid_token"): Refusal {
  const challenge = `Bearer realm="Dateline"${error === undefined ? "" : `, error="${error}"`}`;
  return new Refusal("unauthorized", { headers: { "WWW-Authenticate": challenge } });
}
