/** The bodies of the editors' requests: read for those who have the right, up to a limit. */
import type { Context } from "hono";
import type { Principal, Right } from "../desk/principal.ts";
import { MAX_UPLOAD_BYTES } from "../upload/formats.ts";
import { join } from "./bytes.ts";
import { requireRight } from "../auth/authenticate.ts";
import { Refusal } from "./problems.ts";

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
  if (Number(c.req.header("Content-Length") ?? 0) > MAX_UPLOAD_BYTES) throw tooLarge();
  const { body } = c.req.raw;
  return body === null ? new Uint8Array() : read(body);
}

/** Reads on only while the limit isn't passed: a body needn't say how long it is. */
async function read(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_UPLOAD_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return join(chunks, length);
}

function tooLarge(): Refusal {
  return new Refusal("too-large", { members: { max: MAX_UPLOAD_BYTES } });
}
