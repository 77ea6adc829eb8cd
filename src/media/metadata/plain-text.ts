/** Plain texts of metadata: decoded, and fit for an article. */
import { inForm, isHighSurrogate, isUnseen, withBlanks, withoutForbidden } from "../../article/characters.ts";
import { withoutStrayDirections } from "../../article/direction.ts";

/**
 * A text without what a feed can't carry, on one line, and not longer than `max` UTF-16 units. Markup in it stays what
 * it is: characters.
 * @returns undefined for a text that shows nothing
 */
export function plainText(text: string | undefined, max: number): string | undefined {
  if (text === undefined) return undefined;
  // What is beyond can't be seen in the end: the steps after this cost as much as their text is long.
  const beginning = text.slice(0, 4 * max).toWellFormed();
  const carried = withoutStrayDirections(inForm("NFC", withoutForbidden(withBlanks(beginning))));
  const whole = carried.replace(/\s+/gu, " ").trim();
  if (isUnseen(whole)) return undefined;
  if (whole.length <= max) return whole;
  const end = isHighSurrogate(whole.charCodeAt(max - 2)) ? max - 2 : max - 1;
  return `${whole.slice(0, end)}…`;
}

/** Decodes a text whose encoding nobody says: UTF-8 where it is that, else Windows-1252. */
export function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
