/** An XML document → a tree of elements, by namespace; for exports, and for the signs in feeds. Pure. */
import { SaxesParser } from "saxes";

export type XmlElement = {
  /** The namespace; empty without one. */
  uri: string;
  local: string;
  /** By name, as it is written: `xml:lang`, `href`. */
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  /** The element's own text, without that of its children. */
  text: string;
};

/** `problem`: why the document may not be whole, one sentence with the line. */
export type XmlTree = { root: XmlElement | undefined; problem: string | undefined };

// XML 1.0, production [2] Char, forbids these; systems write them all the same, as characters and as references.
const FORBIDDEN = /(?![\t\n\r\u007F-\u009F])\p{Cc}|[\uFFFE\uFFFF]/gu;
const FORBIDDEN_REFERENCE = /&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));/gi;
const SPACES = new Set(["\v", "\f"]);

// Exports nest ten levels. The limit bounds the time: a namespace is looked up through all open elements.
const MAX_DEPTH = 200;

class TooDeep extends Error {}

/**
 * Reads a document. It may hold characters that XML forbids, white space before its declaration, and HTML's named
 * references, which stay as they are written.
 * @param prefixes the namespaces of prefixes that documents use without declaring them
 */
export function readXmlTree(text: string, prefixes: Record<string, string>): XmlTree {
  const parser = new SaxesParser({ xmlns: true, additionalNamespaces: prefixes });
  const outside: XmlElement = { uri: "", local: "", attributes: new Map(), children: [], text: "" };
  const open = [outside];
  const { xml, linesBefore } = trimmedStart(withoutForbidden(text));
  let problem: string | undefined;
  const note = (what: string): void => {
    problem ??= `The export is no well-formed XML: line ${parser.line + linesBefore}: ${what}`;
  };
  const addText = (piece: string): void => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.text += piece;
  };
  parser.on("error", ({ message }) => {
    const what = message.replace(/^[^ ]*: /, "");
    if (what !== "undefined entity.") note(what);
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    if (open.length > MAX_DEPTH) throw new TooDeep();
    const named = Object.entries(attributes).map(([name, { value }]): [string, string] => [name, value]);
    const element: XmlElement = { uri, local, attributes: new Map(named), children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    if (open.length > 1) open.pop();
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  try {
    parser.write(xml).close();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    note("its elements are nested too deeply.");
  }
  return { root: outside.children[0], problem };
}

/** The children with a name. */
export function childrenOf(parent: XmlElement, uri: string, local: string): XmlElement[] {
  return parent.children.filter((child) => child.local === local && child.uri === uri);
}

/** The texts of the children with a name, as they are written. */
export function textsOf(parent: XmlElement, uri: string, local: string): string[] {
  return childrenOf(parent, uri, local).map(({ text }) => text);
}

function withoutForbidden(text: string): string {
  return text
    .replaceAll(FORBIDDEN, (character) => (SPACES.has(character) ? " " : ""))
    .replaceAll(FORBIDDEN_REFERENCE, "")
    .toWellFormed();
}

/** A declaration must stand at the very beginning (XML 1.0, production [22]). */
function trimmedStart(text: string): { xml: string; linesBefore: number } {
  const xml = text.trimStart();
  return { xml, linesBefore: text.slice(0, text.length - xml.length).split("\n").length - 1 };
}
