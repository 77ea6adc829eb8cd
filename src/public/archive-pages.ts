/** Archive pages for people: the same pages as the feeds', as HTML. */
import type { FeedId } from "../article/feed-id.ts";
import { archivePath } from "../feed/addresses.ts";
import { titleOf } from "../feed/description.ts";
import { feedDocument } from "../feed/feed.ts";
import { redirectCaching } from "../http/caching.ts";
import { Refusal } from "../http/problems.ts";
import { respond } from "../http/representation.ts";
import { archivePageOf } from "../pages/archive-page.tsx";
import { pageFields } from "./alternate-links.ts";
import { archivePage } from "./archive-source.ts";
import { type PublicDoor, type PublicHandler, readsOf } from "./door.ts";
import { sectionsOf, variantOf } from "./surroundings.ts";

/**
 * GET /archive/:page, /sections/:name/archive/:page and the like.
 * @param feedOf takes the segment `:name`, percent-decoded; returns undefined where it can name no feed
 */
export function showArchive(door: PublicDoor, feedOf: (name: string) => FeedId | undefined): PublicHandler {
  const { site, build, cache } = door;
  return async (c) => {
    const page = c.req.param("page") ?? "";
    const feed = feedOf(c.req.param("name") ?? "");
    if (feed === undefined) throw new Refusal("not-found");
    const now = Date.now();
    const reads = readsOf(c, cache, now);
    const source = await archivePage(reads, site, feed, page);
    if (source === undefined || ("isNameless" in source && source.isNameless)) throw new Refusal("not-found");
    if ("page" in source) {
      const status = source.isForGood ? 301 : 302;
      return new Response(null, {
        status,
        headers: { ...redirectCaching(source.isForGood), Location: archivePath(source) },
      });
    }
    const sections = await sectionsOf(reads, site);
    const representation = {
      name: source.name,
      edition: source.edition,
      // The sections in the masthead change without the page.
      lastModified: undefined,
      isOutdated: source.isOutdated || sections.value.isOutdated === true,
      variant: variantOf("archive", source.detail, sections.digest),
      build,
      mediaType: "text/html",
      // The page alone names no author and no tag, and for a 304 none of its articles is read.
      fields: () => pageFields(site, [{ feed }]),
      render: async () => {
        const { isProvisional, decode } = await source.load();
        const { window, shape } = decode();
        const text = archivePageOf(site, {
          feed,
          title: titleOf(site, feed, window),
          section: source.member === feed ? undefined : titleOf(site, source.member, window),
          page,
          number: source.number,
          document: feedDocument(site, feed, window, source.edition, shape),
          older: shape.previous,
          newer: shape.next,
          navigation: sections.shown,
        });
        return { text, isProvisional };
      },
    };
    return respond(c.req.raw, representation, cache, now);
  };
}
