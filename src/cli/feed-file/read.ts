/** A feed, or an export, → drafts, oldest first. Pure. */
import { type AnyFeed, parseFeed } from "feedsmith";
import type { Issue } from "../../upload/issue.ts";
import { cleaned } from "../../upload/paragraphs.ts";
import { readTime } from "../../upload/time/time.ts";
import { atomItems } from "./atom.ts";
import { bloggerItems } from "./blogger.ts";
import { decodeFeed } from "./decode.ts";
import { type Drafted, draftOf } from "./draft.ts";
import { withKnownNames } from "./draft-mark.ts";
import type { FeedItem } from "./item.ts";
import { jsonItems } from "./json.ts";
import { rdfItems } from "./rdf.ts";
import { rssItems } from "./rss.ts";
import { wordpressItems } from "./wordpress/read.ts";

/** An item by its own id, or by its place in the feed, from 1. */
export type ReadItem = { label: string; drafted: Drafted };

/** `warnings` are about the file as a whole. */
export type ReadFeed = { items: ReadItem[]; warnings: Issue[] };

/**
 * Reads RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0), JSON Feed, or an export of WordPress or Blogger. Of two items with the same
 * id, as the site compares ids, the second is refused: it would overwrite the first.
 * @param bytes the file
 * @param sections the sections its items go to; none: each item's own
 * @throws Error when the bytes are none of these
 */
export function readFeed(bytes: Uint8Array, sections: readonly string[]): ReadFeed {
  const { text, warnings } = decodeFeed(bytes);
  const owners = new Map<string, number>();
  const items = itemsOf(text)
    .map((item, index) => ({ time: instantOf(item), read: readItem(item, index + 1, sections, owners) }))
    .toReversed()
    .toSorted((a, b) => a.time - b.time)
    .map(({ read }) => read);
  return { items, warnings };
}

/** @param owners the place of the item that has each guid; takes this one's */
function readItem(
  item: FeedItem,
  place: number,
  sections: readonly string[],
  owners: Map<string, number>,
): ReadItem {
  const drafted = draftOf(item, sections);
  const read = { label: item.id ?? String(place), drafted };
  const guid = cleaned(item.id ?? "");
  if (guid === "" || drafted.kind !== "draft") return read;
  const owner = owners.get(guid);
  if (owner !== undefined) return { label: `${guid} (item ${place})`, drafted: repeated(owner, item) };
  owners.set(guid, place);
  return read;
}

function repeated(owner: number, { warnings }: FeedItem): Drafted {
  return {
    kind: "refused",
    reason: `The item has the guid of another item of this file: item ${owner}.`,
    warnings,
  };
}

function itemsOf(text: string): FeedItem[] {
  return wordpressItems(text) ?? bloggerItems(text) ?? feedItems(text);
}

function feedItems(text: string): FeedItem[] {
  let parsed: AnyFeed;
  try {
    parsed = parseFeed(withKnownNames(text));
  } catch {
    throw new Error("This is no RSS, Atom or JSON Feed that can be read.");
  }
  switch (parsed.format) {
    case "rss":
      return rssItems(parsed.feed);
    case "rdf":
      return rdfItems(parsed.feed);
    case "atom":
      return atomItems(parsed.feed);
    case "json":
      return jsonItems(parsed.feed, text);
  }
}

/** What has no time of its own comes last. */
function instantOf({ date }: FeedItem): number {
  const time = readTime(date ?? "");
  return time.ok ? time.instant : Number.POSITIVE_INFINITY;
}
