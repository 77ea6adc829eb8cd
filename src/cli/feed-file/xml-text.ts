/** The text of an XML feed as its parser should have it, where the parser reads XML in another way. Pure. */
import { escapeText } from "entities/escape";
import { fromBase64 } from "./parts/base64.ts";

// To HTML these references are an ellipsis; to XML 1.0, whose white space they are, the control NEXT LINE.
const NEXT_LINE = /&#(?:0{0,5}133|x0{0,5}85);/gi;
// Atom 0.3 marks what is in Base64 (“The Atom Syndication Format 0.3”, section 3.1.2); 1.0 tells it by the media type.
const BASE64 =
  /<((?:[\w.-]{1,40}:)?(?:content|title|summary|tagline|info))((?:\s[^<>]*?)?)\smode\s*=\s*(?:"base64"|'base64')([^<>]*)>([\s\da-z+/=]*)<\//gi;

/** @param text an XML feed */
export function preparedXml(text: string): string {
  return text
    .replaceAll(NEXT_LINE, " ")
    .replaceAll(BASE64, (whole, name: string, before: string, after: string, value: string) => {
      const decoded = fromBase64(value);
      return decoded === undefined ? whole : `<${name}${before}${after}>${escapeText(decoded)}</`;
    });
}
