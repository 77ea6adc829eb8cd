/** Takes pictures and players for readers without scripts, where nothing else shows them. Pure. */
import type { Element, ElementContent, RootContent } from "hast";
import { secured } from "./addresses.ts";
import { DROPPED } from "./allowed.ts";
import type { Cleaning } from "./attributes.ts";
import { holds, isBlank, isElement, isHidden } from "./elements.ts";
import { FRAMES } from "./frames.ts";
import { loaded } from "./lazy.ts";
import { allShownAt, shownAt } from "./placeholders.ts";
import { note } from "./remarks.ts";

const NOSCRIPT: ReadonlySet<string> = new Set(["noscript"]);
const PICTURES: ReadonlySet<string> = new Set(["img", "picture"]);
const MEDIA: ReadonlySet<string> = new Set([...PICTURES, "audio", "iframe", "video"]);
// Elements that say more about a picture stay with it.
const WRAPPERS: ReadonlySet<string> = new Set(["a", "figure"]);

/** What is known of a document: the addresses that it shows, and the elements that a script would have loaded. */
type Shown = { addresses: Set<string>; lazy: ReadonlySet<RootContent>; cleaning: Cleaning };

/**
 * A tree as readers with scripts see it: what loads later is loaded, and no picture of a `noscript` repeats one that
 * is shown. The rest of a `noscript` stays in it.
 */
export function asWithScripts(children: readonly RootContent[], cleaning: Cleaning): RootContent[] {
  const lazy = new Set<RootContent>();
  const tree = loaded(children, cleaning.base.url, lazy);
  if (!holds(tree, NOSCRIPT)) return tree;
  const addresses = new Set<string>();
  collect(tree, cleaning.base.url, addresses);
  return withoutNoscript(tree, { addresses, lazy, cleaning });
}

/** Collects the addresses that are shown outside every `noscript`. */
function collect(children: readonly RootContent[], base: string, addresses: Set<string>): void {
  for (const child of children) {
    if (child.type !== "element" || (DROPPED.has(child.tagName) && !FRAMES.has(child.tagName))) continue;
    for (const address of ownAddresses(child, base)) addresses.add(address);
    collect(child.children, base, addresses);
  }
}

function withoutNoscript(children: readonly RootContent[], shown: Shown): RootContent[] {
  if (!children.some((child) => child.type === "element")) return [...children];
  const replaced = new Set<RootContent>();
  const result = children.flatMap((child, index): RootContent[] => {
    if (child.type !== "element" || child.tagName !== "noscript") return [child];
    const beside = [neighbour(children, index, -1), neighbour(children, index, 1)]
      .filter((one) => one !== undefined)
      .filter((one) => !replaced.has(one));
    return taken(child, beside, replaced, shown);
  });
  return result
    .filter((child) => !replaced.has(child))
    .map((child) => {
      if (child.type !== "element" || child.tagName === "noscript") return child;
      const { tagName, properties } = child;
      const inner = withoutNoscript(child.children, shown).filter((one) => one.type !== "doctype");
      return { type: "element", tagName, properties, children: inner };
    });
}

/** The next element on one side, if only white space and comments lie between. */
function neighbour(children: readonly RootContent[], index: number, step: 1 | -1): Element | undefined {
  let at = index + step;
  for (let child = children[at]; child !== undefined && isBlank([child]); child = children[at]) at += step;
  const child = children[at];
  return child !== undefined && isElement(child) && child.tagName !== "noscript" ? child : undefined;
}

/** The parts of a `noscript` that replace it. A placeholder beside it that stands for its picture is replaced. */
function taken(
  noscript: Element,
  beside: readonly Element[],
  replaced: Set<RootContent>,
  { addresses, lazy, cleaning }: Shown,
): Element[] {
  const { base, remarks } = cleaning;
  const media = mediaIn(noscript.children);
  const rest = withoutMedia(noscript.children, new Set(media));
  const left = media.length > 0 && isBlank(rest) ? [] : [{ ...noscript, children: rest }];
  const kept = media.filter((one) => {
    const own = allAddresses(one, base.url);
    if (own.some((address) => addresses.has(address))) return false;
    for (const address of own) addresses.add(address);
    if (media.length > 1) return true;
    const alike = beside.filter((other) => isAlike(one, other));
    if (alike.some((other) => lazy.has(other))) {
      note(remarks, "repeated-picture", own[0] ?? one.tagName);
      return false;
    }
    const placeholder = alike.find((other) => allAddresses(other, base.url).length === 0);
    if (placeholder !== undefined) replaced.add(placeholder);
    return true;
  });
  return [...kept, ...left];
}

/** The outermost elements that show something, with the link or the figure around them. */
function mediaIn(children: readonly RootContent[]): Element[] {
  return children.flatMap((child) => {
    if (child.type !== "element" || DROPPED.has(child.tagName)) return [];
    if (MEDIA.has(child.tagName)) return isHidden(child) ? [] : [child];
    const inner = mediaIn(child.children);
    return inner.length > 0 && WRAPPERS.has(child.tagName) ? [child] : inner;
  });
}

/** The rest of the content: not the paragraphs in which the pictures stood. */
function withoutMedia(children: readonly RootContent[], media: ReadonlySet<RootContent>): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (media.has(child) || isBlank([child]) || child.type === "doctype") return [];
    if (child.type !== "element") return [child];
    const inner = withoutMedia(child.children, media);
    return inner.length > 0 || !(MEDIA.has(child.tagName) || DROPPED.has(child.tagName)) ? inner : [child];
  });
}

function isAlike(one: Element, other: Element): boolean {
  const tagName = WRAPPERS.has(one.tagName) ? mediaIn(one.children)[0]?.tagName : one.tagName;
  if (PICTURES.has(other.tagName)) return PICTURES.has(tagName ?? "");
  return other.tagName === "iframe" && tagName === "iframe";
}

function ownAddresses({ tagName, properties }: Element, base: string): string[] {
  if (tagName !== "source" && !MEDIA.has(tagName)) return [];
  const { src, srcSet } = properties;
  return [shownAt(src, base) ?? [], allShownAt(srcSet, base) ?? []].flat().map(secured);
}

function allAddresses(element: Element, base: string): string[] {
  const inner = element.children.flatMap((child) =>
    child.type === "element" ? allAddresses(child, base) : [],
  );
  return [...ownAddresses(element, base), ...inner];
}
