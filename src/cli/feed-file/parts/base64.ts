/** Base64 in a feed → text. Pure. */

/** Decodes Base64 (RFC 4648, section 4); undefined for anything else, and for bytes that are no text in UTF-8. */
export function fromBase64(value: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}
