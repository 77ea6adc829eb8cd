/** SHA-256. Pure. */

/**
 * The SHA-256 of a text in UTF-8, or of bytes. All digests have one length, so that comparing two of them takes the
 * same time whatever was digested.
 */
export async function digestOf(data: string | Uint8Array): Promise<{ bytes: ArrayBuffer; hex: string }> {
  const given = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const bytes = await crypto.subtle.digest("SHA-256", given);
  return { bytes, hex: new Uint8Array(bytes).toHex() };
}
