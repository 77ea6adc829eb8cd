/**
 * The ledger's tables: the truth about articles, revisions and feeds. A ledger's version is the number of the steps that it has
 * had. After a rollback they run again, so that each leaves alone what it finds done.
 */
import { addColumn, dropIfEmpty, type Operation } from "./migration-step.ts";
import { FIRST_STEP, SECOND_STEP, THIRD_STEP } from "./released-steps.ts";

/** Refusals, bounds, and what an upgrade after a rollback needs. */
const FOURTH_STEP: readonly Operation[] = [
  // Whether an earlier release has written to KV in its own way: then all is written again.
  addColumn("filing", "rewrites INTEGER NOT NULL DEFAULT 0"),
  // The last feed that was written again.
  addColumn("filing", "feed TEXT"),
  `
    -- What was refused: counted, bounded, and with ids of articles and tokens that exist only.
    CREATE TABLE IF NOT EXISTS refusal (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      minute INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      result TEXT NOT NULL,
      -- An article's id or "token:<id>".
      subject TEXT,
      count INTEGER NOT NULL,
      UNIQUE (actor, action, result, minute)
    );
    `,
  // When the log was last told how full the storage is.
  addColumn("ledger", "warned INTEGER NOT NULL DEFAULT 0"),
  // Counts an actor's keys, from 1, without a gap; 0 in rows of earlier releases.
  addColumn("repeat", "ordinal INTEGER NOT NULL DEFAULT 0"),
  `
    CREATE INDEX IF NOT EXISTS repeat_by_ordinal ON repeat (actor, ordinal);
    CREATE INDEX IF NOT EXISTS repeat_by_age ON repeat (actor, instant, ordinal);

    -- Articles that readers see are dated apart; one that they don't see takes no time from them. Not UNIQUE: after a rollback
    -- an earlier release gives times by another rule.
    DROP INDEX IF EXISTS article_by_updated;
    CREATE INDEX IF NOT EXISTS public_article_by_updated ON article (updated) WHERE status IN ('published', 'expired');

    -- The feeds that an expired article belonged to: its page goes on naming its authors, its tags and its sections.
    CREATE TABLE IF NOT EXISTS expired (
      feed TEXT NOT NULL,
      article TEXT NOT NULL,
      PRIMARY KEY (feed, article)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS expired_by_article ON expired (article);
    `,
  // How often an article's public record has changed, and the "changed" of the row when this was written: an earlier release,
  // after a rollback, changes the one and not the other.
  addColumn("article", "sequence INTEGER"),
  addColumn("article", "sequenced INTEGER"),
  // The article whose spelling a feed goes by.
  addColumn("feed", "namer TEXT"),
  // The order in which stale keys are written: the urgent before any backlog, and then the few before the many. "urgent" is the
  // last sequence for which somebody waits. A key from before belongs to the backlog until it becomes stale again.
  addColumn("outbox", "rank INTEGER NOT NULL DEFAULT 3"),
  addColumn("outbox", "urgent INTEGER NOT NULL DEFAULT 0"),
  `
    CREATE INDEX IF NOT EXISTS outbox_by_rank ON outbox (rank, due) WHERE sequence > written;
    DROP INDEX IF EXISTS outbox_waiting;
    -- What may be forgotten, once its pace is over.
    CREATE INDEX IF NOT EXISTS outbox_written ON outbox (due) WHERE sequence <= written;

    -- Sections and authors in the order in which they came, which is that of the pages of their lists; "active" is the time of
    -- the newest article, null when there is none.
    CREATE TABLE IF NOT EXISTS listing (
      kind TEXT NOT NULL,
      number INTEGER NOT NULL,
      feed TEXT NOT NULL,
      title TEXT NOT NULL,
      active INTEGER,
      PRIMARY KEY (kind, number)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX IF NOT EXISTS listing_by_feed ON listing (feed);
    CREATE INDEX IF NOT EXISTS listing_by_active ON listing (kind, active, number) WHERE active IS NOT NULL;

    -- Articles of a copy whose last revision isn't in: which revisions wait for it, and when the last of them came.
    CREATE TABLE IF NOT EXISTS copied_article (
      id TEXT PRIMARY KEY,
      guid TEXT NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      arrived INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS copied_article_by_arrived ON copied_article (arrived);
    -- Those revisions, as "revision" holds them later.
    CREATE TABLE IF NOT EXISTS copied_revision (
      article TEXT NOT NULL,
      revision INTEGER NOT NULL,
      piece INTEGER NOT NULL,
      digest TEXT,
      record TEXT NOT NULL,
      PRIMARY KEY (article, revision, piece)
    ) WITHOUT ROWID;
    `,
];

/** What the hub is to be told: of feeds, and of what happened to articles. An event's number is never given twice. */
const SIXTH_STEP: readonly Operation[] = [
  `
    CREATE TABLE IF NOT EXISTS notice (
      -- 1 where an article was taken away from the feed's readers.
      recall INTEGER NOT NULL,
      feed TEXT NOT NULL,
      changes INTEGER NOT NULL,
      PRIMARY KEY (recall, feed)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS event (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      instant INTEGER NOT NULL,
      kind TEXT NOT NULL,
      article TEXT NOT NULL,
      revision INTEGER NOT NULL
    );
    `,
];

/** The readers belong to the Audience: where the ledger has some, the table stays until they are handed over. */
const FIFTH_STEP: readonly Operation[] = [dropIfEmpty("reader")];

/** Kept pictures: their records, what uses them, and what is to be done in R2. */
const SEVENTH_STEP: readonly Operation[] = [
  // The address of its picture; none for an article until it is written again.
  addColumn("article", "image TEXT"),
  `
    CREATE TABLE IF NOT EXISTS media (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      length INTEGER NOT NULL,
      -- As JSON: [{"type":"image/webp","width":400,"height":300,"length":12345}].
      sizes TEXT NOT NULL,
      created INTEGER NOT NULL,
      alt TEXT,
      caption TEXT,
      credit TEXT,
      licence TEXT,
      -- 0 where a copy has told of it, and nobody has uploaded its bytes here yet.
      kept INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS media_by_created ON media (created, id);

    -- Which articles use a picture in their present revision, but for withdrawn ones.
    CREATE TABLE IF NOT EXISTS media_use (
      media TEXT NOT NULL,
      article TEXT NOT NULL,
      PRIMARY KEY (media, article)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS media_use_by_article ON media_use (article);

    -- Uploads that are writing files to R2, and when each began: what a crash leaves of one is removed.
    CREATE TABLE IF NOT EXISTS media_upload (
      upload TEXT PRIMARY KEY,
      id TEXT NOT NULL,
      type TEXT NOT NULL,
      began INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS media_upload_by_began ON media_upload (began);

    -- Pictures whose files are to be removed from R2, from the instant "due".
    CREATE TABLE IF NOT EXISTS media_removal (
      id TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      due INTEGER NOT NULL,
      attempts INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS media_removal_by_due ON media_removal (due);
    `,
];

export const STEPS = [
  FIRST_STEP,
  SECOND_STEP,
  THIRD_STEP,
  FOURTH_STEP,
  FIFTH_STEP,
  SIXTH_STEP,
  SEVENTH_STEP,
] as const;

/** From this version of the ledger on, no step adds what the backfill makes: a walk through the archive would find nothing to do. */
export const REFILED_VERSION = 5;
