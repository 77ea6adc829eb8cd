/** Surroundings of the record of a page: the sections in its masthead, and the newest stories of a feed. */
import type { WindowArticle } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { FeedItem } from "../feed/document.ts";
import { feedItem } from "../feed/feed.ts";
import { seriesAmong } from "../pages/front/series.ts";
import { fingerprint } from "../pages/parts/fingerprint.ts";
import { declaredNavigation, type Navigation, navigationOf } from "../pages/parts/navigation.ts";
import { reasonOf, report } from "../report.ts";
import { readSite } from "../store/directory.ts";
import { type Edition, UNWRITTEN, type VersionedValue } from "../store/edition.ts";
import { SITE_KEY, type WindowKey } from "../store/keys.ts";
import { readNewest } from "../store/newest.ts";
import type { KvReads } from "../store/read/kv-reads.ts";

/** A part of a page that comes from another record than the page's own: a page does without one that can't be read. */
export type Surrounding<Shown> = {
  shown: Shown;
  /** Names what is shown, for the entity tag of the page. */
  digest: string;
  /** Whether the record is outdated or couldn't be read: the page has no validators then. */
  value: Pick<VersionedValue, "isOutdated">;
};

/** A story beside a page's own content, and its part of the page's entity tag. */
type Beside = { article: WindowArticle; mark: string; isRepeated: boolean };

const MAX_BESIDE = 4;
// The article itself may be among the newest, and so may several of a routine series.
const DECODED = 9;
const MARK_LENGTH = 8;

const UNREAD = { isOutdated: true } as const;

// Editions are objects that stay the same until another is read: each is decoded once.
const navigations = new WeakMap<Edition, { navigation: Navigation; empty: ReadonlySet<string> }>();
const newest = new WeakMap<Edition, readonly Beside[]>();

/** The masthead's sections, and those of them of which it is known that they have no articles. */
export type Sections = Surrounding<Navigation> & { empty: ReadonlySet<string> };

/** Reads the sections of the masthead; those of the settings alone where they can't be read. */
export async function sectionsOf(reads: KvReads, site: Site): Promise<Sections> {
  try {
    const value = await reads.latest(SITE_KEY);
    const known = navigations.get(value.edition) ?? decodeSections(site, value);
    if (value.edition !== UNWRITTEN) navigations.set(value.edition, known);
    return { shown: known.navigation, digest: known.navigation.digest, value, empty: known.empty };
  } catch (thrown) {
    report("surroundings-not-read", { key: SITE_KEY, reason: reasonOf(thrown) });
    return { shown: declaredNavigation(site), digest: "", value: UNREAD, empty: new Set() };
  }
}

function decodeSections(
  site: Site,
  { text }: VersionedValue,
): { navigation: Navigation; empty: ReadonlySet<string> } {
  const record = readSite(text);
  const counts = new Map(record.sections.map(({ id, count }) => [id, count]));
  // A list of the most active sections says nothing of the others.
  const absent = record.isCut === true ? 1 : 0;
  const empty = site.sections.flatMap(({ id }) => ((counts.get(id) ?? absent) === 0 ? [id] : []));
  return { navigation: navigationOf(site, record), empty: new Set(empty) };
}

/**
 * Reads the newest stories of a feed, of which few are decoded; none where they can't be read.
 * @param without the id of an article that isn't to be among them
 */
export async function newestOf(
  reads: KvReads,
  key: WindowKey,
  without: string,
): Promise<Surrounding<readonly WindowArticle[]>> {
  try {
    const edition = await reads.edition(key);
    const known = newest.get(edition);
    if (known !== undefined) return beside(known, without, {});
    const value = await reads.latest(key);
    const articles = readNewest(value.text, DECODED, key);
    const { repeated } = seriesAmong(articles);
    const decoded = articles.map((article) => ({
      article: withoutBody(article),
      mark: fingerprint(`${article.id} ${article.revision}`).slice(0, MARK_LENGTH),
      isRepeated: repeated.has(article.id),
    }));
    if (value.edition !== UNWRITTEN) newest.set(value.edition, decoded);
    return beside(decoded, without, value);
  } catch (thrown) {
    report("surroundings-not-read", { key, reason: reasonOf(thrown) });
    return { shown: [], digest: "", value: UNREAD };
  }
}

function beside(
  known: readonly Beside[],
  without: string,
  value: Pick<VersionedValue, "isOutdated">,
): Surrounding<readonly WindowArticle[]> {
  const others = known
    .filter(({ article, isRepeated }) => article.id !== without && !isRepeated)
    .slice(0, MAX_BESIDE);
  return {
    shown: others.map(({ article }) => article),
    digest: others.map(({ mark }) => mark).join(""),
    value,
  };
}

/** An article as a teaser needs it: what is kept for long is small. */
function withoutBody(article: WindowArticle): WindowArticle {
  return { ...article, html: "", attachments: [] };
}

/** Stories as a page shows them. */
export function itemsOf(site: Site, articles: readonly WindowArticle[]): FeedItem[] {
  return articles.map((article) => feedItem(site, article));
}

/** Names in an entity tag what a page of this kind shows: `article-5f…-8a…`. */
export function variantOf(kind: string, ...digests: readonly (string | undefined)[]): string {
  return [kind, ...digests.filter((digest) => digest !== undefined && digest !== "")].join("-");
}
