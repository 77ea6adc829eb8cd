/** Elements as finished markup: what the `feed` package can't say, written for `Slots.elements`. Pure. */
import { escapeAttribute, escapeXml } from "./escape.ts";

/** The namespaces of all elements that are written here, by their prefixes. */
const NAMESPACES: Record<string, string> = {
  at: "http://purl.org/atompub/tombstones/1.0",
  atom: "http://www.w3.org/2005/Atom",
  content: "http://purl.org/rss/1.0/modules/content/",
  dc: "http://purl.org/dc/elements/1.1/",
  dcterms: "http://purl.org/dc/terms/",
  fh: "http://purl.org/syndication/history/1.0",
  media: "http://search.yahoo.com/mrss/",
  mi: "http://schemas.ingestion.microsoft.com/common/",
  snf: "http://www.smartnews.be/snf",
  webfeeds: "http://webfeeds.org/rss/1.0",
};

/** Plain text; an attribute without a value is left out. */
type Attributes = Record<string, string | number | undefined>;

/**
 * An element on lines of its own.
 * @param children finished elements
 */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const content = children.join("");
  const start = `\n<${name}${written(attributes)}`;
  return content === "" ? `${start}/>` : `${start}>${content}\n</${name}>`;
}

/** An element of plain text. */
export function textElement(name: string, text: string, attributes: Attributes = {}): string {
  return `\n<${name}${written(attributes)}>${escapeXml(text)}</${name}>`;
}

/** The same where there is a text, and nothing where there is none or an empty one. */
export function optionalElement(name: string, text: string | undefined, attributes?: Attributes): string {
  return text === undefined || text === "" ? "" : textElement(name, text, attributes);
}

/**
 * The declarations, as attributes, of the namespaces that elements need.
 * @param markup of the functions above: no text in it can pass for an element, as `<` is escaped in texts
 * @param always the prefixes that the document needs besides
 */
export function declarations(markup: string, always: readonly string[] = []): string {
  return Object.entries(NAMESPACES)
    .filter(([prefix]) => always.includes(prefix) || markup.includes(`<${prefix}:`))
    .map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`)
    .join("");
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join("");
}
