/** An article as the ledger and KV hold it. */
import type { Article, WindowArticle } from "../../../src/article/article.ts";
import { withExcerpt } from "../../../src/article/excerpt.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");

/** A published article about a bridge, with the given differences. */
export function anArticle(changes: Partial<Article> = {}): Article {
  return {
    version: 1,
    id: "harbour-bridge",
    guid: "tag:gazette.example,2026-11-04:harbour-bridge",
    revision: 1,
    status: "published",
    sections: [{ id: "politics", title: "Politics" }],
    headline: "Harbour bridge reopens",
    summary: "The bridge is open again.",
    html: "<p>Cars crossed the bridge at noon.</p>",
    text: "Cars crossed the bridge at noon.",
    authors: [],
    tags: [],
    language: "en",
    attachments: [],
    published: NOON,
    updated: NOON + 1000,
    changed: NOON + 2000,
    ...changes,
  };
}

/** The same as windows have it. */
export function aWindowArticle(changes: Partial<Article> = {}): WindowArticle {
  return withExcerpt(anArticle(changes));
}
