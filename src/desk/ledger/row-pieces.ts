/** Pieces of records: a long record lies in several rows, as text or in the form of RFC 1951 (DEFLATE). Pure. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { isHighSurrogate } from "../../article/characters.ts";

// UTF-16 units; at three bytes each a piece stays below the 2 MB that a row may hold.
const PIECE_LENGTH = 600_000;
const PIECE_BYTES = 1_800_000;

/** A piece as a row holds it. */
export type Piece = string | ArrayBuffer;

/** A text in pieces that a row can hold, none of which ends inside a surrogate pair: SQLite's UTF-8 has no half of one. */
export function rowPieces(text: string): string[] {
  const found: string[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = Math.min(start + PIECE_LENGTH, text.length);
    if (isHighSurrogate(text.charCodeAt(end - 1))) end += 1;
    found.push(text.slice(start, end));
  }
  return found;
}

/**
 * A text deflated, in pieces that a row can hold. At once: a transaction can't wait.
 * @param text without half of a surrogate pair, as JSON is
 */
export function deflatedRowPieces(text: string): Uint8Array[] {
  const bytes = deflateRawSync(new TextEncoder().encode(text));
  return Array.from({ length: Math.ceil(bytes.byteLength / PIECE_BYTES) }, (_, index) =>
    bytes.slice(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  );
}

/** The text whose pieces these are, in their order; empty where there are none. @throws Error on bytes that were never deflated */
export function joined(found: readonly Piece[]): string {
  const texts = found.filter((piece) => typeof piece === "string");
  if (texts.length === found.length) return texts.join("");
  const bytes = found.flatMap((piece) => (typeof piece === "string" ? [] : [new Uint8Array(piece)]));
  const all = new Uint8Array(bytes.reduce((length, { byteLength }) => length + byteLength, 0));
  let end = 0;
  for (const piece of bytes) {
    all.set(piece, end);
    end += piece.byteLength;
  }
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(inflateRawSync(all));
}
