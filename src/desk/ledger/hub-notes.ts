/**
 * Notes for the hub: which feeds have changed, in the outbox, and what happened to articles, in a table of events. Where nobody can
 * subscribe to feeds, those aren't noted. To run in a transaction. No KV, no clock.
 */
import * as v from "valibot";
import type { Article, Instant } from "../../article/article.ts";
import { EVENT_KINDS, type EventKind } from "../../article/event.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { isAnyRow, rows } from "../../rows.ts";
import type { Outbox } from "./outbox.ts";

const EventRow = v.object({
  number: v.number(),
  instant: v.number(),
  kind: v.picklist(EVENT_KINDS),
  article: v.string(),
  revision: v.number(),
});

/** An event of an article, as the ledger notes it. `number` counts the events. */
export type EventRow = v.InferOutput<typeof EventRow>;

export class HubNotes {
  readonly #sql: SqlStorage;
  readonly #outbox: Outbox;
  readonly #hasSubscribers: boolean;

  /** @param hasSubscribers whether feeds can be subscribed to */
  constructor(sql: SqlStorage, outbox: Outbox, hasSubscribers: boolean) {
    this.#sql = sql;
    this.#outbox = outbox;
    this.#hasSubscribers = hasSubscribers;
  }

  /** Notes that KV has a new window of a feed. */
  written(feed: FeedId, now: Instant): void {
    if (this.#hasSubscribers) this.#outbox.addNotice({ feed, isRecall: false }, now);
  }

  /** Notes that an article was taken away from the readers of these feeds: the hub learns it before KV has their windows. */
  recall(feeds: readonly FeedId[], now: Instant): void {
    if (this.#hasSubscribers) for (const feed of feeds) this.#outbox.addNotice({ feed, isRecall: true }, now);
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

  /** The events that the hub hasn't got, the earliest first. */
  events(limit: number): EventRow[] {
    return rows(
      this.#sql,
      EventRow,
      "SELECT number, instant, kind, article, revision FROM event ORDER BY number LIMIT +?",
      limit,
    );
  }

  /** Whether there are events that the hub hasn't got. */
  hasEvents(): boolean {
    return isAnyRow(this.#sql, "SELECT number FROM event LIMIT 1");
  }

  /** Removes the events up to this number: the hub has them. */
  removeEvents(number: number): void {
    this.#sql.exec("DELETE FROM event WHERE number <= ?", number);
  }
}
