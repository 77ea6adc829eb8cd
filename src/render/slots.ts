/**
 * Slots: how an author's words reach an XML feed without passing through the `feed` package, which escapes them wrongly
 * (a second `]]>` ends its CDATA, `<` in an attribute stays `<`, `&amp;` in a text becomes `&`). The package builds the
 * tree around tokens; one pass over its output then puts every value in its place, escaped for that place. Pure.
 */
import { escapeText } from "entities/escape";
import { withoutForbidden } from "../article/characters.ts";

// Noncharacters: legal in XML 1.0, left alone by every escaper, and impossible in a value, since values are cleaned.
const TOKEN = /\uFDD0(\d+)\uFDD1/.source;
const FILLABLE = new RegExp(
  `(?: type="html")?>(?:<!\\[CDATA\\[)?${TOKEN}(?:\\]\\]>)?|\\s*<rights>\uFDD2${TOKEN}</rights>|${TOKEN}`,
  "g",
);

type Slot = { attributes: string; content: string };

export class Slots {
  readonly #slots: Slot[] = [];

  /**
   * Plain text, for an element or an attribute.
   * @param attributes further attributes of the element, as markup: ` xml:lang="ar"`
   */
  text(value: string, attributes = ""): string {
    return this.#park({ attributes, content: escapeXml(value) });
  }

  /** Plain text for an element that readers take for HTML (RSS 2.0 `description`). */
  textAsHtml(value: string): string {
    return this.#park({ attributes: "", content: escapeXml(escapeText(value)) });
  }

  /** HTML for an element whose content is HTML: CDATA, in which every `]]>` is taken apart. */
  html(value: string, attributes = ""): string {
    const content = `<![CDATA[${withoutForbidden(value).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
    return this.#park({ attributes, content });
  }

  /** Finished markup that takes the place of a whole `copyright` (`<rights>`) element: what the package can't say. */
  elements(markup: string): string {
    return `\uFDD2${this.#park({ attributes: "", content: markup })}`;
  }

  /** Puts every value into the package's output, and takes the package's indentation out. */
  fill(skeleton: string): string {
    return skeleton
      .replaceAll(/\n +/g, "\n")
      .replaceAll(FILLABLE, (found, element: string, rights: string, attribute: string) => {
        const slot = this.#slots[Number(element ?? rights ?? attribute)];
        if (slot === undefined) return found;
        if (rights !== undefined) return slot.content;
        return element === undefined ? slot.content : `${slot.attributes}>${slot.content}`;
      });
  }

  #park(slot: Slot): string {
    return `\uFDD0${this.#slots.push(slot) - 1}\uFDD1`;
  }
}

const REFERENCES: Record<string, string> = {
  "&": "&#x26;",
  "<": "&#x3C;",
  ">": "&#x3E;",
  '"': "&#x22;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

/**
 * Escapes text for an XML element or attribute, without what XML can't carry, and with the hexadecimal references that the RSS Advisory Board's profile
 * asks for ("Character Data"); white space survives attribute normalisation (XML 1.0, section 3.3.3).
 */
export function escapeXml(text: string): string {
  return withoutForbidden(text).replaceAll(
    /[&<>"\t\n\r]/g,
    (character) => REFERENCES[character] ?? character,
  );
}
