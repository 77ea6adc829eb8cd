/** Articles in Dateline's own JSON: times as RFC 3339, with the public address. Pure. */
import type { Instant } from "../article/article.ts";
import { formatInstant } from "../article/instant.ts";
import type { Site } from "../article/site.ts";
import { articleUrl } from "../feed/addresses.ts";

type Times = "published" | "updated" | "changed";

/** An article whole, or as a list shows it. */
type Shown = { id: string; expires?: Instant | undefined; dateline?: Instant | undefined } & Record<
  Times,
  Instant
>;

export type ArticleJson<T extends Shown> = Omit<T, Times | "expires" | "dateline"> &
  Record<Times, string> & { expires?: string | undefined; dateline?: string | undefined; url: string };

/** An article as the API answers it, and as webhooks carry it. */
export function articleJson<T extends Shown>(site: Site, article: T): ArticleJson<T> {
  const { published, updated, changed, expires, dateline, ...rest } = article;
  return {
    ...rest,
    url: articleUrl(site, article.id),
    published: formatInstant(published),
    updated: formatInstant(updated),
    changed: formatInstant(changed),
    ...(dateline !== undefined && { dateline: formatInstant(dateline) }),
    ...(expires !== undefined && { expires: formatInstant(expires) }),
  };
}
