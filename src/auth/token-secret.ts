/** Secrets, of which a digest alone is kept. */

// 256 bits: not to be guessed, so that a plain digest is enough to keep (NIST SP 800-63B, section 3.1.2.2).
const SECRET_BYTES = 32;
// Tells scanners of leaked secrets, and people, what it is.
const PREFIX = "dl_";
// 32 bytes in base64url without padding.
const SECRET = new RegExp(`^${PREFIX}[\\w-]{43}$`);

/** A new secret, in characters that a bearer token may have (RFC 6750, section 2.1). */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `${PREFIX}${bytes.toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

/** Whether a text could be a secret that was made here. */
export function isSecret(text: string): boolean {
  return SECRET.test(text);
}
