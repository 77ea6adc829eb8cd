/** XML elements as finished markup, for `Slots.elements`: those that the `feed` package can't write. Pure. */
import { escapeAttribute, escapeXml } from "./escape.ts";

/** The namespaces of all elements written here, by prefix. */
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

/** An element of plain text; nothing where the text is missing or empty. */
export function optionalElement(name: string, text: string | undefined, attributes?: Attributes): string {
  return text === undefined || text === "" ? "" : textElement(name, text, attributes);
}

/**
 * The namespace declarations that elements need, as attributes.
 * @param markup made by the functions above: no text in it looks like an element, since `<` is escaped in texts
 * @param always prefixes that the document needs besides
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
