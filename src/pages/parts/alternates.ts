/** The feeds that belong to a page: what autodiscovery offers, in the page and in its header fields. Pure. */
import type { FeedId } from "../../article/feed-id.ts";
import type { Site } from "../../article/site.ts";
import { feedUrl } from "../../feed/addresses.ts";
import { FORMATS } from "../../render/formats.ts";

/** A feed that a page offers, by its title. */
export type OfferedFeed = { feed: FeedId; title: string };

/** The feed of everything, which a page offers that has none of its own. */
export function wholeSite({ title }: Site): OfferedFeed {
  return { feed: "all", title };
}

/** A link to a feed in one format; `href` is absolute. */
export type Alternate = { href: string; type: string; title: string };

/** Every format of each feed, the formats of a feed together. */
export function alternates(site: Site, feeds: readonly OfferedFeed[]): Alternate[] {
  return feeds.flatMap(({ feed, title }) =>
    FORMATS.map(({ format, name, mediaType }) => ({
      href: feedUrl(site, feed, format),
      type: mediaType,
      title: `${title} (${name})`,
    })),
  );
}
