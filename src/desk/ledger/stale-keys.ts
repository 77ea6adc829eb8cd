/**
 * Stale keys: the KV keys whose values one transaction changes, for one article or for several. Raises the sequence of each value
 * once, and notes its key in the outbox. Where an edition is given its date in between, the changes after that need another
 * object: they need another edition. To be used in one transaction. No KV, no clock.
 */
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { articleKey, type Key, pageKey, sitemapKey, windowKey } from "../../store/keys.ts";
import { keysOfPage } from "../../store/sitemap.ts";
import { type Counter, keyOfCounter } from "./counters.ts";
import type { Ledger } from "./ledger.ts";
import type { Cause } from "./outbox.ts";

export class StaleKeys {
  readonly #ledger: Pick<Ledger, "feeds" | "archivePages" | "counters" | "outbox">;
  readonly #cause: Cause;
  readonly #now: Instant;
  readonly #feeds = new Set<FeedId>();
  readonly #keys = new Set<Key>();

  constructor(
    ledger: Pick<Ledger, "feeds" | "archivePages" | "counters" | "outbox">,
    cause: Cause,
    now: Instant,
  ) {
    this.#ledger = ledger;
    this.#cause = cause;
    this.#now = now;
  }

  /** Others of the same transaction, for which somebody waits. */
  urgent(): StaleKeys {
    return this.#cause === "urgent" ? this : new StaleKeys(this.#ledger, "urgent", this.#now);
  }

  /** Whether somebody waits for them. */
  isUrgent(): boolean {
    return this.#cause === "urgent";
  }

  /** All of them, each once, in the order in which they became stale. */
  list(): Key[] {
    return [...this.#keys];
  }

  /** The feeds whose windows are stale, in the order in which they became so. */
  feeds(): FeedId[] {
    return [...this.#feeds];
  }

  /** Whether a feed's window is among them. */
  hasWindow(feed: FeedId): boolean {
    return this.#feeds.has(feed);
  }

  /** An article's public record has changed. Its sequence lies in the article's own row. */
  addArticle(id: string): void {
    this.#add(articleKey(id));
  }

  /** A feed shows something else. */
  addWindow(feed: FeedId): void {
    if (this.#feeds.has(feed)) return;
    this.#ledger.feeds.bumpSequence(feed);
    this.#feeds.add(feed);
    this.#add(windowKey(feed));
  }

  /** A window is to be written in another form, which shows readers the same. */
  rewriteWindow(feed: FeedId): void {
    this.#add(windowKey(feed));
  }

  /** An archive page, to which others lead, has changed; and with it the sitemap that lists its articles. */
  addPage(feed: FeedId, number: number): void {
    if (this.#keys.has(pageKey(feed, number))) return;
    this.#ledger.archivePages.bumpSequence(feed, number);
    for (const key of keysOfPage(feed, number)) this.#add(key);
  }

  /** All archive pages of a feed are to be written again. */
  addPages(feed: FeedId): void {
    for (const number of this.#ledger.archivePages.bumpAllSequences(feed))
      for (const key of keysOfPage(feed, number)) this.#add(key);
  }

  /** A sitemap is to be written again. Its sequence is that of its archive pages. */
  addSitemap(number: number): void {
    this.#add(sitemapKey(number));
  }

  /** A record that lists what there is on the site has changed. */
  addListing(counter: Counter): void {
    if (this.#keys.has(keyOfCounter(counter))) return;
    this.#ledger.counters.bumpSequence(counter);
    this.#add(keyOfCounter(counter));
  }

  #add(key: Key): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.#ledger.outbox.add(key, this.#cause, this.#now);
  }
}
