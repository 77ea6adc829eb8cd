/** Autodiscovery: the feeds that a page offers, in its head and in its header fields. Pure. */
import type { FeedId } from "../../article/feed-id.ts";
import type { Site } from "../../article/site.ts";
import { feedUrl } from "../../feed/addresses.ts";
import { FORMATS } from "../../render/formats.ts";

/** A feed that a page offers, with the feed's title where it is known. */
export type OfferedFeed = { feed: FeedId; title?: string | undefined };

/** The whole site's feed, which a page without feeds of its own offers. */
export function wholeSite({ title }: Site): OfferedFeed {
  return { feed: "all", title };
}

/** A link to a feed in one format; `href` is absolute. */
export type Alternate = { href: string; type: string; title?: string | undefined };

/** Links to every format of each feed, one feed after the other. */
export function alternates(site: Site, feeds: readonly OfferedFeed[]): Alternate[] {
  return feeds.flatMap(({ feed, title }) =>
    FORMATS.map(({ format, name, mediaType }) => ({
      href: feedUrl(site, feed, format),
      type: mediaType,
      title: title === undefined ? undefined : `${title} (${name})`,
    })),
  );
}
