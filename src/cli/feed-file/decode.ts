/** The bytes of a feed → text. Pure. */
import { excerptOf, type Issue } from "../../upload/issue.ts";

/** A text, and the warnings about its bytes. */
export type DecodedFile = { text: string; warnings: Issue[] };

// Byte order marks, and `<?` in UTF-16 without one (XML 1.0, appendix F.1). With these the encoding is certain.
const SIGNATURES: [string, number[]][] = [
  ["utf-16be", [0xfe, 0xff]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0x00, 0x3c, 0x00, 0x3f]],
  ["utf-16le", [0x3c, 0x00, 0x3f, 0x00]],
];
const UTF_8_MARK = [0xef, 0xbb, 0xbf];
// An XML declaration is at the very beginning, and is ASCII in every encoding but UTF-16 (XML 1.0, section 4.3.3).
const DECLARATION = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/;
const MAX_DECLARATION_LENGTH = 200;
// The encoding of last resort: it decodes every byte (WHATWG Encoding Standard, section 9.1).
const LAST_RESORT = "windows-1252";

/**
 * Decodes a file. Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever they declare: no other text looks so by
 * chance. Else the declaration counts. If it names no encoding, or a wrong one, the bytes are read as Windows-1252.
 * @returns the text without its byte order mark, and a warning where the encoding was guessed
 * @throws Error for broken UTF-16: no other encoding can read it
 */
export function decodeFeed(bytes: Uint8Array): DecodedFile {
  const [utf16] = SIGNATURES.find(([, signature]) => startsWith(bytes, signature)) ?? [];
  if (utf16 !== undefined) {
    const text = decodedAs(utf16, bytes);
    if (text === undefined) throw new Error(`The feed is not in the encoding ${utf16}, as it should be.`);
    return { text, warnings: [] };
  }
  const utf8 = decodedAs("utf-8", bytes);
  if (utf8 !== undefined && bytes.some((byte) => byte >= 0x80)) return { text: utf8, warnings: [] };
  const declared = declaredIn(bytes) ?? "utf-8";
  const text = decodedAs(declared, bytes);
  if (text !== undefined) return { text, warnings: [] };
  const body = startsWith(bytes, UTF_8_MARK) ? bytes.subarray(UTF_8_MARK.length) : bytes;
  return { text: new TextDecoder(LAST_RESORT).decode(body), warnings: [guessed(declared)] };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/** The encoding that the XML declaration names. A declaration that is read as ASCII can't mean UTF-16. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const start = String.fromCodePoint(...bytes.subarray(0, MAX_DECLARATION_LENGTH));
  const name = DECLARATION.exec(start)?.[1];
  return name === undefined || /^(?:utf-16|ucs-2|iso-10646-ucs-2|unicode)/i.test(name) ? undefined : name;
}

/** Decodes bytes; undefined when the encoding is unknown, or the bytes are not in it. */
function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

function guessed(declared: string): Issue {
  return {
    field: "encoding",
    reason: "encoding-guessed",
    detail: "The file is not in the encoding that it should be in: it was read as Windows-1252.",
    found: excerptOf(declared),
  };
}
