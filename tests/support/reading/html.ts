/** The pages that people see, as the runtime's own HTML parser reads them. */
import { decodeHTML } from "entities";
import { get } from "../newsroom.ts";

// HTML's void elements have no end tag (WHATWG HTML, section 13.1.2).
const VOID = new Set(["meta", "link", "input", "br", "img", "hr", "source", "track", "wbr"]);

export type Element = {
  name: string;
  attributes: Record<string, string>;
  /** As a browser shows it: references resolved, white space unchanged. */
  text: string;
  ancestors: Element[];
};

/** The elements of a document in their order. */
export async function parse(html: string): Promise<Element[]> {
  const elements: Element[] = [];
  const open: Element[] = [];
  const rewriter = new HTMLRewriter()
    .on("*", {
      element(found) {
        const name = found.tagName;
        const pairs = [...found.attributes].map(
          ([key = "", value = ""]) => [key, decodeHTML(value)] as const,
        );
        const element = { name, attributes: Object.fromEntries(pairs), text: "", ancestors: [...open] };
        elements.push(element);
        if (VOID.has(name)) return;
        open.push(element);
        found.onEndTag(() => {
          open.splice(open.indexOf(element));
        });
      },
    })
    .onDocument({
      text({ text }) {
        for (const element of open) element.text += text;
      },
    });
  await rewriter.transform(new Response(html)).text();
  // A script's text is raw; every other element's text has references.
  for (const element of elements) {
    if (element.name !== "script") element.text = decodeHTML(element.text);
  }
  return elements;
}

export async function page(path: string, headers?: Record<string, string>): Promise<Element[]> {
  return parse(await (await get(path, headers)).text());
}

export function all(elements: Element[], name: string, attributes: Record<string, string> = {}): Element[] {
  return elements.filter(
    (element) =>
      element.name === name &&
      Object.entries(attributes).every(([key, value]) => element.attributes[key] === value),
  );
}

export function texts(elements: Element[]): string[] {
  return elements.map(({ text }) => text.trim());
}

export function canonical(elements: Element[]): (string | undefined)[] {
  return all(elements, "link", { rel: "canonical" }).map(({ attributes }) => attributes["href"]);
}

/** The feeds that a page offers to feed readers: media type and address. */
export function offered(elements: Element[]): (readonly [string | undefined, string | undefined])[] {
  return all(elements, "link", { rel: "alternate" }).map(
    ({ attributes }) => [attributes["type"], attributes["href"]] as const,
  );
}
