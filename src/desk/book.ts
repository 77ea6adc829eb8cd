/** The book: the one way in which an article changes. Every entry is to be made in a transaction. No KV, no clock. */
import { type Article, type Instant, isPublic } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { articleKey, SITE_KEY, windowKey } from "../store/keys.ts";
import type { Entry } from "./entry.ts";
import type { Parts } from "./parts.ts";

export type Change<Name extends string> = {
  change: Name;
  /** What the ledger knew of the article; undefined for a new one. */
  before: Entry | undefined;
  article: Article;
  /** Of the draft that the article came from; undefined where an editor handed none in. */
  digest?: string | undefined;
  /** What the ledger lists as `updated` until the next revision, where another article has this one's now. */
  listedUpdated?: Instant | undefined;
  actor: string;
  /** For the audit. */
  note?: string | undefined;
};

export class Book {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Stores an article, moves it between the feeds, notes which KV keys are stale, and writes the audit. */
  enter<Name extends string>(
    entry: Change<Name>,
    now: Instant,
  ): { ok: true; change: Name; article: Article; feeds: FeedId[]; isHidden?: boolean } {
    const { ledger, revisions, feeds, tombstones, outbox, audit } = this.#parts;
    const { change, before, article, digest, listedUpdated = article.updated, actor, note } = entry;
    const shown = before?.status === "published" ? before : undefined;
    const seen = isPublic(article.status) || (before?.seen ?? false);
    ledger.store(article, listedUpdated, seen);
    revisions.store(article, digest);
    const { windows, isSiteChanged } = feeds.move(
      shown,
      article.status === "published" ? article : undefined,
    );
    const announced = article.status === "withdrawn" && shown ? tombstones.bury(shown, article.changed) : [];
    const recalled =
      before?.status === "withdrawn" && article.status !== "withdrawn" ? tombstones.exhume(article.id) : [];
    for (const feed of [...announced, ...recalled]) feeds.raise(feed);
    const changed = [...new Set([...windows, ...announced, ...recalled])];
    if (seen) outbox.add(articleKey(article.id));
    for (const feed of changed) outbox.add(windowKey(feed));
    if (isSiteChanged) outbox.add(SITE_KEY);
    audit.add({
      instant: now,
      actor,
      action: change,
      subject: article.id,
      fromRevision: before?.revision,
      toRevision: article.revision,
      result: "done",
      note,
    });
    const isHidden =
      before !== undefined &&
      isPublic(before.status) &&
      !isPublic(article.status) &&
      article.status !== "withdrawn";
    return { ok: true, change, article, feeds: changed, ...(isHidden && { isHidden }) };
  }
}
