/**
 * Notes for the hub: which feeds have changed, and what happened to articles. Where nobody can subscribe to feeds, those aren't
 * noted. To run in a transaction. No KV, no clock.
 */
import * as v from "valibot";
import type { Article, Instant } from "../../article/article.ts";
import { EVENT_KINDS, type EventKind } from "../../article/event.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { feedId, isAnyRow, rows } from "../../rows.ts";
import type { FeedChange } from "../messages.ts";

const NoticeRow = v.pipe(
  v.object({ feed: feedId, recall: v.number(), changes: v.number() }),
  v.transform(({ feed, recall, changes }): Notice => ({ feed, isRecall: recall === 1, changes })),
);

/** A change of which the hub is to be told, and how often it was noted since the hub was told last. */
export type Notice = FeedChange & { changes: number };

const EventRow = v.object({
  number: v.number(),
  instant: v.number(),
  kind: v.picklist(EVENT_KINDS),
  article: v.string(),
  revision: v.number(),
});

/** An event of an article, as the ledger notes it. `number` counts the events. */
export type EventRow = v.InferOutput<typeof EventRow>;

// Of an event at an instant: readers don't have its article yet. A key that was written a moment ago waits for its pace alone, and one
// that readers don't see any more has nothing for them.
const IS_BEFORE_KV = `EXISTS (SELECT 1 FROM outbox JOIN article ON article.id = event.article
  WHERE outbox.key = 'article:' || event.article AND outbox.sequence > outbox.written
  AND (outbox.written = 0 OR outbox.attempts > 0 OR outbox.due <= ?1) AND article.status IN ('published', 'expired'))`;

export class HubNotes {
  readonly #sql: SqlStorage;
  readonly #hasSubscribers: boolean;

  /** @param hasSubscribers whether feeds can be subscribed to */
  constructor(sql: SqlStorage, hasSubscribers: boolean) {
    this.#sql = sql;
    this.#hasSubscribers = hasSubscribers;
  }

  /** Notes that KV has a new window of a feed. */
  written(feed: FeedId): void {
    this.#note(feed, false);
  }

  /** Notes that an article was taken away from the readers of these feeds: the hub learns it before KV has their windows. */
  recall(feeds: Iterable<FeedId>): void {
    for (const feed of feeds) this.#note(feed, true);
  }

  /** Notes what happened to an article. */
  event(kind: EventKind, { id, revision }: Pick<Article, "id" | "revision">, now: Instant): void {
    this.#sql.exec(
      "INSERT INTO event (instant, kind, article, revision) VALUES (?, ?, ?, ?)",
      now,
      kind,
      id,
      revision,
    );
  }

  /** Some of the feeds of which the hub is to be told. */
  notices(which: "recalls" | "all", limit: number): Notice[] {
    const statement =
      "SELECT feed, recall, changes FROM notice WHERE recall >= ? ORDER BY recall DESC, feed LIMIT +?";
    return rows(this.#sql, NoticeRow, statement, Number(which === "recalls"), limit);
  }

  /** Removes notices that the hub has; one that was noted again since stays. */
  removeNotices(notices: readonly Notice[]): void {
    for (const { feed, isRecall, changes } of notices) {
      this.#sql.exec(
        "DELETE FROM notice WHERE recall = ? AND feed = ? AND changes = ?",
        Number(isRecall),
        feed,
        changes,
      );
    }
  }

  /** The events that the hub hasn't got and whose articles KV has, the earliest first. */
  events(limit: number, now: Instant): EventRow[] {
    return rows(
      this.#sql,
      EventRow,
      `SELECT number, instant, kind, article, revision FROM event WHERE NOT ${IS_BEFORE_KV} ORDER BY number LIMIT +?2`,
      now,
      limit,
    );
  }

  /** Removes events that the hub has. */
  removeEvents(events: readonly Pick<EventRow, "number">[]): void {
    const numbers = JSON.stringify(events.map(({ number }) => number));
    this.#sql.exec("DELETE FROM event WHERE number IN (SELECT value FROM json_each(?))", numbers);
  }

  /** Whether there is anything of which the hub can be told now. */
  isAny(now: Instant): boolean {
    return (
      isAnyRow(this.#sql, "SELECT feed FROM notice LIMIT 1") ||
      isAnyRow(this.#sql, `SELECT number FROM event WHERE NOT ${IS_BEFORE_KV} LIMIT 1`, now)
    );
  }

  #note(feed: FeedId, isRecall: boolean): void {
    if (!this.#hasSubscribers) return;
    this.#sql.exec(
      `INSERT INTO notice (recall, feed, changes) VALUES (?, ?, 1)
       ON CONFLICT (recall, feed) DO UPDATE SET changes = changes + 1`,
      Number(isRecall),
      feed,
    );
  }
}
