/** Signs the deliveries of a subscription with its secret. Pure. */
import { hmacOf } from "../../digest.ts";

/**
 * The value of `X-Hub-Signature` (WebSub, section 7): `sha256=` and the HMAC of the body in hexadecimal.
 * @param secret as the subscriber gave it in `hub.secret`; its UTF-8 bytes are the key. Not empty: that is no secret
 * @param body the bytes of the delivery
 */
export async function hubSignature(secret: string, body: Uint8Array): Promise<string> {
  const code = await hmacOf(new TextEncoder().encode(secret), body);
  return `sha256=${code.toHex()}`;
}
