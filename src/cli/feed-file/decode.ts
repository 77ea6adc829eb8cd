/** The bytes of a feed → text. Pure. */

const BYTE_ORDER_MARKS: [string, number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16be", [0xfe, 0xff]],
  ["utf-16le", [0xff, 0xfe]],
];
// An XML declaration stands at the very beginning, and is ASCII in every encoding but UTF-16 (XML 1.0, section 4.3.3).
const DECLARATION = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;
const MAX_DECLARATION_LENGTH = 200;

/**
 * @returns the text in the encoding that a byte order mark or the XML declaration names, else UTF-8
 * @throws Error when the encoding is unknown, or the bytes are not in it
 */
export function decodeFeed(bytes: Uint8Array): string {
  const [marked] = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte)) ?? [];
  const start = String.fromCodePoint(...bytes.subarray(0, MAX_DECLARATION_LENGTH));
  const encoding = marked ?? DECLARATION.exec(start)?.[1] ?? "utf-8";
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: false });
  } catch {
    throw new Error(`The feed is in the encoding ${encoding}, which is not known.`);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Error(`The feed is not in the encoding ${encoding}, as it should be.`);
  }
}
