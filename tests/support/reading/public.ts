/** The public view: every address that a reader can ask for, the feeds' items, and all that KV holds. */
import { env } from "cloudflare:workers";
import { FEED_FILES, partPath } from "../../../src/feed/addresses.ts";
import { parseKey } from "../../../src/store/keys.ts";
import { get } from "../newsroom.ts";
import { ATOM, named, only, parseXml, texts } from "./xml.ts";

const FEEDS = ["rss.xml", "atom.xml", "feed.json", "feed"];
const LISTS = [
  "/feeds",
  "/feeds.opml",
  "/sitemap.xml",
  "/sitemap-pages.xml",
  "/sitemap-1.xml",
  "/sitemap-sections-1.xml",
  "/sitemap-authors-1.xml",
  "/sections",
  "/authors",
  "/news-sitemap.xml",
];
const TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}";
const CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded";

/**
 * Status, validators and body of every public address of a site with some sections and articles, of every feed and archive page
 * that is stored, and at the end all of KV.
 */
export async function everythingPublic(sections: string[], articles: string[]): Promise<unknown[]> {
  const homes = ["", ...sections.map((section) => `/sections/${section}`)];
  const paths = [
    "/",
    ...sections.map((section) => `/sections/${section}`),
    ...homes.flatMap((home) => FEEDS.map((file) => `${home}/${file}`)),
    ...articles.map((id) => `/articles/${id}`),
    ...LISTS,
    ...(await storedFeeds()),
  ];
  const seen: unknown[] = [];
  for (const path of paths) {
    const response = await get(path);
    const { status, headers } = response;
    seen.push([path, status, headers.get("ETag"), headers.get("Last-Modified"), await response.text()]);
  }
  return [...seen, await everythingInKv()];
}

/** Every key of KV with its value and its edition. */
export async function everythingInKv(): Promise<unknown[]> {
  const keys = await storedKeys();
  return Promise.all(keys.map(async (name) => [name, await env.ARTICLES.getWithMetadata(name)]));
}

/** The path of every feed and of every archive page that KV holds, in each format: sections', authors', tags' and the owner's. */
export async function storedFeeds(): Promise<string[]> {
  return (await storedKeys())
    .map(parseKey)
    .flatMap((key) =>
      Object.values(FEED_FILES).map((file) => {
        if (key.kind === "window") return partPath(key.feed, file);
        if (key.kind === "page") return partPath(key.feed, file, { page: String(key.number) });
        return "";
      }),
    )
    .filter((path) => path !== "");
}

async function storedKeys(): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | null = null; ;) {
    const page: KVNamespaceListResult<unknown> = await env.ARTICLES.list({ cursor });
    found.push(...page.keys.map(({ name }) => name));
    if (page.list_complete) return found;
    cursor = page.cursor;
  }
}

/** An item as any of the three formats gives it; RSS has no time of an update. */
export type Item = { id: string; title: string; html: string; published: number; updated?: number };

/** A feed's items in each of its three formats: of the whole site, or of `/sections/politics`. */
export async function feedItems(home = ""): Promise<{ rss: Item[]; atom: Item[]; json: Item[] }> {
  const [rss = "", atom = "", json = ""] = await Promise.all(
    ["rss.xml", "atom.xml", "feed.json"].map(async (file) => (await get(`${home}/${file}`)).text()),
  );
  return { rss: rssItems(rss), atom: atomItems(atom), json: jsonItems(json) };
}

/** The titles of a feed, which its three formats agree on. */
export async function feedTitles(home = ""): Promise<string[]> {
  const { rss, atom, json } = await feedItems(home);
  const [titles, ...others] = [rss, atom, json].map((items) => items.map(({ title }) => title));
  if (titles === undefined || others.some((other) => other.join("\n") !== titles.join("\n"))) {
    throw new Error(`The formats of ${home}/feed differ`);
  }
  return titles;
}

/** The tombstones of an Atom feed (RFC 6721). */
export async function tombstones(home = ""): Promise<{ ref: string; when: number; comment: string[] }[]> {
  const feed = parseXml(await (await get(`${home}/atom.xml`)).text(), ATOM);
  return named(feed, `${TOMBSTONE}deleted-entry`).map((element) => ({
    ref: element.attributes["ref"] ?? "",
    when: Date.parse(element.attributes["when"] ?? ""),
    comment: texts(element, `${TOMBSTONE}comment`),
  }));
}

function rssItems(text: string): Item[] {
  return named(only(named(parseXml(text), "channel")), "item").map((item) => ({
    id: only(texts(item, "guid")),
    title: only(texts(item, "title")),
    html: only(texts(item, CONTENT)),
    published: Date.parse(only(texts(item, "pubDate"))),
  }));
}

function atomItems(text: string): Item[] {
  return named(parseXml(text, ATOM), "entry").map((entry) => ({
    id: only(texts(entry, "id")),
    title: only(texts(entry, "title")),
    html: only(texts(entry, "content")),
    published: Date.parse(only(texts(entry, "published"))),
    updated: Date.parse(only(texts(entry, "updated"))),
  }));
}

function jsonItems(text: string): Item[] {
  const { items }: { items: Record<string, string>[] } = JSON.parse(text);
  return items.map(({ id = "", title = "", content_html: html = "", date_published, date_modified }) => ({
    id,
    title,
    html,
    published: Date.parse(date_published ?? ""),
    updated: Date.parse(date_modified ?? ""),
  }));
}
