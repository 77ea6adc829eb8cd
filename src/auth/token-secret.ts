/** Secrets of tokens. Only a digest of each is kept. */

// 256 bits: nobody can guess them, so that a plain digest is safe to keep (NIST SP 800-63B, section 3.1.2.2).
const SECRET_BYTES = 32;
// Says what it is, to people and to scanners for leaked secrets.
const PREFIX = "dl_";
// 32 bytes in base64url without padding.
const SECRET = new RegExp(`^${PREFIX}[\\w-]{43}$`);

/** A new secret, in characters that a bearer token may have (RFC 6750, section 2.1). */
export function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return `${PREFIX}${bytes.toBase64({ alphabet: "base64url", omitPadding: true })}`;
}

/** Whether a text has the form of a secret that `makeSecret` makes. */
export function isSecret(text: string): boolean {
  return SECRET.test(text);
}
