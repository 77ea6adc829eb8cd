/** Articles as the editor's API shows them: times as RFC 3339, with the public address. Pure. */
import type { Article, Instant } from "../article/article.ts";
import { formatInstant } from "../article/instant.ts";
import type { Site } from "../article/site.ts";
import type { Listed } from "../desk/messages.ts";
import { articleUrl } from "../feed/addresses.ts";

type Times = "published" | "updated" | "changed";
export type ArticleJson<T extends Record<Times, Instant>> = Omit<T, Times | "expires" | "dateline"> &
  Record<Times, string> & { expires?: string | undefined; dateline?: string | undefined; url: string };

/** A time in RFC 3339, where there is one. */
export function timeOf(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}

/** An article as the API answers it. @param article whole, or as a list shows it */
export function articleJson<T extends (Article | Listed) & { dateline?: Instant | undefined }>(
  site: Site,
  article: T,
): ArticleJson<T> {
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
