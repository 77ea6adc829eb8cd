/** Signs webhooks by Standard Webhooks 1.0.0 (https://www.standardwebhooks.com/). No clock: an instant is passed in. */
import type { Instant } from "../../article/article.ts";
import { hmacOf } from "../../digest.ts";

const PREFIX = "whsec_";
// The specification ("Signature scheme") asks for 24 to 64. HMAC wants no fewer than its hash has (RFC 2104, section 3).
const KEY_BYTES = 32;

/** A new secret: `whsec_` and a random key in base64. */
export function makeSecret(): string {
  return `${PREFIX}${crypto.getRandomValues(new Uint8Array(KEY_BYTES)).toBase64()}`;
}

/**
 * The fields that identify and sign a webhook ("Webhook headers").
 * @param secrets those of the receiver, as `makeSecret` makes them: one, and more while the receiver changes from one to
 * another. There is a signature with each, and any of them is enough
 * @param id of the event: the same in every attempt, without a full stop
 * @param timestamp of this attempt; the field has whole seconds
 * @returns `webhook-id`, `webhook-timestamp` and `webhook-signature`
 */
export async function webhookFields(
  secrets: readonly string[],
  id: string,
  timestamp: Instant,
  body: string | Uint8Array,
): Promise<Record<string, string>> {
  const seconds = String(Math.floor(timestamp / 1000));
  const content = await new Blob([`${id}.${seconds}.`, body]).bytes();
  const signatures = secrets.map(async (secret) => {
    const code = await hmacOf(Uint8Array.fromBase64(secret.slice(PREFIX.length)), content);
    return `v1,${code.toBase64()}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": seconds,
    "webhook-signature": (await Promise.all(signatures)).join(" "),
  };
}
