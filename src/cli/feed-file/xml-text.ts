/** Repairs of the text of an XML feed, for a parser that reads XML in another way. Pure. */
import { escapeText } from "entities/escape";
import { fromBase64 } from "./parts/base64.ts";

// In HTML these references are an ellipsis; in XML they are the control character NEXT LINE, which is white space.
const NEXT_LINE = /&#(?:0{0,5}133|x0{0,5}85);/gi;
// Atom 0.3 marks Base64 (“The Atom Syndication Format 0.3”, section 3.1.2); in Atom 1.0 the media type implies it.
const BASE64 =
  /<((?:[\w.-]{1,40}:)?(?:content|title|summary|tagline|info))((?:\s[^<>]*?)?)\smode\s*=\s*(?:"base64"|'base64')([^<>]*)>([\s\da-z+/=]*)<\//gi;

/**
 * Prepares an XML feed for feedsmith: NEXT LINE becomes a space, and Atom 0.3's Base64 text.
 * @param text an XML feed
 */
export function preparedXml(text: string): string {
  return text
    .replaceAll(NEXT_LINE, " ")
    .replaceAll(BASE64, (whole, name: string, before: string, after: string, value: string) => {
      const decoded = fromBase64(value);
      return decoded === undefined ? whole : `<${name}${before}${after}>${escapeText(decoded)}</`;
    });
}
