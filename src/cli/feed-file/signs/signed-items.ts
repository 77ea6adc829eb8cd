/** The items of an XML feed, each with the signs that stand in its own element. Pure. */
import { readXmlTree, type XmlElement } from "../xml-tree.ts";
import { type FeedItem, firstNonEmpty } from "../item.ts";
import { type ItemSigns, mayHoldSigns, signsOf, combined } from "./item-signs.ts";
import { mentionsVocabulary, USUAL_PREFIXES } from "./vocabularies.ts";

/**
 * Adds to each item what hides it and when it may be shown, which the feed's parser finds in some spellings alone.
 * @param items as the parser has them
 * @param text the same feed
 * @throws Error when the feed has such signs, and it isn't certain which item each belongs to
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

/** The parser keeps the order of the document, and drops items in which nothing stands. */
function withSignsByPosition(items: readonly FeedItem[], elements: readonly XmlElement[]): FeedItem[] {
  const signs = elements.filter(isFilled).map(signsOf);
  // Where no item is hidden or dated, it doesn't matter which is which.
  if (signs.every(hasNoSign)) return [...items];
  if (signs.length !== items.length) throw new Error(UNCERTAIN);
  return items.map((item, index) => addSigns(item, signs.slice(index, index + 1)));
}

/** Whether anything stands in an element or in an attribute of one. */
function isFilled({ children }: XmlElement): boolean {
  return children.some((child) => child.text.trim() !== "" || child.attributes.size > 0 || isFilled(child));
}

function hasNoSign({ hidden, notBefore, expires }: ItemSigns): boolean {
  return hidden === undefined && notBefore.length === 0 && expires.length === 0;
}

/**
 * RSS 1.0 has a table of contents: the parser follows its order. Items without an address of their own can't be told from
 * each other, so that the signs of one are those of all.
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

/** The elements that the parser takes for items: those of the first channel, else those beside it, as RSS 0.9 has them. */
function itemElements(root: XmlElement, format: "atom" | "rss"): XmlElement[] {
  if (format === "atom") return childrenNamed(root, "entry");
  const [channel] = childrenNamed(root, "channel");
  const inside = channel === undefined ? [] : childrenNamed(channel, "item");
  return inside.length > 0 ? inside : childrenNamed(root, "item");
}

/** Those of the vocabulary of the parent; in RSS 1.0 that of the items is another than the root's. */
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
