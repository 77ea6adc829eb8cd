/** Topics for the hub: the canonical addresses of feeds, and the documents that they serve. */
import { membersOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { partPath, type Variant, WHOLE } from "../feed/addresses.ts";
import { contentFields } from "../http/representation.ts";
import type { Topics } from "../hub/topics.ts";
import { UNWRITTEN, type VersionedValue } from "../store/edition.ts";
import { type Key, windowKey } from "../store/keys.ts";
import type { KvReads } from "../store/read/kv-reads.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { isConceivable } from "./feed-presence.ts";
import { feedRepresentation } from "./feed-representation.ts";
import { FEED_ROUTES, type RequestedFeed } from "./feed-routes.ts";
import { subscription } from "./feed-source.ts";
import { variantOf } from "./variants.ts";

// The folder of a topic and its name, and the last segment.
const TOPIC_PATH = /^(?:\/(sections|feeds|authors|tags)\/([^/]+))?\/([^/]+)$/;

/** Those whose address alone names a document. */
const ROUTES = new Map(
  FEED_ROUTES.filter((route) => !route.isNegotiated).map((route) => [route.path, route]),
);

/** A feed in a form, and the variant of it. */
type Named = RequestedFeed & { variant: Variant };

/** The topics of a site: every feed, variants and unions too, in every form under its canonical address; no archive page. */
export function topicsOf(site: Site): Topics {
  return {
    find: (url) => {
      const named = feedNamed(site, url);
      if (named === undefined) return undefined;
      return { url, feed: named.feed, feeds: membersOf(named.feed), contentType: contentTypeOf(named) };
    },
    isGone: (feed) => !isConceivable(site, feed),
    render: async ({ url, feeds }, windows, now) => {
      const named = feedNamed(site, url);
      if (named === undefined) return undefined;
      const values = new Map(
        feeds.map((feed, index): [Key, VersionedValue | undefined] => [windowKey(feed), windows[index]]),
      );
      const source = await subscription(readsOf(values), site, named.feed, named.variant, now);
      if (source === undefined) return undefined;
      const found = { ...named, source };
      return (await feedRepresentation({ site, build: "" }, now, false, found, named.output).render()).text;
    },
  };
}

/** The feed that a canonical address of this site names; undefined for every other address. */
export function feedNamed(site: Site, url: string): Named | undefined {
  if (!url.startsWith(`${site.url}/`) || canonicalAddress(url, site.itemsPerFeed) !== undefined)
    return undefined;
  const address = url.slice(site.url.length);
  const [path = "", search] = address.split("?", 2);
  const [, folder, name, file] = TOPIC_PATH.exec(path) ?? [];
  const route = ROUTES.get(folder === undefined ? `/${file}` : `/${folder}/:name/${file}`);
  const requested = route?.requestedBy({ name }, new Request(url));
  if (requested === undefined || !isConceivable(site, requested.feed)) return undefined;
  const { feed, output } = requested;
  const variant =
    search === undefined || output.partner !== undefined ? WHOLE : variantOf(`?${search}`, site.itemsPerFeed);
  if (typeof variant === "string") return undefined;
  // The source of a page is no document of its own.
  return partPath(feed, output.file, { variant }) === address ? { ...requested, variant } : undefined;
}

function contentTypeOf({ output }: Named): string {
  return contentFields(output.mediaType, "identity")["Content-Type"] ?? "";
}

/** Reads of values that are at hand. */
function readsOf(values: ReadonlyMap<Key, VersionedValue | undefined>): KvReads {
  const latest = (key: Key): VersionedValue => values.get(key) ?? { edition: UNWRITTEN, text: undefined };
  return { latest, edition: (key) => latest(key).edition, named: none };
}

function none(): Promise<never[]> {
  return Promise.resolve([]);
}
