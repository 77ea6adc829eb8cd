/** A strict, namespace-aware XML reader: it throws on XML that is not well-formed. */
import { SaxesParser } from "saxes";

export const ATOM = "http://www.w3.org/2005/Atom";

export type Element = {
  /** The local name, or `{namespace}local` outside the document's own namespace. */
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
  /** The nearest xml:lang of the element and those around it. */
  language: string | undefined;
};

/**
 * The root element of a document, read from its UTF-8 bytes.
 * @param home the document's own namespace, if it has one
 */
export function parseXml(xml: string, home = ""): Element {
  const parser = new SaxesParser({ xmlns: true });
  const outside: Element = { name: "", attributes: {}, children: [], text: "", language: undefined };
  const open = [outside];
  const addText = (text: string): void => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.text += text;
  };
  parser.on("opentag", ({ uri, local, attributes }) => {
    const parent = open.at(-1);
    const values = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
    const element: Element = {
      name: uri === "" || uri === home ? local : `{${uri}}${local}`,
      attributes: values,
      children: [],
      text: "",
      language: values["xml:lang"] ?? parent?.language,
    };
    parent?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(throughUtf8(xml)).close();
  return only(outside.children);
}

/** The only element of a list. */
export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`One was expected, not ${list.length}`);
  return first;
}

export function named(parent: Element, name: string): Element[] {
  return parent.children.filter((child) => child.name === name);
}

export function texts(parent: Element, name: string): string[] {
  return named(parent, name).map(({ text }) => text);
}

/** A text as a reader gets it: written as UTF-8, and decoded strictly. */
export function throughUtf8(text: string): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
