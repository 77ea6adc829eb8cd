/** Articles as the editor's API shows them: times as RFC 3339, with the public address. Pure. */
import type { Article, Instant } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { Listed } from "../desk/outcome.ts";
import { articleUrl } from "../feed/addresses.ts";

type Times = "published" | "updated" | "changed";
export type View<T extends Record<Times, Instant>> = Omit<T, Times> & Record<Times, string> & { url: string };

/** @param article whole, or as a list shows it */
export function view<T extends Article | Listed>(site: Site, article: T): View<T> {
  const { published, updated, changed, ...rest } = article;
  return {
    ...rest,
    url: articleUrl(site, article.id),
    published: new Date(published).toISOString(),
    updated: new Date(updated).toISOString(),
    changed: new Date(changed).toISOString(),
  };
}
