/** Archive pages (RFC 5005, section 4): the articles that a page names are read together, each by its own key. */
import { type FeedId, membersOf, sectionOf } from "../article/feed-id.ts";
import type { Article } from "../article/article.ts";
import type { Shape } from "../feed/feed.ts";
import { newestPage } from "../store/archive.ts";
import { type ArchivePage, type PageEntry, readArchivePage } from "../store/archive-page.ts";
import type { Edition, Held } from "../store/edition.ts";
import { articleKey, pageKey } from "../store/keys.ts";
import { readArticleOrTombstone } from "../store/records.ts";
import { readTogether } from "../store/together.ts";
import { exists, latest } from "./reading.ts";
import { openPage, type Reading, type Source, unionArchive, unionPage, windowsOf } from "./source.ts";

/** Which page of which feed's archive, and what of it belongs here. */
type Place = {
  feed: FeedId;
  number: number;
  /** The sections whose pages, in the archive of a union, hold an article instead of this one. */
  without: FeedId[];
  previous: string | undefined;
  /** What leads from a section's first page to the next section's newest changes without this page. */
  isLinkedAcross: boolean;
  nameOf: (page: string) => string;
};

/** A page that has another name by now. */
export type Moved = { page: string; isForGood: boolean };

// A number, and for a page that still takes articles how many have come onto it.
const NAME = /^([1-9]\d{0,8})(?:\.[1-9]\d{0,8})?$/;

const records = new WeakMap<Held, ArchivePage>();

/**
 * A page of a feed's archive.
 * @param page its name in the address: `7`, `7.12`, or `politics-7` for a union's
 * @returns undefined where there is no such page
 */
export async function archivePage(
  reading: Reading,
  feed: FeedId,
  page: string,
): Promise<Source | Moved | undefined> {
  const { c, memory, site, now } = reading;
  if (!(await exists(c, memory, site, feed, now))) return undefined;
  const place = await placeOf(reading, feed, page);
  if (place === undefined) return undefined;
  const key = pageKey(place.feed, place.number);
  const held = await latest(c, memory, key, now);
  if (held.text === undefined) return undefined;
  const record = recordOf(held, held.text, key);
  const { arrivals, isFull } = record;
  const name = isFull ? String(place.number) : openPage({ newest: place.number, arrivals });
  if (place.nameOf(name) !== page) return { page: place.nameOf(name), isForGood: isFull };
  return {
    name: `${key} ${feed}`,
    // A full stop would end the word in an entity tag.
    detail: place.isLinkedAcross ? place.previous?.replace(".", "_") : undefined,
    edition: held.edition,
    lastModified: place.isLinkedAcross ? undefined : held.edition.changed,
    isSettling: false,
    isFull: isFull && !place.isLinkedAcross,
    read: () => readPage(reading, page, place, record, held),
  };
}

/** Decoded once for each reading of KV. */
function recordOf(held: Held, text: string, where: string): ArchivePage {
  const known = records.get(held) ?? readArchivePage(text, where);
  records.set(held, known);
  return known;
}

async function placeOf(reading: Reading, feed: FeedId, page: string): Promise<Place | undefined> {
  const members = membersOf(feed);
  if (members.length === 1) {
    const number = numberOf(page);
    if (number === undefined) return undefined;
    const previous = number > 1 ? String(number - 1) : undefined;
    return { feed, number, without: [], previous, isLinkedAcross: false, nameOf: (name) => name };
  }
  const end = page.lastIndexOf("-");
  const index = members.findIndex((member) => sectionOf(member) === page.slice(0, end));
  const member = members[index];
  const number = numberOf(page.slice(end + 1));
  if (member === undefined || number === undefined) return undefined;
  const before = members.slice(0, index);
  return {
    feed: member,
    number,
    without: before,
    previous: number > 1 ? unionPage(member, String(number - 1)) : await newestOf(reading, before),
    isLinkedAcross: number === 1 && before.length > 0,
    nameOf: (name) => unionPage(member, name),
  };
}

function numberOf(name: string): number | undefined {
  const [, number] = NAME.exec(name) ?? [];
  return number === undefined ? undefined : Number(number);
}

async function newestOf(reading: Reading, members: FeedId[]): Promise<string | undefined> {
  const held = await windowsOf(reading, members);
  const newest = held.map(({ text }, index) => newestPage(text, `${members[index]}`));
  return unionArchive(members, newest);
}

async function readPage(
  { c }: Reading,
  page: string,
  { number, without, previous, nameOf }: Place,
  record: ArchivePage,
  { edition }: Held,
) {
  const { articles, isWhole } = await readArticles(c.env.ARTICLES, record.articles, edition);
  const hidden = new Set(without.map(sectionOf));
  const shape: Shape = {
    part: { page },
    previous,
    next: record.isFollowed ? nameOf(String(number + 1)) : undefined,
  };
  return {
    window: {
      version: 1 as const,
      articles: articles.filter(({ sections }) => !sections.some(({ id }) => hidden.has(id))),
      withdrawn: [],
    },
    shape,
    isProvisional: !isWhole,
  };
}

/**
 * The articles of a page, in its order; all in one operation (Workers KV reads up to a hundred keys at once).
 * @returns `isWhole`: whether each was found in the edition that the page names, or a later one
 */
async function readArticles(
  kv: KVNamespace,
  entries: readonly PageEntry[],
  page: Edition,
): Promise<{ articles: Article[]; isWhole: boolean }> {
  const held = await readTogether(
    kv,
    entries.map(({ id }) => articleKey(id)),
  );
  let isWhole = true;
  const articles = held.flatMap(({ key, edition, text }, index) => {
    const { sequence = Infinity } = entries[index] ?? {};
    if (edition.epoch !== page.epoch || edition.sequence < sequence) isWhole = false;
    const record = text === undefined ? undefined : readArticleOrTombstone(text, key);
    return record !== undefined && "status" in record && record.status === "published" ? [record] : [];
  });
  return { articles, isWhole };
}
