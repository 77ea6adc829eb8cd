/** Articles in Dateline's own JSON: times as RFC 3339, with the public address. Pure. */
import type { Image, Instant, Tombstone } from "../article/article.ts";
import { formatInstant } from "../article/instant.ts";
import type { Site } from "../article/site.ts";
import { articleUrl } from "../feed/addresses.ts";
import { type ItemImage, itemImage } from "../feed/picture.ts";

type Times = "published" | "updated" | "changed";

/** What the Desk notes of a picture for itself. */
type Digests = "pictured" | "named";

/** An article whole, or as a list shows it. */
type Shown = {
  id: string;
  expires?: Instant | undefined;
  dateline?: Instant | undefined;
  image?: Image | undefined;
  pictured?: string | undefined;
  named?: string | undefined;
} & Record<Times, Instant>;

export type ArticleJson<T extends Shown> = Omit<T, Times | "expires" | "dateline" | Digests> &
  Record<Times, string> & {
    expires?: string | undefined;
    dateline?: string | undefined;
    image?: ItemImage | undefined;
    url: string;
  };

/** An article as the API answers it, and as webhooks carry it. The files of its picture come with their addresses. */
export function articleJson<T extends Shown>(site: Site, article: T): ArticleJson<T> {
  const {
    published,
    updated,
    changed,
    expires,
    dateline,
    pictured: _pictured,
    named: _named,
    ...rest
  } = article;
  const { image } = article;
  return {
    ...rest,
    ...(image !== undefined && { image: itemImage(site, image) }),
    url: articleUrl(site, article.id),
    published: formatInstant(published),
    updated: formatInstant(updated),
    changed: formatInstant(changed),
    ...(dateline !== undefined && { dateline: formatInstant(dateline) }),
    ...(expires !== undefined && { expires: formatInstant(expires) }),
  };
}

export type WithdrawalJson = Pick<Tombstone, "version" | "id" | "guid" | "revision" | "reason"> & {
  status: "withdrawn";
  url: string;
  withdrawn: string;
};

/** A withdrawn article as webhooks carry it: its identity, and nothing that it said. */
export function withdrawalJson(site: Site, tombstone: Tombstone): WithdrawalJson {
  const { version, id, guid, revision, withdrawn, reason } = tombstone;
  return {
    version,
    id,
    guid,
    revision,
    status: "withdrawn",
    url: articleUrl(site, id),
    withdrawn: formatInstant(withdrawn),
    ...(reason !== undefined && { reason }),
  };
}
