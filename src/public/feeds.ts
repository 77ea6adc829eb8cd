/** Feeds over HTTP: software that polls gets the feed; a person who opens its address in a browser gets a page. */
import type { Next } from "hono";
import type { Instant } from "../article/article.ts";
import type { PollCounter } from "../audience/poll-counter.ts";
import { partPath, WHOLE } from "../feed/addresses.ts";
import { PAGE_CACHING, redirectCaching } from "../http/caching.ts";
import { isNavigation } from "../http/fetch-metadata.ts";
import { Refusal } from "../http/problems.ts";
import { type Representation, respond } from "../http/representation.ts";
import { feedPage } from "../pages/feed-page.tsx";
import { archivePage } from "./archive-source.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { type PublicContext, type PublicDoor, type PublicHandler, readsOf } from "./door.ts";
import { feedRepresentation, type FoundFeed, type Presentation } from "./feed-representation.ts";
import type { FeedRoute } from "./feed-routes.ts";
import { subscription } from "./feed-source.ts";
import type { PollMemo } from "./poll-memo.ts";
import { endOfDay } from "./partners.ts";
import { sectionsOf, variantOf } from "./surroundings.ts";
import { readVariant } from "./variants.ts";

/** The responses to a poll that no feed answers. */
export type NoFeed = {
  /** The redirect to the canonical address. */
  movedTo: (c: PublicContext, address: string) => Promise<Response>;
  /** There is no such feed. */
  notFound: (c: PublicContext) => Promise<Response>;
};

/** Answers a poll; leaves people to `showFeed`. */
export function servePoll(
  door: PublicDoor,
  route: FeedRoute,
  polls: PollCounter,
  memo: PollMemo,
  noFeed: NoFeed,
): (c: PublicContext, next: Next) => Promise<Response | void> {
  return async (c, next) => {
    const request = c.req.raw;
    if (isNavigation(request)) return next();
    const { url } = request;
    const address = canonicalAddress(url, door.site.itemsPerFeed);
    if (address !== undefined) return noFeed.movedTo(c, address);
    const now = Date.now();
    const found = await find(door, c, url, route, now);
    if (found === undefined) return noFeed.notFound(c);
    if (found instanceof Response) return found;
    const { feed, page, output, source } = found;
    const representation = feedRepresentation(door, now, route.isNegotiated, found, output);
    if (page === undefined) {
      polls.count({ feed, format: output.id, headers: request.headers }, c.env, c.executionCtx, now);
    }
    const response = respond(request, representation, door.cache, now);
    const { madeOf } = source;
    if (madeOf !== undefined && !route.isNegotiated) {
      const until = output.partner?.isDated === true ? endOfDay(now) : Infinity;
      const lasting = { ...madeOf, until: Math.min(madeOf.until, until) };
      memo.remember(url, { feed, output, madeOf: lasting, representation }, now);
    }
    return response;
  };
}

/** Shows a feed to a person: as a page, or its source where the page's link asks for it. */
export function showFeed(door: PublicDoor, route: FeedRoute): PublicHandler {
  const { site } = door;
  return async (c) => {
    const now = Date.now();
    const found = await find(door, c, c.req.url, route, now);
    if (found === undefined) throw new Refusal("not-found");
    if (found instanceof Response) return found;
    const { feed, output } = found;
    const { id, render } = output;
    const shownAs = (presentation: Presentation): Representation => {
      const representation = feedRepresentation(door, now, route.isNegotiated, found, presentation);
      // People don't poll, and what was withdrawn leaves a full archive page soon.
      return { ...representation, fields: () => ({ ...representation.fields(), ...PAGE_CACHING }) };
    };
    if (c.req.query("raw") !== undefined) {
      const source = shownAs({ id: `${id}-source`, mediaType: "text/plain", render });
      return respond(c.req.raw, source, door.cache, now);
    }
    const sections = await sectionsOf(readsOf(c, door.cache, now), site);
    const page = shownAs({
      id: variantOf(`${id}-page`, sections.digest),
      mediaType: "text/html",
      render: (document) => feedPage(site, feed, output, document, sections.shown),
    });
    const isOutdated = page.isOutdated || sections.value.isOutdated === true;
    // The sections in the masthead change without the feed: no date tells two such pages apart.
    return respond(c.req.raw, { ...page, isOutdated, lastModified: undefined }, door.cache, now);
  };
}

/**
 * Finds the feed that a request names.
 * @param url of the request, absolute
 * @returns the redirect to its one address, where it was asked for at another; undefined where there is no such feed
 * @throws Refusal "invalid-query"
 */
async function find(
  { site, cache }: PublicDoor,
  c: PublicContext,
  url: string,
  route: FeedRoute,
  now: Instant,
): Promise<FoundFeed | Response | undefined> {
  const requested = route.requestedBy(c.req.param(), c.req.raw);
  if (requested === undefined) return undefined;
  const { feed, page, output } = requested;
  const takesVariant = page === undefined && output.partner === undefined;
  const variant = takesVariant ? readVariant(searchOf(url), site.itemsPerFeed) : WHOLE;
  const reads = readsOf(c, cache, now);
  const source =
    page === undefined
      ? await subscription(reads, site, feed, variant, now)
      : await archivePage(reads, site, feed, page);
  if (source === undefined) return undefined;
  if (!("page" in source)) return { feed, page, output, source, variant };
  return redirect(partPath(source.feed, output.file, source), source.isForGood, cache.date(now));
}

/** The redirect to the one address of an archive page; kept briefly where the page may get another soon. */
function redirect(path: string, isForGood: boolean, date: string): Response {
  return new Response(null, {
    status: isForGood ? 301 : 302,
    headers: {
      ...redirectCaching(isForGood),
      Location: path,
      "Access-Control-Allow-Origin": "*",
      Date: date,
    },
  });
}

function searchOf(url: string): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start);
}
