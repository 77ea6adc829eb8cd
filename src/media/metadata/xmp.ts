/** Reads the properties of XMP that describe a picture (ISO 16684-1; IPTC Photo Metadata Standard 2023.1). */
import { SaxesParser, type SaxesTagNS } from "saxes";
import type { Said } from "./said.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
const IPTC = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const RIGHTS = "http://ns.adobe.com/xap/1.0/rights/";
const PLUS = "http://ns.useplus.org/ldf/xmp/1.0/";
const CC = "http://creativecommons.org/ns#";

// Beside each property, its name in the IPTC Photo Metadata Standard.
const ALT = `${IPTC}AltTextAccessibility`; // Alt Text (Accessibility)
const DESCRIPTION = `${DC}description`; // Description
const CREDIT = `${PHOTOSHOP}Credit`; // Credit Line
const CREATOR = `${DC}creator`; // Creator
const USAGE_TERMS = `${RIGHTS}UsageTerms`; // Rights Usage Terms
const WEB_STATEMENT = `${RIGHTS}WebStatement`; // Web Statement of Rights
const LICENSOR_URL = `${PLUS}LicensorURL`; // Licensor: Licensor URL
const COPYRIGHT = `${DC}rights`; // Copyright Notice
// Creative Commons' own property; IPTC has none for it.
const LICENCE = `${CC}license`;

// The best first.
const LICENCES = [USAGE_TERMS, LICENCE, WEB_STATEMENT, LICENSOR_URL, COPYRIGHT];
const READ = new Set([ALT, DESCRIPTION, CREDIT, CREATOR, ...LICENCES]);
const READ_AT_ANY_DEPTH = new Set([LICENSOR_URL]);

// XMP nests about ten levels; every level more makes a prefix dearer to look up.
const MAX_DEPTH = 50;
// What is longer is cut anyway.
const MAX_TEXT = 50_000;
const MAX_ITEMS = 100;

/** An item of a property: a text, and its language where it has one. */
type Value = { language: string | undefined; text: string };

/**
 * The texts of an XMP packet. It costs as much as the packet is long.
 * @throws Error for XML that isn't well-formed, or too deep
 */
export function readXmp(packet: Uint8Array): Said {
  const text = new TextDecoder().decode(packet);
  const values = valuesIn(text.slice(Math.max(0, text.indexOf("<")), text.lastIndexOf(">") + 1));
  const first = (property: string) => preferred(values.get(property) ?? []);
  const creators = (values.get(CREATOR) ?? []).map(({ text: name }) => name.trim()).join(", ");
  return {
    alt: first(ALT),
    caption: first(DESCRIPTION),
    credit: first(CREDIT) ?? (creators || undefined),
    licences: LICENCES.map(first),
  };
}

/** Of several languages, the one that is meant for everybody, else the first (ISO 16684-1, section 8.2.2.4). */
function preferred(values: readonly Value[]): string | undefined {
  return (values.find(({ language }) => language === "x-default") ?? values[0])?.text;
}

/** Collects the values of the properties that are read. */
function valuesIn(xml: string): Map<string, Value[]> {
  const values = new Map<string, Value[]>();
  const open: string[] = [];
  // The property that is open, at which depth, and the text in it or in its present item.
  let property: { name: string; depth: number } | undefined;
  let value: Value | undefined;
  const add = (name: string, found: Value) => {
    const list = values.get(name) ?? [];
    if (found.text.trim() !== "" && list.length < MAX_ITEMS) values.set(name, [...list, found]);
  };
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", (tag) => {
    const name = `${tag.uri}${tag.local}`;
    if (open.length >= MAX_DEPTH) throw new Error("XMP is too deep");
    // A property of the picture itself, or the licensor's address, which lies deeper. Other depths describe other pictures.
    const isOwn = open.at(-1) === `${RDF}Description` && open.at(-2) === `${RDF}RDF`;
    if (name === `${RDF}Description` && open.at(-1) === `${RDF}RDF`) addAttributes(tag, READ, add);
    else if (property === undefined && READ.has(name) && (isOwn || READ_AT_ANY_DEPTH.has(name))) {
      property = { name, depth: open.length };
      value = { language: undefined, text: resourceOf(tag) ?? "" };
    } else if (property && name === `${RDF}li`)
      value = { language: languageOf(tag), text: resourceOf(tag) ?? "" };
    else addAttributes(tag, READ_AT_ANY_DEPTH, add);
    open.push(name);
  });
  parser.on("text", (text) => {
    if (value && value.text.length < MAX_TEXT) value.text += text;
  });
  parser.on("cdata", (text) => {
    if (value && value.text.length < MAX_TEXT) value.text += text;
  });
  parser.on("closetag", () => {
    const name = open.pop();
    if (property === undefined) return;
    const isEnd = open.length === property.depth;
    if (value && (isEnd || name === `${RDF}li`)) {
      add(property.name, value);
      value = undefined;
    }
    if (isEnd) property = undefined;
  });
  parser.write(xml).close();
  return values;
}

/** Simple properties may be attributes (ISO 16684-1, section 7.9.2.2). */
function addAttributes(
  { attributes }: SaxesTagNS,
  read: ReadonlySet<string>,
  add: (name: string, value: Value) => void,
) {
  for (const { uri, local, value: text } of Object.values(attributes))
    if (read.has(`${uri}${local}`)) add(`${uri}${local}`, { language: undefined, text });
}

/** The address that an element names. */
function resourceOf({ attributes }: SaxesTagNS): string | undefined {
  return Object.values(attributes).find(({ uri, local }) => uri === RDF && local === "resource")?.value;
}

function languageOf({ attributes }: SaxesTagNS): string | undefined {
  return attributes["xml:lang"]?.value.toLowerCase();
}
