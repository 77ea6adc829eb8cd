/** Cleans frames and embedded documents: a known player stays, a link replaces any other. Pure. */
import type { Element, ElementContent, Properties, RootContent } from "hast";
import { absolute, playerOf, secured, VIMEO, WEB } from "./addresses.ts";
import { ELEMENTS } from "./allowed.ts";
import { cleanAddress, type Cleaning, cleanProperties, cleanText } from "./attributes.ts";
import { holds, isElement, isHidden, named, SHOWING } from "./elements.ts";
import { note } from "./remarks.ts";

/** The elements that frame a document of another host. */
export const FRAMES: ReadonlySet<string> = new Set(["embed", "iframe", "object"]);

// Enough for a player to play, too little to lead its page elsewhere.
const SANDBOX = ["allow-scripts", "allow-same-origin", "allow-presentation", "allow-popups"];

/**
 * The frame of a known player; or else a link to the framed document, with the fallback content of the element.
 * @param clean cleans the content of an `object`
 */
export function cleanFrame(
  element: Element,
  clean: (children: readonly RootContent[]) => ElementContent[],
  cleaning: Cleaning,
): ElementContent[] {
  const { url } = cleaning.base;
  const addresses = addressesOf(element).flatMap((written) => {
    const address = absolute(written, url, WEB);
    return address === undefined ? [] : [{ written, address }];
  });
  const player = addresses.find(({ address }) => playerOf(address) !== undefined);
  if (player !== undefined) return [playerFrame(element, player.written, cleaning)];
  const children =
    element.tagName === "object"
      ? clean(element.children.filter((child) => !isElement(child, "embed", "param")))
      : [];
  const content = holds(children, SHOWING) ? children : [];
  const [first] = addresses;
  const isLinked = first !== undefined && !isHidden(element);
  const link = isLinked ? linkInstead(element, first.written, content, cleaning) : [];
  const stays = [...link, ...content];
  const reason = stays.length === 0 ? "removed-element" : "replaced-frame";
  const found = first && `${element.tagName} ${new URL(first.address).hostname}`;
  note(cleaning.remarks, reason, found ?? named(element, url));
  return stays;
}

/**
 * The addresses that an element frames, as written, the most telling first. An `object` may name it in its `data` or
 * in a `param`, or leave it to an `embed` for other browsers.
 */
function addressesOf({ tagName, properties, children }: Element): string[] {
  const own = tagName === "object" ? [properties["data"]] : [properties["src"]];
  const nested = children.flatMap((child) => {
    if (child.type !== "element") return [];
    const { name, src, value } = child.properties;
    if (child.tagName === "embed") return [src];
    return child.tagName === "param" && /^(?:movie|src)$/i.test(String(name)) ? [value] : [];
  });
  return [...own, ...nested].filter((address) => typeof address === "string");
}

function playerFrame(element: Element, written: string, cleaning: Cleaning): Element {
  const attributes = ELEMENTS.get("iframe") ?? [];
  const src = playerOf(cleanAddress(written, true, WEB, cleaning) ?? "");
  // An attribute for a plug-in isn't wrong, but has no meaning for a frame.
  const properties = element.tagName === "iframe" ? element.properties : sizeOf(element.properties);
  const kept = cleanProperties("iframe", { ...properties, src }, attributes, cleaning);
  const { title: own = "" } = kept;
  const title = typeof own === "string" && own.trim() !== "" ? own : nameOf(src);
  const fixed = { title, allowFullScreen: true, loading: "lazy", sandbox: SANDBOX };
  return { type: "element", tagName: "iframe", properties: { ...kept, ...fixed }, children: [] };
}

/** What a reader who can't see it learns of a frame without a title (WCAG 2.2, success criterion 4.1.2): whose player it is. */
function nameOf(player: string | undefined): string {
  return player !== undefined && new URL(player).hostname === VIMEO ? "Vimeo" : "YouTube";
}

function sizeOf({ width, height, title }: Properties): Properties {
  return { ...(width && { width }), ...(height && { height }), ...(title && { title }) };
}

/** A link, unless the content that stays leads there already, or shows the picture at the address. */
function linkInstead(
  element: Element,
  written: string,
  content: readonly ElementContent[],
  cleaning: Cleaning,
): ElementContent[] {
  const { properties, children } = element;
  const href = cleanAddress(written, false, WEB, cleaning);
  const isPicture = String(properties["type"]).startsWith("image/") && content.length > 0;
  if (href === undefined || isPicture || leadsTo(content, href)) return [];
  const title = [element, ...children].map((one) => (isElement(one) ? one.properties["title"] : undefined));
  return [
    linkTo(
      href,
      title.find((text) => typeof text === "string" && text.trim() !== ""),
      cleaning,
    ),
  ];
}

function leadsTo(children: readonly ElementContent[], address: string): boolean {
  return children.some(
    (child) =>
      child.type === "element" &&
      ([child.properties["href"], child.properties["src"]].some(
        (one) => typeof one === "string" && secured(one) === secured(address),
      ) ||
        leadsTo(child.children, address)),
  );
}

/** A link whose text is the title, or else the host. */
export function linkTo(href: string, title: unknown, cleaning: Cleaning): Element {
  const text = typeof title === "string" ? cleanText(title, cleaning).trim() : "";
  const value = text === "" ? new URL(href).hostname : text;
  return {
    type: "element",
    tagName: "a",
    properties: { href },
    children: [{ type: "text", value }],
  };
}
