/** Pages for people: the front page, a topic, an article, a problem type; their style and icon. */
import type { FeedId } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import { listPath, WHOLE } from "../feed/addresses.ts";
import { describeFeed, titleOf } from "../feed/description.ts";
import { listedSections } from "../feed/directory.ts";
import { feedDocument } from "../feed/feed.ts";
import { BRIEF_CACHING, PAGE_CACHING, REDIRECT_CACHING } from "../http/caching.ts";
import { isProblemCode, PROBLEMS, Refusal } from "../http/problems.ts";
import { articlePage, feedsOfArticle } from "../pages/article-page.tsx";
import { homePage } from "../pages/home-page.tsx";
import { problemPage, withdrawnPage } from "../pages/notice-page.tsx";
import { wholeSite } from "../pages/parts/alternates.ts";
import { favicon } from "../pages/parts/favicon.tsx";
import { STYLE } from "../pages/parts/style.ts";
import { topicPage } from "../pages/topic-page.tsx";
import { readSite } from "../store/directory.ts";
import { UNWRITTEN } from "../store/edition.ts";
import { articleKey, SITE_KEY, windowKey } from "../store/keys.ts";
import { readArticleOrTombstone, readWindow } from "../store/records.ts";
import { pageFields } from "./alternate-links.ts";
import { type PublicDoor, type PublicHandler, readsOf } from "./door.ts";
import { subscription } from "./feed-source.ts";

// What most documents here have in common.
const PAGE = { mediaType: "text/html", fields: () => PAGE_CACHING };

/** GET /: the newest articles, and the sections. */
export function showHome(door: PublicDoor): PublicHandler {
  const { site } = door;
  return async (c) => {
    const now = Date.now();
    const reads = readsOf(c, door.cache, now);
    const [window, sections] = await Promise.all([reads.latest(windowKey("all")), reads.latest(SITE_KEY)]);
    return door.documents.respond(c.req.raw, now, {
      ...PAGE,
      name: windowKey("all"),
      edition: window.edition,
      values: [window, sections],
      // The front page shows two records: its tag names the editions of both.
      variant: `home-${sections.edition.sequence}`,
      fields: () => pageFields(site, [wholeSite(site)]),
      render: () => {
        const record = readSite(sections.text);
        return homePage(
          site,
          feedDocument(site, "all", readWindow(window.text, windowKey("all")), window.edition),
          listedSections(site, record),
          record.isCut === true ? listPath("section", 1) : undefined,
        );
      },
    });
  };
}

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
    const source = await subscription(readsOf(c, door.cache, now), site, feed, WHOLE, now);
    if (source === undefined || source.isNameless) throw new Refusal("not-found");
    // The page tells the edition that it shows.
    const { edition, detail, values, decode } = await source.load();
    return door.documents.respond(c.req.raw, now, {
      ...PAGE,
      name: source.name,
      edition,
      values,
      variant: detail === undefined ? "topic" : `topic-${detail}`,
      fields: () => pageFields(site, [{ feed, title: describeFeed(site, feed, decode().window).title }]),
      render: () => {
        const { window, shape } = decode();
        const document = feedDocument(site, feed, window, edition, shape);
        return topicPage(site, feed, titleOf(site, feed, window), document);
      },
    });
  };
}

/** GET /articles/:id; 410 for one that was withdrawn. */
export function showArticle(door: PublicDoor): PublicHandler {
  const { site } = door;
  return async (c) => {
    const id = c.req.param("id") ?? "";
    if (!isId(id)) throw new Refusal("not-found");
    const now = Date.now();
    const key = articleKey(id);
    const value = await readsOf(c, door.cache, now).latest(key);
    const { edition, text } = value;
    const record = text === undefined ? undefined : readArticleOrTombstone(text, key);
    if (record === undefined) throw new Refusal("not-found");
    if ("withdrawn" in record) return c.html(withdrawnPage(site, record), 410, { ...BRIEF_CACHING });
    return door.documents.respond(c.req.raw, now, {
      ...PAGE,
      name: key,
      edition,
      values: [value],
      variant: "article",
      fields: () => pageFields(site, feedsOfArticle(site, record)),
      render: () => articlePage(site, record),
    });
  };
}

/** GET /problems/:code: the meaning of a problem's `type` (RFC 9457, section 3.1.1). */
export function showProblem(door: PublicDoor): PublicHandler {
  return (c) => {
    const code = c.req.param("code") ?? "";
    if (!isProblemCode(code)) throw new Refusal("not-found");
    const [status, title, meaning] = PROBLEMS[code];
    return door.documents.respond(c.req.raw, Date.now(), {
      ...PAGE,
      name: `problem ${code}`,
      edition: UNWRITTEN,
      values: [],
      variant: "problem",
      render: () => problemPage(door.site, status, title, meaning),
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
      render: () => STYLE,
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
      fields: () => REDIRECT_CACHING,
      render: () => favicon(door.site),
    });
}
