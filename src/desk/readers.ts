/** Who polls the feeds: what the pollers tell of themselves, and what was counted of them. No clock, nobody's address. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { type FeedId, readFeedId } from "../article/feed-id.ts";

/** Polls of one feed, in one format, by one kind of software. */
export type Sighting = {
  feed: FeedId;
  format: string;
  /** A name of a closed table: never a text of the client's own. */
  agent: string;
  /** How many subscribers the software told last. */
  subscribers: number | undefined;
  /** The last poll. */
  seen: Instant;
  requests: number;
  /** How many of the requests were conditional. */
  conditional: number;
};

/** The same, as it adds up. */
export type Reader = Sighting;

// Closer than this to the one before, a sighting isn't noted, whichever isolate it comes from.
const NOTE_MILLISECONDS = 3_600_000;
const KEPT_MILLISECONDS = 30 * 24 * 3_600_000;
// Requests for every union of sections under every name must not fill the ledger: the longest unseen make room.
const MAX_ROWS = 10_000;
// Past so many polls the former ones count half, so that the share is that of the latest.
const MAX_REQUESTS = 1000;

const ReaderRow = v.pipe(
  v.object({
    feed: v.pipe(v.string(), v.transform(readFeedId)),
    format: v.string(),
    agent: v.string(),
    subscribers: v.nullable(v.number()),
    seen: v.number(),
    requests: v.number(),
    conditional: v.number(),
  }),
  v.transform(({ subscribers, ...row }): Reader => ({ ...row, subscribers: subscribers ?? undefined })),
);

export class Readers {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Notes polls, each feed's by each software in each format at most once an hour.
   * @returns for each sighting, in their order, whether it was noted
   */
  note(sightings: readonly Sighting[], now: Instant): boolean[] {
    const noted = sightings.map((sighting) => this.#noteOne(sighting));
    if (noted.includes(true)) this.#sql.exec("DELETE FROM reader WHERE seen <= ?", now - KEPT_MILLISECONDS);
    return noted;
  }

  /** Who was seen within the last thirty days, by feed and by name: of one feed, or of all. */
  list(feed: string | undefined, now: Instant): Reader[] {
    return this.#sql
      .exec(
        `SELECT * FROM reader WHERE seen > ? AND feed = coalesce(?, feed) ORDER BY feed, agent, format`,
        now - KEPT_MILLISECONDS,
        feed ?? null,
      )
      .toArray()
      .map((row) => v.parse(ReaderRow, row));
  }

  #noteOne({ feed, format, agent, subscribers, seen, requests, conditional }: Sighting): boolean {
    const [known] = this.#sql
      .exec<{ seen: number }>(
        "SELECT seen FROM reader WHERE feed = ? AND format = ? AND agent = ?",
        feed,
        format,
        agent,
      )
      .toArray();
    if (known !== undefined && seen - known.seen < NOTE_MILLISECONDS) return false;
    if (known === undefined) this.#makeRoom();
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

  #makeRoom(): void {
    const { rows } = this.#sql.exec<{ rows: number }>("SELECT count(*) AS rows FROM reader").one();
    if (rows < MAX_ROWS) return;
    this.#sql.exec(
      `DELETE FROM reader WHERE (feed, format, agent) IN (SELECT feed, format, agent FROM reader ORDER BY seen LIMIT ?)`,
      rows - MAX_ROWS + 1,
    );
  }
}
