/** The items of an XML feed, each with the signs in its own element. Pure. */
import { readXmlTree, type XmlElement } from "../xml-tree.ts";
import { type FeedItem, firstNonEmpty } from "../item.ts";
import { type ItemSigns, mayHoldSigns, signsOf, combined } from "./item-signs.ts";
import { mentionsVocabulary, USUAL_PREFIXES } from "./vocabularies.ts";

/**
 * Adds its signs to each item: feedsmith finds them in some spellings only.
 * @param items as feedsmith parsed them
 * @param text the same feed
 * @throws Error when the feed has signs, and it is uncertain to which item each belongs
 */
export function withSigns(items: FeedItem[], text: string, format: "atom" | "rss" | "rdf"): FeedItem[] {
  if (!mayHoldSigns(text) || !mentionsVocabulary(text)) return items;
  const { root, problem } = readXmlTree(text, USUAL_PREFIXES);
  if (root === undefined || problem !== undefined) {
    throw new Error(`${UNCERTAIN}${problem === undefined ? "" : ` ${problem}`}`);
  }
  return format === "rdf"
    ? withSignsByAddress(items, root)
    : withSignsByPosition(items, itemElements(root, format));
}

const UNCERTAIN =
  "The feed may say who can see its items and when, but not in a way that is certain: nothing of it is published.";

/** Matches elements and items by position: feedsmith keeps the order of the document, and drops empty items. */
function withSignsByPosition(items: readonly FeedItem[], elements: readonly XmlElement[]): FeedItem[] {
  const signs = elements.filter(isFilled).map(signsOf);
  // If no item is hidden or dated, the positions don't matter.
  if (signs.every(hasNoSign)) return [...items];
  if (signs.length !== items.length) throw new Error(UNCERTAIN);
  return items.map((item, index) => addSigns(item, signs.slice(index, index + 1)));
}

/** Whether an element holds a text or an attribute at any depth. */
function isFilled({ children }: XmlElement): boolean {
  return children.some((child) => child.text.trim() !== "" || child.attributes.size > 0 || isFilled(child));
}

function hasNoSign({ hidden, notBefore, expires }: ItemSigns): boolean {
  return hidden === undefined && notBefore.length === 0 && expires.length === 0;
}

/**
 * Matches elements and items by address: feedsmith follows the order of RSS 1.0's table of contents. Items without an
 * address can't be told apart, so they all get the signs of all of them.
 */
function withSignsByAddress(items: readonly FeedItem[], root: XmlElement): FeedItem[] {
  const signs = Map.groupBy(childrenNamed(root, "item"), aboutOf);
  return items.map((item) => {
    const own = signs.get(item.id) ?? signs.get(undefined);
    if (own === undefined) throw new Error(UNCERTAIN);
    return addSigns(item, own.map(signsOf));
  });
}

function addSigns(item: FeedItem, signs: readonly ItemSigns[]): FeedItem {
  return { ...item, ...combined(signs) };
}

/** The elements that feedsmith takes for items: those in the first channel, else those beside it, as in RSS 0.9. */
function itemElements(root: XmlElement, format: "atom" | "rss"): XmlElement[] {
  if (format === "atom") return childrenNamed(root, "entry");
  const [channel] = childrenNamed(root, "channel");
  const inside = channel === undefined ? [] : childrenNamed(channel, "item");
  return inside.length > 0 ? inside : childrenNamed(root, "item");
}

/** The children in the parent's namespace; in RSS 1.0 the items have another namespace than the root. */
function childrenNamed(parent: XmlElement, name: string): XmlElement[] {
  return parent.children.filter(
    ({ uri, local }) =>
      local.toLowerCase() === name && (uri === parent.uri || parent.local.toLowerCase() === "rdf"),
  );
}

function aboutOf({ attributes }: XmlElement): string | undefined {
  return firstNonEmpty(...[...attributes].flatMap(([name, value]) => (ABOUT.test(name) ? [value] : [])));
}

const ABOUT = /^(?:[^:]+:)?about$/i;
