/**
 * Slots bring an author's words into an XML feed past the `feed` package, which escapes them wrongly: a second `]]>` ends its
 * CDATA, `<` in an attribute stays `<`, `&amp;` in a text becomes `&`. The package builds the tree around tokens. Then one pass
 * over its output puts every value in its place, escaped for that place. Pure.
 */
import { escapeText } from "entities/escape";
import type { Extension } from "feed";
import { withoutForbidden } from "../article/characters.ts";
import { escapeAttribute, escapeXml } from "./escape.ts";

// Noncharacters are legal in XML 1.0, no escaper changes them, and no value has any, since values are cleaned.
const TOKEN = /\uFDD0(\d+)\uFDD1/.source;
const FILLABLE = new RegExp(
  `(?: type="html")?>(?:<!\\[CDATA\\[)?${TOKEN}(?:\\]\\]>)?|\\s*<(?:rights|copyright)>\uFDD2${TOKEN}</(?:rights|copyright)>|${TOKEN}`,
  "g",
);

/** A value escaped for both places: `content` for an element, `value` for an attribute. */
type Slot = { attributes: string; content: string; value: string };

export class Slots {
  readonly #slots: Slot[] = [];

  /**
   * Plain text, for an element or an attribute.
   * @param attributes further attributes of the element, as markup: ` xml:lang="ar"`
   */
  text(value: string, attributes = ""): string {
    return this.#park({ attributes, content: escapeXml(value), value: escapeAttribute(value) });
  }

  /** Plain text for an element that readers read as HTML (RSS 2.0 `description`). */
  textAsHtml(value: string): string {
    return this.#park({ attributes: "", content: escapeXml(escapeText(value)), value: "" });
  }

  /** HTML for an element whose content is HTML: CDATA in which every `]]>` is split in two. */
  html(value: string, attributes = ""): string {
    const content = `<![CDATA[${withoutForbidden(value).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
    return this.#park({ attributes, content, value: "" });
  }

  /** Finished markup that the package can't write. It replaces a whole `copyright` element (Atom's `<rights>`). */
  elements(markup: string): string {
    return `\uFDD2${this.#park({ attributes: "", content: markup, value: "" })}`;
  }

  /** The same for an item of RSS, where the package writes no `copyright` by itself. */
  extension(markup: string): Extension {
    return { name: "copyright", objects: { _text: this.elements(markup) } };
  }

  /** Puts every value into the package's output, and removes the package's indentation. */
  fill(skeleton: string): string {
    return skeleton
      .replaceAll(/\n +/g, "\n")
      .replaceAll(FILLABLE, (found, element: string, carrier: string, attribute: string) => {
        const slot = this.#slots[Number(element ?? carrier ?? attribute)];
        if (slot === undefined) return found;
        if (carrier !== undefined) return slot.content;
        return element === undefined ? slot.value : `${slot.attributes}>${slot.content}`;
      });
  }

  #park(slot: Slot): string {
    return `\uFDD0${this.#slots.push(slot) - 1}\uFDD1`;
  }
}
