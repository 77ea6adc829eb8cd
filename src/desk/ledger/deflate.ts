/** Texts in the form of RFC 1951 (DEFLATE), made at once: a transaction can't wait. Pure. */
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** @param text without half of a surrogate pair, as JSON is */
export function deflated(text: string): Uint8Array {
  return deflateRawSync(new TextEncoder().encode(text));
}

/** The text that was deflated. @throws Error on bytes that are none */
export function inflated(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(inflateRawSync(bytes));
}
