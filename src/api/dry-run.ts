/** What would be published, before it is: an article in each format, and what aggregators would say. Pure. */
import * as v from "valibot";
import type { Article, Instant } from "../article/article.ts";
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

/** @param now what "the past" and "two days old" are measured by; nothing in the renderings is taken from it */
export function dryRun(site: Site, article: Article, now: Instant): DryRunResult {
  const edition = { epoch: "0", sequence: 1, changed: article.updated };
  const document = feedDocument(site, "all", { version: 1, articles: [article], withdrawn: [] }, edition);
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

/** What every aggregator would say of an article. */
export function verdictsOn(site: Site, article: Article, now: Instant): Verdict[] {
  return lint(feedItem(site, article), site, now);
}

/** From the first `start` to the last `end`: a feed of one item has no other. */
function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.lastIndexOf(end);
  return from < 0 || to < from ? "" : text.slice(from, to + end.length);
}

function itemOf(feed: string): string {
  const { items } = v.parse(v.object({ items: v.array(v.unknown()) }), JSON.parse(feed));
  return JSON.stringify(items[0], undefined, 2);
}
