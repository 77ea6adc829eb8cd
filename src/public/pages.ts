/** Pages for people: a topic, an article, a problem type; their style and icon. */
import { type FeedId, sectionFeed } from "../article/feed-id.ts";
import type { Article, Tombstone } from "../article/article.ts";
import { isId } from "../article/identity.ts";
import { WHOLE } from "../feed/addresses.ts";
import { describeFeed, titleOf } from "../feed/description.ts";
import { feedDocument } from "../feed/feed.ts";
import { PAGE_CACHING, DEPLOYMENT_CACHING } from "../http/caching.ts";
import { isProblemCode, PROBLEMS, Refusal } from "../http/problems.ts";
import { articlePage, feedsOfArticle } from "../pages/article-page.tsx";
import { problemPage } from "../pages/notice-page.tsx";
import { favicon } from "../pages/head/favicon.tsx";
import { styleSheet } from "../pages/style/style-sheet.ts";
import { topicPage } from "../pages/topic-page.tsx";
import { type Edition, UNWRITTEN } from "../store/edition.ts";
import { articleKey, windowKey } from "../store/keys.ts";
import { readArticleOrTombstone } from "../store/records.ts";
import { pageFields } from "./alternate-links.ts";
import { type PublicDoor, type PublicHandler, readsOf } from "./door.ts";
import { subscription } from "./feed-source.ts";
import { goneResponse } from "./notices.ts";
import { itemsOf, newestOf, sectionsOf, type Surrounding, variantOf } from "./surroundings.ts";

// What most documents here have in common.
const PAGE = { mediaType: "text/html", fields: () => PAGE_CACHING };

/**
 * GET /sections/:name and the like: the page of a topic, which is what a feed gathers by.
 * @param feedOf takes the segment `:name`, percent-decoded; returns undefined where it can name no feed
 */
export function showTopic(door: PublicDoor, feedOf: (name: string) => FeedId | undefined): PublicHandler {
  const { site } = door;
  return async (c) => {
    const feed = feedOf(c.req.param("name") ?? "");
    if (feed === undefined) throw new Refusal("not-found");
    const now = Date.now();
    const reads = readsOf(c, door.cache, now);
    const source = await subscription(reads, site, feed, WHOLE, now);
    if (source === undefined || source.isNameless) throw new Refusal("not-found");
    // The page tells the edition that it shows.
    const [{ edition, detail, values, decode }, sections] = await Promise.all([
      source.load(),
      sectionsOf(reads, site),
    ]);
    return door.documents.respond(c.req.raw, now, {
      ...PAGE,
      name: source.name,
      edition,
      values: [...values, sections.value],
      variant: variantOf("topic", detail, sections.digest),
      fields: () => pageFields(site, [{ feed, title: describeFeed(site, feed, decode().window).title }]),
      render: () => {
        const { window, shape } = decode();
        return topicPage(site, {
          feed,
          title: titleOf(site, feed, window),
          document: feedDocument(site, feed, window, edition, shape),
          navigation: sections.shown,
          archive: shape.previous,
        });
      },
    });
  };
}

// Of each edition of a public article, its first section: a 304 needs no more of it.
const firstSections = new WeakMap<Edition, { section: string | undefined }>();

const NOTHING: Surrounding<readonly never[]> = { shown: [], digest: "", value: {} };

/** GET /articles/:id; 410 for one that was withdrawn. */
export function showArticle(door: PublicDoor): PublicHandler {
  const { site } = door;
  return async (c) => {
    const id = c.req.param("id") ?? "";
    if (!isId(id)) throw new Refusal("not-found");
    const now = Date.now();
    const key = articleKey(id);
    const reads = readsOf(c, door.cache, now);
    const value = await reads.latest(key);
    const { edition, text } = value;
    let decoded: Article | Tombstone | undefined;
    const decode = (): Article | Tombstone | undefined => {
      decoded ??= text === undefined ? undefined : readArticleOrTombstone(text, key);
      return decoded;
    };
    const article = (): Article => {
      const record = decode();
      if (record === undefined || "withdrawn" in record) throw new Refusal("not-found");
      return record;
    };
    let first = firstSections.get(edition);
    if (first === undefined) {
      const record = decode();
      if (record !== undefined && "withdrawn" in record) return goneResponse(door, reads, record);
      first = { section: article().sections[0]?.id };
      firstSections.set(edition, first);
    }
    const { section } = first;
    const [sections, more] = await Promise.all([
      sectionsOf(reads, site),
      section === undefined ? NOTHING : newestOf(reads, windowKey(sectionFeed(section)), id),
    ]);
    return door.documents.respond(c.req.raw, now, {
      ...PAGE,
      name: key,
      edition,
      values: [value, sections.value, more.value],
      variant: variantOf("article", sections.digest, more.digest),
      fields: () => pageFields(site, feedsOfArticle(site, article())),
      render: () =>
        articlePage(site, article(), { navigation: sections.shown, more: itemsOf(site, more.shown) }),
    });
  };
}

/** GET /problems/:code: the meaning of a problem's `type` (RFC 9457, section 3.1.1). */
export function showProblem(door: PublicDoor): PublicHandler {
  const { site } = door;
  return async (c) => {
    const code = c.req.param("code") ?? "";
    if (!isProblemCode(code)) throw new Refusal("not-found");
    const [status, title, meaning] = PROBLEMS[code];
    const now = Date.now();
    const sections = await sectionsOf(readsOf(c, door.cache, now), site);
    return door.documents.respond(c.req.raw, now, {
      ...PAGE,
      name: `problem ${code}`,
      edition: UNWRITTEN,
      values: [sections.value],
      variant: variantOf("problem", sections.digest),
      render: () => problemPage(site, { status, title, meaning }, { navigation: sections.shown }),
    });
  };
}

/** GET /style.css. */
export function serveStyle(door: PublicDoor): PublicHandler {
  return (c) =>
    door.documents.respond(c.req.raw, Date.now(), {
      ...PAGE,
      name: "style",
      edition: UNWRITTEN,
      values: [],
      variant: "style",
      mediaType: "text/css",
      render: () => styleSheet(door.site),
    });
}

/** GET /favicon.svg. */
export function serveFavicon(door: PublicDoor): PublicHandler {
  return (c) =>
    door.documents.respond(c.req.raw, Date.now(), {
      ...PAGE,
      name: "favicon",
      edition: UNWRITTEN,
      values: [],
      variant: "favicon",
      mediaType: "image/svg+xml",
      fields: () => DEPLOYMENT_CACHING,
      render: () => favicon(door.site),
    });
}
