/**
 * Projection: makes the value that a KV key should have now, from the ledger. All values of the readers' side are made here. It
 * changes nothing but the dates of editions. No KV, no clock.
 */
import type { Instant, Tombstone } from "../../article/article.ts";
import { bytesOf, isTitle, MAX_HEADLINE } from "../../article/bounds.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { NEWS_SITEMAP_MAX_ARTICLES } from "../../article/partner-limits.ts";
import { fitting, MAX_WITHDRAWN_BYTES, roomBeside } from "../../article/weight.ts";
import { report } from "../../report.ts";
import type { ArchivePage } from "../../store/archive-page.ts";
import {
  type AuthorsRecord,
  type ListRecord,
  NEWS_MILLISECONDS,
  type NewsRecord,
  type SiteRecord,
} from "../../store/directory.ts";
import type { Edition } from "../../store/edition.ts";
import { articleKey, listKey, pageKey, parseKey, windowKey } from "../../store/keys.ts";
import type { Window } from "../../store/records.ts";
import { pagesOfSitemap, type SitemapRecord } from "../../store/sitemap.ts";
import type { DatedSequence } from "../ledger/edition-date.ts";
import type { ArticleRow } from "../ledger/article-row.ts";
import type { Counter } from "../ledger/counters.ts";
import { fittingList, MAX_VALUE_BYTES } from "./fitting-list.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { hasRecord } from "../ledger/sequence.ts";
import { type WindowRecord, WindowRecords } from "./window-records.ts";

/** A value with its edition, or undefined where the key should not exist. */
export type Projected = { text: string; edition: Edition } | undefined;

export class Projection {
  readonly #ledger: Ledger;
  readonly #windowRecords: WindowRecords;
  readonly #epoch: string;

  constructor(ledger: Ledger, epoch: string) {
    this.#ledger = ledger;
    this.#windowRecords = new WindowRecords(ledger.revisions);
    this.#epoch = epoch;
  }

  /**
   * @param key one of store/keys.ts
   * @param now when the write starts
   * @param isRetry whether it failed before
   */
  value(key: string, now: Instant, isRetry: boolean): Projected {
    const subject = parseKey(key);
    switch (subject.kind) {
      case "article":
        return this.#article(subject.id);
      case "window":
        return this.#window(subject.feed, this.#ledger.feeds.stampEdition(subject.feed, now, isRetry));
      case "page":
        return this.#page(subject.feed, subject.number, now, isRetry);
      case "sitemap":
        return this.#sitemap(subject.number);
      case "site":
        return this.#listing("site", this.#ledger.directory.sections());
      case "authors":
        return this.#listing("authors", this.#ledger.directory.authors());
      case "list": {
        const { of, number } = subject;
        const page = this.#ledger.directory.page(of, number);
        return page && this.#listing(listKey(of, number), page);
      }
      case "news": {
        const articles = this.#ledger.articles
          .news(now - NEWS_MILLISECONDS, NEWS_SITEMAP_MAX_ARTICLES)
          .filter(({ id, headline }) => headline.length <= MAX_HEADLINE || leaveOut(key, id));
        return this.#listing("news", { version: 1, articles });
      }
    }
  }

  /**
   * The present window of a feed, before KV has it. Its edition is dated as by a write that starts now; one that a backlog writes
   * later gets its date then. Undefined where there is no such feed.
   */
  window(feed: FeedId, now: Instant): Projected {
    const { feeds, outbox } = this.#ledger;
    if (feeds.find(feed) === undefined) return undefined;
    const isLater = outbox.isInBacklog(windowKey(feed));
    return this.#window(feed, isLater ? feeds.edition(feed, now) : feeds.stampEdition(feed, now));
  }

  /** The keys of the articles and of the archive page to which the value of a key links by itself. */
  linked(key: string): string[] {
    const { feedEntries, archivePages } = this.#ledger;
    const subject = parseKey(key);
    if (subject.kind === "page")
      return feedEntries.onPage(subject.feed, subject.number).map(({ id }) => articleKey(id));
    if (subject.kind !== "window") return [];
    const shown = feedEntries.shown(subject.feed).map(({ id }) => articleKey(id));
    const newest = archivePages.newest(subject.feed);
    if (newest === 0) return shown;
    return [...shown, pageKey(subject.feed, newest)];
  }

