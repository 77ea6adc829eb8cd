/** Secrets: how one is made, and what is kept of it. */

// 256 bits: not to be guessed, so that a plain digest is enough to keep (NIST SP 800-63B, section 3.1.2.2).
const SECRET_BYTES = 32;
// Tells scanners of leaked secrets, and people, what it is.
const PREFIX = "dl_";

/** A new secret, in characters that a bearer token may have (RFC 6750, section 2.1). */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `${PREFIX}${bytes.toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

/** The SHA-256 of a text: digests have one length, so that comparing them takes the same time for every text. */
export async function digestOf(text: string): Promise<{ bytes: ArrayBuffer; hex: string }> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return { bytes, hex: new Uint8Array(bytes).toHex() };
}
