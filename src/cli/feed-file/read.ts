/** A feed → drafts, oldest first. Pure. */
import { type AnyFeed, parseFeed } from "feedsmith";
import { readTime } from "../../upload/time.ts";
import { atomItems } from "./atom.ts";
import { decodeFeed } from "./decode.ts";
import { type Drafted, draftOf } from "./draft.ts";
import type { FeedItem } from "./item.ts";
import { jsonItems } from "./json.ts";
import { rdfItems, rssItems } from "./rss.ts";

/** An item by its own id, or by its place in the feed, from 1. */
export type ReadItem = { label: string; drafted: Drafted };

/**
 * Reads RSS (0.9x, 1.0, 2.0), Atom (0.3, 1.0) or JSON Feed.
 * @param bytes the feed
 * @param sections the sections its items go to; none: each item's first category
 * @throws Error when the bytes are none of these
 */
export function readFeed(bytes: Uint8Array, sections: readonly string[]): ReadItem[] {
  return itemsOf(decodeFeed(bytes))
    .map((item, index) => ({ item, label: item.id ?? String(index + 1), time: instantOf(item) }))
    .toReversed()
    .toSorted((a, b) => a.time - b.time)
    .map(({ item, label }) => ({ label, drafted: draftOf(item, sections) }));
}

function itemsOf(text: string): FeedItem[] {
  let parsed: AnyFeed;
  try {
    parsed = parseFeed(text);
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
      return jsonItems(parsed.feed);
  }
}

/** What has no time of its own comes last. */
function instantOf({ date }: FeedItem): number {
  const time = readTime(date ?? "");
  return time.ok ? time.instant : Number.POSITIVE_INFINITY;
}
