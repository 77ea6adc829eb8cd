/** SHA-256, and HMAC with it. Pure. */

/**
 * The SHA-256 of a text in UTF-8, or of bytes. All digests have one length, so that comparing two of them takes the
 * same time whatever was digested.
 */
export async function digestOf(data: string | Uint8Array): Promise<{ bytes: ArrayBuffer; hex: string }> {
  const given = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const bytes = await crypto.subtle.digest("SHA-256", given);
  return { bytes, hex: new Uint8Array(bytes).toHex() };
}

/** The HMAC-SHA256 of bytes (RFC 2104), 32 bytes. @param key not empty: WebCrypto rejects an empty one */
export async function hmacOf(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
}
