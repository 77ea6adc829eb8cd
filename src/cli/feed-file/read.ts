/** A feed or an export → drafts, oldest first. Pure. */
import { type AnyFeed, parseFeed } from "feedsmith";
import type { Issue } from "../../upload/issue.ts";
import { cleaned } from "../../upload/paragraphs.ts";
import { atomItems } from "./atom.ts";
import { bloggerItems } from "./exports/blogger.ts";
import { decodeFeed } from "./decode.ts";
import { type ItemOutcome, draftOf } from "./draft.ts";
import type { FeedItem } from "./item.ts";
import { jsonItems } from "./json.ts";
import { rdfItems } from "./rdf.ts";
import { rssItems } from "./rss.ts";
import { withSigns } from "./signs/signed-items.ts";
import { wordpressItems } from "./wordpress/read.ts";
import { preparedXml } from "./xml-text.ts";

/** An item's outcome. `label`: the item's id, else its position in the file, from 1. */
export type ReadItem = { label: string; outcome: ItemOutcome };

/** `warnings` are about the file as a whole. */
export type ReadFeed = { items: ReadItem[]; warnings: Issue[] };

/**
 * Reads RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0), JSON Feed, or an export of WordPress or Blogger. Of two items with the
 * same id, as the site compares ids, the second is refused: it would overwrite the first.
 * @param bytes the file
 * @param sections the sections of its items; if empty, each item has its own
 * @throws Error when the bytes are in none of these formats
 */
export function readFeed(bytes: Uint8Array, sections: readonly string[]): ReadFeed {
  const { text, warnings } = decodeFeed(bytes);
  const owners = new Map<string, number>();
  const items = itemsOf(text)
    .map((item, index) => readItem(item, index + 1, sections, owners))
    .map((read) => ({ time: instantOf(read), read }))
    .toReversed()
    .toSorted((a, b) => a.time - b.time)
    .map(({ read }) => read);
  return { items, warnings };
}

/** @param owners the position of the item that has each guid; this item's is added */
function readItem(
  item: FeedItem,
  position: number,
  sections: readonly string[],
  owners: Map<string, number>,
): ReadItem {
  const outcome = draftOf(item, sections);
  const read = { label: item.id ?? String(position), outcome };
  const guid = cleaned(item.id ?? "");
  if (guid === "" || outcome.kind !== "draft") return read;
  const owner = owners.get(guid);
  if (owner !== undefined) return { label: `${guid} (item ${position})`, outcome: repeated(owner, item) };
  owners.set(guid, position);
  return read;
}

function repeated(owner: number, { warnings }: FeedItem): ItemOutcome {
  return {
    kind: "refused",
    reason: `The item has the guid of another item of this file: item ${owner}.`,
    warnings,
  };
}

function itemsOf(text: string): FeedItem[] {
  return wordpressItems(text) ?? bloggerItems(text) ?? feedItems(text);
}

function feedItems(written: string): FeedItem[] {
  const text = isXml(written) ? preparedXml(written) : written;
  let parsed: AnyFeed;
  try {
    parsed = parseFeed(text);
  } catch {
    throw new Error("This is no RSS, Atom or JSON Feed that can be read.");
  }
  switch (parsed.format) {
    case "rss":
      return withSigns(rssItems(parsed.feed), text, parsed.format);
    case "rdf":
      return withSigns(rdfItems(parsed.feed), text, parsed.format);
    case "atom":
      return withSigns(atomItems(parsed.feed), text, parsed.format);
    case "json":
      return jsonItems(parsed.feed, text);
  }
}

function isXml(text: string): boolean {
  return text.trimStart().startsWith("<");
}

/** The time by which items are sorted: items without a draft come last. */
function instantOf({ outcome }: ReadItem): number {
  return outcome.kind === "draft" ? Date.parse(outcome.draft.date_published) : Number.POSITIVE_INFINITY;
}
