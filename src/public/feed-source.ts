/** The source of a feed's document: its edition at once, its articles when a body is made of them. */
import type { Instant } from "../article/article.ts";
import { type FeedId, membersOf, sectionOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { MAX_FEED_BYTES } from "../article/weight.ts";
import { type Part, type Variant } from "../feed/addresses.ts";
import type { ArchivePageId, Shape } from "../feed/feed.ts";
import { type Edition, isSame, UNWRITTEN, type VersionedValue } from "../store/edition.ts";
import { type WindowKey, windowKey } from "../store/keys.ts";
import { type NewestPage, readWindow, type Window } from "../store/records.ts";
import { unionEdition, unionWindow } from "../store/union.ts";
import type { KvReads } from "../store/read/kv-reads.ts";
import { presenceOfFeed } from "./feed-presence.ts";

export type Content = { window: Window; shape: Shape };

/** The articles of a document, before they are decoded. */
export type Loaded = {
  /** Whether KV gave another edition than the one that was found, or of some article another than the page names. */
  isProvisional: boolean;
  decode: () => Content;
};

/** The windows of a document, with the edition that KV gave: it may be another than the one that was found. */
type LoadedWindows = Loaded & Pick<FeedSource, "edition" | "detail"> & { values: readonly VersionedValue[] };

export type FeedSource = {
  /** For the cache. */
  name: string;
  /** For the entity tag: a part of the document that can change without the edition. */
  detail?: string | undefined;
  edition: Edition;
  /** In whole seconds; undefined where no date tells two documents apart. */
  lastModified: Instant | undefined;
  /** Whether KV may still give an older part of it: see `Representation`. */
  isSettling: boolean;
  /** Whether a later edition is known, for which there is no text yet. */
  isOutdated: boolean;
  /** Whether no article is added any more: it changes only when one in it does. */
  isFull: boolean;
  /** Whether the articles that named the feed were withdrawn: search engines are to forget it. */
  isNameless: boolean;
  /** Undefined for an archive page: too few ask for one. */
  madeOf?: MadeOf;
  load: () => Promise<Loaded>;
};

/** What readers subscribe to. */
type Subscription = Omit<FeedSource, "load"> & { load: () => Promise<LoadedWindows> };

/** The windows that a document is made of, in their editions, and until when it is the same as long as they are. */
export type MadeOf = { windows: readonly { key: WindowKey; edition: Edition }[]; until: Instant };

// Workers KV may answer with an older edition for a minute ("How KV works", Cloudflare's documentation); with some room.
const SETTLING_MILLISECONDS = 120_000;

/**
 * Finds the document that readers subscribe to.
 * @param now the instant of the request
 * @returns undefined where there is no such feed
 */
export async function subscription(
  reads: KvReads,
  site: Site,
  feed: FeedId,
  variant: Variant,
  now: Instant,
): Promise<Subscription | undefined> {
  const members = membersOf(feed);
  const presence = await presenceOfFeed(reads, site, feed);
  if (presence === "absent") return undefined;
  const windows = await Promise.all(
    members.map(async (member) => {
      const key = windowKey(member);
      return { key, edition: await reads.edition(key) };
    }),
  );
  const editions = windows.map((window) => window.edition);
  const edition = editionOf(editions);
  const lastModified = edition.changed > 0 ? edition.changed : undefined;
  // One window's date is its own: no two editions of it share one.
  const settled =
    members.length > 1 && lastModified !== undefined ? lastModified + SETTLING_MILLISECONDS : -Infinity;
  const isSettling = now < settled;
  return {
    name: windowKey(feed),
    detail: detailOf(editions),
    edition,
    lastModified,
    isSettling,
    isOutdated: false,
    isFull: false,
    isNameless: presence === "nameless",
    madeOf: { windows, until: isSettling ? settled : Infinity },
    load: async () => {
      const values = await Promise.all(windows.map(async ({ key }) => reads.latest(key)));
      const loaded = values.map((value) => value.edition);
      // Each for itself: of two, one may be later and one earlier.
      const isProvisional = editions.some((found, index) => !isSame(found, loaded[index] ?? UNWRITTEN));
      const decode = (): Content => contentOf(site, feed, members, values, { variant });
      return { edition: editionOf(loaded), detail: detailOf(loaded), values, isProvisional, decode };
    },
  };
}

/** The edition of a window, or of a union's windows together. */
function editionOf(editions: readonly Edition[]): Edition {
  const [only] = editions;
  return editions.length === 1 && only !== undefined ? only : unionEdition(editions);
}

/** Tells apart the editions of a union that have one sum: of two windows one may be later, and one earlier. */
function detailOf(editions: readonly Edition[]): string | undefined {
  return editions.length === 1 ? undefined : editions.map(({ sequence }) => sequence).join("-");
}

function contentOf(
  site: Site,
  feed: FeedId,
  members: readonly FeedId[],
  values: readonly VersionedValue[],
  part: Part,
): Content {
  const windows = values.map(({ text }, index) => readWindow(text, windowKey(members[index] ?? feed)));
  const [only] = windows;
  if (windows.length === 1 && only !== undefined) {
    const previous = only.archive && { feed, page: openPageName(only.archive) };
    return { window: only, shape: { part, previous } };
  }
  const last = windows.findLastIndex(({ archive }) => archive !== undefined);
  const newest = windows[last]?.archive;
  const previous = newest && unionPageId(feed, members, last, openPageName(newest));
  return { window: unionWindow(windows, site.itemsPerFeed, MAX_FEED_BYTES), shape: { part, previous } };
}

/**
 * The name of a page that still takes articles: `7.12` once twelve have come onto it. Software that keeps archive documents
 * takes one that it knows for complete (RFC 5005, section 4), so that another set of articles has another address.
 */
export function openPageName({ newest, arrivals }: NewestPage): string {
  return `${newest}.${arrivals}`;
}

/**
 * The id of a page in the archive of a union. That archive is those of its sections, one after the other, the last section's newest
 * page first. The first section's pages leave nothing out and nothing follows them: they are the section's own.
 * @param index of the section among the members
 * @param page its name in the section's archive
 */
export function unionPageId(
  feed: FeedId,
  members: readonly FeedId[],
  index: number,
  page: string,
): ArchivePageId | undefined {
  const member = members[index];
  if (member === undefined) return undefined;
  return index === 0 ? { feed: member, page } : { feed, page: `${sectionOf(member)}-${page}` };
}