  #article(id: string): Projected {
    const row = this.#ledger.articles.find(id);
    if (row === undefined || !hasRecord(row)) return undefined;
    const edition = { epoch: this.#epoch, sequence: row.sequence, changed: 0 };
    if (row.status !== "withdrawn") {
      const text = this.#ledger.revisions.record(row);
      return bytesOf(text) <= MAX_VALUE_BYTES || leaveOut(articleKey(id), id) ? { text, edition } : undefined;
    }
    return { text: JSON.stringify(tombstoneOf(row)), edition };
  }

  #window(feed: FeedId, dated: DatedSequence): Projected {
    const { feeds, archivePages, tombstones, expiries } = this.#ledger;
    const edition = { epoch: this.#epoch, ...dated };
    const key = windowKey(feed);
    const withdrawn = JSON.stringify(
      fittingList(key, tombstones.of(feed, edition.changed), MAX_WITHDRAWN_BYTES),
    );
    const room = roomBeside(bytesOf(withdrawn));
    const { shown, tooHeavy, isCut } = fitting(this.#windowRecordsOf(feed), ({ weight }) => weight, room);
    if (tooHeavy.length > 0) leaveOut(key, tooHeavy.map(({ id }) => id).join(" "));
    const newest = archivePages.newest(feed);
    const { title, count } = feeds.find(feed) ?? { title: "", count: 0 };
    const isKept = shown.length === 0 && (count > 0 || expiries.isAny(feed));
    const rest: Pick<Window, "title" | "isKept" | "isCut" | "archive"> = {
      title: (shown.length > 0 || isKept) && isTitle(title) ? title : undefined,
      ...(isKept && { isKept }),
      ...(isCut && { isCut }),
      archive: newest > 0 ? { newest, arrivals: archivePages.arrivals(feed, newest) } : undefined,
    };
    const members = JSON.stringify(rest).slice(1, -1);
    const records = shown.map(({ text }) => text).join(",");
    return {
      text: `{"version":1,"articles":[${records}],"withdrawn":${withdrawn}${members === "" ? "" : `,${members}`}}`,
      edition,
    };
  }

  /** The records of a feed's newest articles, as far as its window takes them. */
  *#windowRecordsOf(feed: FeedId): Generator<WindowRecord> {
    for (const entry of this.#ledger.feedEntries.shown(feed)) {
      const record = this.#windowRecords.of(entry);
      if (record !== undefined) yield record;
    }
  }

  #page(feed: FeedId, number: number, now: Instant, isRetry: boolean): Projected {
    const { feedEntries, archivePages } = this.#ledger;
    const stamped = archivePages.stampEdition(feed, number, now, isRetry);
    if (stamped === undefined) return undefined;
    const newest = archivePages.newest(feed);
    const page: ArchivePage = {
      version: 1,
      articles: feedEntries
        .onPage(feed, number)
        .map(({ id, sequence, updated }) => ({ id, sequence, updated })),
      arrivals: archivePages.arrivals(feed, number),
      isFull: number < newest,
      isFollowed: number + 1 < newest,
    };
    return { text: JSON.stringify(page), edition: { epoch: this.#epoch, ...stamped } };
  }

  #sitemap(number: number): Projected {
    const { feedEntries, archivePages } = this.#ledger;
    const newest = archivePages.newest("all");
    const begun = pagesOfSitemap(number).filter((page) => page <= newest);
    const [first] = begun;
    if (first === undefined) return undefined;
    const here = begun
      .flatMap((page) => feedEntries.onPage("all", page))
      .filter(({ link }) => link === undefined);
    const record: SitemapRecord = {
      version: 1,
      articles: here.map(({ id, updated, image }) => ({ id, updated, image })),
    };
    const sequence = archivePages.sequence("all", first, begun.at(-1) ?? first);
    return { text: JSON.stringify(record), edition: { epoch: this.#epoch, sequence, changed: 0 } };
  }

  #listing(counter: Counter, record: SiteRecord | AuthorsRecord | ListRecord | NewsRecord): Projected {
    const edition = { epoch: this.#epoch, sequence: this.#ledger.counters.value(counter), changed: 0 };
    return { text: JSON.stringify(record), edition };
  }
}

/** The public remains of a withdrawn article. */
export function tombstoneOf({
  id,
  guid,
  revision,
  changed,
  reason,
}: Pick<ArticleRow, "id" | "guid" | "revision" | "changed" | "reason">): Tombstone {
  return { version: 1, id, guid, revision, withdrawn: changed, ...(reason !== undefined && { reason }) };
}

/** Says in the log that a value goes without some articles, named by their ids. */
function leaveOut(key: string, articles: string): false {
  report("left-out", { key, articles, reason: "too heavy" });
  return false;
}
