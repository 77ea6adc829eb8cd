/** Reads the body of a request up to a limit. */
import { join } from "./bytes.ts";
import { Refusal } from "./problems.ts";

/**
 * Stops reading at the limit, since a body needn't say how long it is.
 * @param max in bytes
 * @throws Refusal "too-large"
 */
export async function readBytes({ headers, body }: Request, max: number): Promise<Uint8Array> {
  const tooLarge = (): Refusal => new Refusal("too-large", { members: { max } });
  if (Number(headers.get("Content-Length") ?? 0) > max) throw tooLarge();
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > max) throw tooLarge();
    chunks.push(chunk);
  }
  return join(chunks, length);
}
