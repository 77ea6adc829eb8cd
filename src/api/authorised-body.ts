/** The body of a request, read for those alone who have the right that the request needs. */
import type { Context } from "hono";
import type { Principal, Right } from "../desk/principal.ts";
import { MAX_UPLOAD_BYTES } from "../upload/formats.ts";
import { readBytes } from "../http/request-body.ts";
import { requireRight } from "./missing-permission.ts";

/**
 * The body of a request by somebody who has the right that it needs: of nobody else's is anything read, nor its size judged.
 * @param action what is tried, for the list of refusals
 * @throws Refusal "forbidden" when the right is lacking, "too-large" for a body of more than `MAX_UPLOAD_BYTES`
 */
export async function bodyBy(
  c: Context,
  actor: Principal,
  right: Right,
  action: string,
): Promise<Uint8Array> {
  requireRight(actor, right, action);
  return readBytes(c.req.raw, MAX_UPLOAD_BYTES);
}
