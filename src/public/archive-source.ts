/** Archive pages (RFC 5005, section 4). A page names its articles; they are read together, each by its own key. */
import { type FeedId, membersOf, sectionOf } from "../article/feed-id.ts";
import type { WindowArticle } from "../article/article.ts";
import { withExcerpt } from "../article/excerpt.ts";
import type { Site } from "../article/site.ts";
import type { ArchivePageId, Shape } from "../feed/feed.ts";
import { type ArchivePage, type PageEntry, readArchivePage } from "../store/archive-page.ts";
import { type Edition, isAnyOutdated, type VersionedValue } from "../store/edition.ts";
import { articleKey, pageKey, windowKey } from "../store/keys.ts";
import type { KvReads } from "../store/read/kv-reads.ts";
import { newestPage, readArticleOrTombstone } from "../store/records.ts";
import { isConceivable, presenceOfFeed } from "./feed-presence.ts";
import { type Content, type Loaded, openPageName, type FeedSource, unionPageId } from "./feed-source.ts";

/** A page of a feed's archive, and what of it belongs to the archive that was asked for. */
type Location = {
  feed: FeedId;
  number: number;
  /** In the archive of a union: the sections before this one, whose pages hold the articles that they share with it. */
  without: FeedId[];
  /** Translates the name of one of the feed's pages into its id in this archive. */
  idOf: (name: string) => ArchivePageId | undefined;
};

/** The source of an archive page: the feed that has the page, which in a union's archive is one of its sections, and its number there. */
export type ArchiveSource = FeedSource & { member: FeedId; number: number };

/** A page that lies under another name, or in another archive. */
export type MovedPage = ArchivePageId & { isForGood: boolean };

// A number; for a page that still takes articles, also how many have come onto it.
const NAME = /^([1-9]\d{0,8})(?:\.[1-9]\d{0,8})?$/;

const records = new WeakMap<VersionedValue, ArchivePage>();

/**
 * Finds a page of a feed's archive. One key is read for its validators, the page's own. Only the first page of a section in the
 * archive of a union needs another: it leads to the newest page of another section, which that section's window names.
 * @param page its name in the address: `7`, `7.12`, or `politics-7` for a union's
 * @returns undefined where there is no such page
 */
export async function archivePage(
  reads: KvReads,
  site: Site,
  feed: FeedId,
  page: string,
): Promise<ArchiveSource | MovedPage | undefined> {
  if (!isConceivable(site, feed)) return undefined;
  const location = locate(feed, page);
  if (location === undefined || "isForGood" in location) return location;
  const key = pageKey(location.feed, location.number);
  const value = await reads.latest(key);
  if (value.text === undefined) return undefined;
  const record = recordOf(value, value.text, key);
  // A page with an article needs no other key: the article names the feed.
  const presence = record.articles.length > 0 ? "named" : await presenceOfFeed(reads, site, feed);
  if (presence === "absent") return undefined;
  const { arrivals, isFull } = record;
  const name = isFull ? String(location.number) : openPageName({ newest: location.number, arrivals });
  const own = location.idOf(name);
  if (own !== undefined && own.page !== page) return { ...own, isForGood: isFull };
  // The link from a section's first page to the next section's newest page changes without this page.
  const isLinkedAcross = location.number === 1 && location.without.length > 0;
  const values = [value];
  const previous = isLinkedAcross
    ? await newestOf(reads, feed, location.without, values)
    : location.number > 1
      ? location.idOf(String(location.number - 1))
      : undefined;
  return {
    name: `${key} ${feed}`,
    member: location.feed,
    number: location.number,
    // A full stop would end the word in an entity tag.
    detail: isLinkedAcross ? previous?.page.replace(".", "_") : undefined,
    edition: value.edition,
    lastModified: isLinkedAcross ? undefined : value.edition.changed,
    isSettling: false,
    isOutdated: isAnyOutdated(values),
    isFull: isFull && !isLinkedAcross,
    isNameless: presence === "nameless",
    load: () => readPage(reads, location, record, value, { part: { page }, previous }),
  };
}

/** Decodes a page once for each read of KV. */
function recordOf(value: VersionedValue, text: string, where: string): ArchivePage {
  const known = records.get(value) ?? readArchivePage(text, where);
  records.set(value, known);
  return known;
}

/** Finds the page that an address names, without reading anything. */
function locate(feed: FeedId, page: string): Location | MovedPage | undefined {
  const members = membersOf(feed);
  const end = page.lastIndexOf("-");
  const name = members.length === 1 ? page : page.slice(end + 1);
  const [, digits] = NAME.exec(name) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  if (members.length === 1) return { feed, number, without: [], idOf: (other) => ({ feed, page: other }) };
  const index = members.findIndex((member) => sectionOf(member) === page.slice(0, end));
  const member = members[index];
  if (member === undefined) return undefined;
  // The first section's pages leave nothing out: they are the section's own, so that caches keep each once.
  if (index === 0) return { feed: member, page: name, isForGood: true };
  const idOf = (other: string): ArchivePageId | undefined => unionPageId(feed, members, index, other);
  return { feed: member, number, without: members.slice(0, index), idOf };
}

/** Finds the newest page of the last section that has one. @param values takes what it read */
async function newestOf(
  reads: KvReads,
  union: FeedId,
  members: readonly FeedId[],
  values: VersionedValue[],
): Promise<ArchivePageId | undefined> {
  for (const [index, member] of [...members.entries()].toReversed()) {
    const value = await reads.latest(windowKey(member));
    values.push(value);
    const newest = newestPage(value.text, member);
    if (newest !== undefined) return unionPageId(union, members, index, openPageName(newest));
  }
  return undefined;
}

async function readPage(
  reads: KvReads,
  { number, without, idOf }: Location,
  record: ArchivePage,
  { edition }: VersionedValue,
  shape: Shape,
): Promise<Loaded> {
  const { articles, isWhole } = await readArticles(reads, record.articles, edition);
  const hidden = new Set(without.map(sectionOf));
  const content: Content = {
    window: {
      version: 1,
      articles: articles.filter(({ sections }) => !sections.some(({ id }) => hidden.has(id))),
      withdrawn: [],
    },
    shape: { ...shape, next: record.isFollowed ? idOf(String(number + 1)) : undefined },
  };
  return { isProvisional: !isWhole, decode: () => content };
}

/**
 * Reads the articles of a page, in its order: from the isolate's cache, the others in one operation (Workers KV reads up to a
 * hundred keys at once).
 * @returns `isWhole`: whether each was found in the edition that the page names
 */
async function readArticles(
  reads: KvReads,
  entries: readonly PageEntry[],
  { epoch }: Edition,
): Promise<{ articles: WindowArticle[]; isWhole: boolean }> {
  const wanted = entries.map(({ id, sequence }) => ({ key: articleKey(id), edition: { epoch, sequence } }));
  const values = await reads.named(wanted);
  let isWhole = true;
  const articles = values.flatMap(({ key, edition, text }, index) => {
    const { sequence } = entries[index] ?? {};
    if (edition.epoch !== epoch || edition.sequence !== sequence) isWhole = false;
    const record = text === undefined ? undefined : readArticleOrTombstone(text, key);
    return record !== undefined && "status" in record && record.status === "published"
      ? [withExcerpt(record)]
      : [];
  });
  return { articles, isWhole };
}
