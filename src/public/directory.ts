/** The directory over HTTP: the list of all feeds for people, as OPML, and for sitemaps. */
import type { Site } from "../article/site.ts";
import { readerLines } from "../audience/reader-lines.ts";
import { theAudience } from "../audience/stub.ts";
import type { Authenticator } from "../auth/authenticate.ts";
import { type FeedGroup, feedGroups } from "../feed/directory.ts";
import { EDITOR_CACHING, FEED_CACHING } from "../http/caching.ts";
import { Refusal } from "../http/problems.ts";
import type { UndatedDocument } from "../http/undated-documents.ts";
import { theHub } from "../hub/stub.ts";
import { loadSubscriptionCounts } from "../hub/subscription-counts.ts";
import { feedsPage, type PartnerFile } from "../pages/feeds-page.tsx";
import { namesPage } from "../pages/names-page.tsx";
import { wholeSite } from "../pages/parts/alternates.ts";
import { type Navigation, navigationOf } from "../pages/parts/navigation.ts";
import { renderOpml } from "../render/opml.ts";
import { reasonOf, report } from "../report.ts";
import { readAuthors, readList, readSite } from "../store/directory.ts";
import type { Edition, VersionedValue } from "../store/edition.ts";
import { AUTHORS_KEY, listKey, type ListedKind, SITE_KEY } from "../store/keys.ts";
import type { KvReads } from "../store/read/kv-reads.ts";
import { pageFields } from "./alternate-links.ts";
import { sectionsOf, variantOf } from "./surroundings.ts";
import { type PublicContext, type PublicDoor, type PublicHandler, readsOf } from "./door.ts";
import { PARTNERS } from "./partners.ts";

/** The listed feeds: two records, of which `authors` is the sequence of the second. */
export type Directory = {
  edition: Edition;
  authors: number;
  values: readonly VersionedValue[];
  read: () => FeedGroup[];
  /** The sections in the masthead. */
  navigation: () => Navigation;
  /** How many lists hold all names of a kind. */
  listCounts: () => Record<ListedKind, number>;
};

// The header fields that tell an editor from a visitor.
const CREDENTIALS = "Authorization, Cf-Access-Jwt-Assertion, Cookie";

const PARTNER_FILES: readonly PartnerFile[] = PARTNERS.map(({ file, aggregator }) => ({
  file,
  name: aggregator.name,
}));

/** Reads what is listed. */
export async function latestDirectory(reads: KvReads, site: Site): Promise<Directory> {
  const [sections, authors] = await Promise.all([reads.latest(SITE_KEY), reads.latest(AUTHORS_KEY)]);
  return {
    edition: sections.edition,
    authors: authors.edition.sequence,
    values: [sections, authors],
    read: () => feedGroups(site, readSite(sections.text), readAuthors(authors.text)),
    navigation: () => navigationOf(site, readSite(sections.text)),
    listCounts: () => ({
      section: readSite(sections.text).pages ?? 0,
      author: readAuthors(authors.text).pages ?? 0,
    }),
  };
}

/** GET /feeds; an editor who is signed in sees who reads each feed as well. */
export function showFeeds(door: PublicDoor, authenticator: Authenticator): PublicHandler {
  const { site } = door;
  return async (c) => {
    if ((await authenticator.authenticateOptional(c.req.raw, c.env)) !== undefined)
      return showFeedsToEditor(door, c);
    return respond(door, c, ({ read, navigation }) => ({
      variant: "feeds",
      mediaType: "text/html",
      vary: CREDENTIALS,
      fields: () => pageFields(site, [wholeSite(site)]),
      render: () => feedsPage(site, read(), PARTNER_FILES, undefined, navigation()),
    }));
  };
}

async function showFeedsToEditor({ site, cache }: PublicDoor, c: PublicContext): Promise<Response> {
  const directory = await latestDirectory(readsOf(c, cache, Date.now()), site);
  const groups = directory.read();
  const feeds = groups.flatMap((group) => group.feeds.map(({ id }) => id));
  const [subscribers, pushes] = await Promise.all([
    theAudience(c.env)
      .subscribers(feeds)
      .catch((thrown: unknown) => report("readers-not-read", { reason: reasonOf(thrown) })),
    loadSubscriptionCounts(site, theHub(c.env)),
  ]);
  const lines = readerLines(subscribers ?? [], pushes);
  const page = feedsPage(site, groups, PARTNER_FILES, lines, directory.navigation());
  return c.html(page, 200, { ...EDITOR_CACHING, Vary: CREDENTIALS });
}

/** GET /sections, /authors, and the lists that follow, `:number`: all names, in the order in which they came. */
export function showNames({ site, cache, documents }: PublicDoor, kind: ListedKind): PublicHandler {
  return async (c) => {
    // The first list has no number in its address, and is there before anything is published.
    const number = numberOf(c.req.param("number") ?? "1");
    if (number === undefined) throw new Refusal("not-found");
    const now = Date.now();
    const key = listKey(kind, number);
    const reads = readsOf(c, cache, now);
    const value = await reads.latest(key);
    const { edition, text } = value;
    if (text === undefined && number > 1) throw new Refusal("not-found");
    const sections = await sectionsOf(reads, site);
    return documents.respond(c.req.raw, now, {
      name: key,
      edition,
      values: [value, sections.value],
      variant: variantOf("names", sections.digest),
      mediaType: "text/html",
      fields: () => pageFields(site, [wholeSite(site)]),
      render: () => namesPage(site, kind, number, readList(text, key), sections.shown),
    });
  };
}

/** GET /feeds.opml, and /.well-known/feeds, where software looks for a list of feeds on any site. */
export function serveOpml(door: PublicDoor): PublicHandler {
  const { site } = door;
  return (c) =>
    respond(door, c, ({ read }) => ({
      variant: "opml",
      mediaType: "text/x-opml",
      fields: () => ({
        ...FEED_CACHING,
        Link: `<${site.url}/feeds.opml>; rel="canonical"`,
        // Any site's scripts may read it, as they may read a feed (Fetch Standard, CORS protocol).
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
      }),
      render: () => renderOpml(site, read()),
    }));
}

async function respond(
  { site, cache, documents }: PublicDoor,
  c: PublicContext,
  shown: (directory: Directory) => Omit<UndatedDocument, "name" | "edition" | "values">,
): Promise<Response> {
  const now = Date.now();
  const directory = await latestDirectory(readsOf(c, cache, now), site);
  const { edition, authors, values } = directory;
  const { variant, ...rest } = shown(directory);
  return documents.respond(c.req.raw, now, {
    ...rest,
    name: "feeds",
    edition,
    values,
    // It shows two records: its entity tag names the editions of both.
    variant: `${variant}-${authors}`,
  });
}

/** The number in a segment of an address; undefined for what is no number in its own spelling. */
export function numberOf(name: string): number | undefined {
  return /^[1-9]\d{0,6}$/.test(name) ? Number(name) : undefined;
}
