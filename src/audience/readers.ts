/** Readers of the feeds: what their software tells of itself, and how often it polls. No clock, nobody's address. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { ReaderRoom } from "./reader-room.ts";
import { feedId, firstRow, optional, rows } from "../rows.ts";

/** Polls of one feed, in one format, by one kind of software. */
export type Sighting = {
  feed: FeedId;
  format: string;
  /** A name of a closed table: never a text of the client's own. */
  agent: string;
  /** The number of subscribers that the software told last. */
  subscribers: number | undefined;
  /** The last poll. */
  seen: Instant;
  requests: number;
  /** Those of the requests that were conditional. */
  conditional: number;
};

/** The same, as it adds up. */
export type Reader = Sighting;

/** The place of a reader in the list. */
export type Place = { feed: string; format: string; agent: string };

/** The subscribers of a feed of which one kind of software tells, over all formats. */
export type Subscribers = Pick<Reader, "feed" | "agent"> & { subscribers: number };

/**
 * All unions of sections together, as software that nobody knows polls them: anybody can make up unions and names without
 * end. No section has an empty name, so that this is no feed's id.
 */
export const UNIONS: FeedId = "section:+";

// Closer than this to the one before, a sighting isn't noted, whichever isolate it comes from.
const NOTE_MILLISECONDS = 3_600_000;
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;
// Past so many polls the former ones count half, so that the share is that of the latest.
const MAX_REQUESTS = 1000;
// The most rows that one question about feeds gets.
const MAX_SUMS = 10_000;

const ReaderRow = v.object({
  feed: feedId,
  format: v.string(),
  agent: v.string(),
  subscribers: optional(v.number()),
  seen: v.number(),
  requests: v.number(),
  conditional: v.number(),
});

const SubscribersRow = v.object({
  feed: feedId,
  agent: v.string(),
  subscribers: v.number(),
});

export class Readers {
  readonly #sql: SqlStorage;
  readonly #room: ReaderRoom;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#room = new ReaderRoom(sql);
  }

  /**
   * Notes polls, each feed's by each software in each format at most once an hour.
   * @returns for each sighting, in their order, whether it was noted
   */
  note(sightings: readonly Sighting[], now: Instant): boolean[] {
    const noted = sightings.map((sighting) => this.#noteOne(sighting));
    if (noted.includes(true)) this.#room.expire(now - KEPT_MILLISECONDS);
    return noted;
  }

  /**
   * The readers of the last thirty days, by feed, format and name: of one feed, or of all.
   * @param after the place of the last one that is known already
   */
  list(feed: string | undefined, after: Place | undefined, limit: number, now: Instant): Reader[] {
    return rows(
      this.#sql,
      ReaderRow,
      `SELECT * FROM reader WHERE (feed, format, agent) > (?, ?, ?) ${feed === undefined ? "" : "AND feed = ?"}
       AND seen > ? ORDER BY feed, format, agent LIMIT +?`,
      after?.feed ?? "",
      after?.format ?? "",
      after?.agent ?? "",
      ...(feed === undefined ? [] : [feed]),
      now - KEPT_MILLISECONDS,
      limit,
    );
  }

  /** The subscribers of some feeds by their readers of the last thirty days: by feed and by name. */
  subscribers(feeds: readonly FeedId[], now: Instant): Subscribers[] {
    return rows(
      this.#sql,
      SubscribersRow,
      `SELECT feed, agent, sum(coalesce(subscribers, 0)) AS subscribers FROM reader
       WHERE feed IN (SELECT value FROM json_each(?)) AND seen > ? GROUP BY feed, agent LIMIT +?`,
      JSON.stringify(feeds),
      now - KEPT_MILLISECONDS,
      MAX_SUMS,
    );
  }

  #noteOne({ feed, format, agent, subscribers, seen, requests, conditional }: Sighting): boolean {
    const known = firstRow(
      this.#sql,
      v.object({ seen: v.number() }),
      "SELECT seen FROM reader WHERE feed = ? AND format = ? AND agent = ?",
      feed,
      format,
      agent,
    );
    if (known !== undefined && seen - known.seen < NOTE_MILLISECONDS) return false;
    if (known === undefined && !this.#room.makeRoom(feed)) return false;
    this.#sql.exec(
      `INSERT INTO reader (feed, format, agent, subscribers, seen, requests, conditional) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (feed, format, agent) DO UPDATE SET
         subscribers = coalesce(excluded.subscribers, subscribers),
         seen = excluded.seen,
         requests = excluded.requests + iif(requests < ${MAX_REQUESTS}, requests, requests / 2),
         conditional = excluded.conditional + iif(requests < ${MAX_REQUESTS}, conditional, conditional / 2)`,
      feed,
      format,
      agent,
      subscribers ?? null,
      seen,
      requests,
      conditional,
    );
    return true;
  }
}
