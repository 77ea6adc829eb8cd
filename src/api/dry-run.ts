/** A dry run: an article in each feed format, with the aggregators' verdicts, before it is published. Pure. */
import * as v from "valibot";
import type { Article, Instant } from "../article/article.ts";
import { withExcerpt } from "../article/excerpt.ts";
import type { Site } from "../article/site.ts";
import type { FeedFormat } from "../feed/document.ts";
import { feedDocument, feedItem } from "../feed/feed.ts";
import { lint } from "../lint/lint.ts";
import type { Verdict } from "../lint/verdict.ts";
import { FORMATS } from "../render/formats.ts";

export type DryRunResult = {
  /** The item as each format's feed holds it: `<item>…`, `<entry>…`, a JSON object's text. */
  renderings: Record<FeedFormat, string>;
  verdicts: Verdict[];
};

/** @param now the present instant, by which rules measure an article's age; the renderings don't depend on it */
export function dryRun(site: Site, article: Article, now: Instant): DryRunResult {
  const edition = { epoch: "0", sequence: 1, changed: article.updated };
  const articles = [withExcerpt(article)];
  const document = feedDocument(site, "all", { version: 1, articles, withdrawn: [] }, edition);
  const [rss, atom, json] = (["rss", "atom", "json"] as const).map(
    (format) => FORMATS.find((known) => known.format === format)?.render(document) ?? "",
  );
  return {
    renderings: {
      rss: between(rss ?? "", "<item>", "</item>"),
      atom: between(atom ?? "", "<entry>", "</entry>"),
      json: itemOf(json ?? ""),
    },
    verdicts: verdictsOn(site, article, now),
  };
}

/** The verdict of every aggregator on an article. @param now the present instant */
export function verdictsOn(site: Site, article: Article, now: Instant): Verdict[] {
  return lint(feedItem(site, withExcerpt(article)), site, now);
}

/** The text from the first `start` to the last `end`: of a feed with one item, that item. */
function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.lastIndexOf(end);
  return from < 0 || to < from ? "" : text.slice(from, to + end.length);
}

function itemOf(feed: string): string {
  const { items } = v.parse(v.object({ items: v.array(v.unknown()) }), JSON.parse(feed));
  return JSON.stringify(items[0], undefined, 2);
}
