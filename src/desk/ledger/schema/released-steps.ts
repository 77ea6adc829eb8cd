/** The steps of the schema that are released: they are never changed, and leave alone what they find done. */
import { addColumn, copyRows, moveAway, type Operation } from "./migration-step.ts";

/** Articles, revisions, feeds, the outbox and the audit. */
export const FIRST_STEP: readonly Operation[] = [
  `
    CREATE TABLE IF NOT EXISTS article (
      id TEXT PRIMARY KEY,
      guid TEXT NOT NULL,
      revision INTEGER NOT NULL,
      status TEXT NOT NULL,
      headline TEXT NOT NULL,
      -- As JSON: [{"id":"politics","title":"Politics"}].
      sections TEXT NOT NULL,
      published INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      -- 1 once any reader could have seen it: its withdrawal is then public too.
      seen INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS article_by_published ON article (published, id);
    CREATE UNIQUE INDEX IF NOT EXISTS article_by_updated ON article (updated);
    CREATE INDEX IF NOT EXISTS article_scheduled ON article (published) WHERE status = 'scheduled';

    -- A row holds at most 2 MB, so a long record lies in several pieces; nearly all have one.
    CREATE TABLE IF NOT EXISTS revision (
      article TEXT NOT NULL,
      revision INTEGER NOT NULL,
      piece INTEGER NOT NULL,
      digest TEXT,
      record TEXT NOT NULL,
      PRIMARY KEY (article, revision, piece)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS revision_by_digest ON revision (digest) WHERE digest IS NOT NULL;

    -- What each feed shows, in its order. Scheduled and withdrawn articles have no entries.
    CREATE TABLE IF NOT EXISTS entry (
      feed TEXT NOT NULL,
      published INTEGER NOT NULL,
      article TEXT NOT NULL,
      PRIMARY KEY (feed, published, article)
    ) WITHOUT ROWID;

    -- What was withdrawn from each feed, and when.
    CREATE TABLE IF NOT EXISTS tombstone (
      feed TEXT NOT NULL,
      withdrawn INTEGER NOT NULL,
      article TEXT NOT NULL,
      PRIMARY KEY (feed, withdrawn, article)
    ) WITHOUT ROWID;

    -- "changed" belongs to the edition whose sequence is "stamped": it is given when the window is written.
    CREATE TABLE IF NOT EXISTS feed (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      count INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      stamped INTEGER NOT NULL,
      changed INTEGER NOT NULL
    ) WITHOUT ROWID;

    -- KV keys that are to be written: those whose "sequence" is ahead of "written", from the instant "due".
    CREATE TABLE IF NOT EXISTS outbox (
      key TEXT PRIMARY KEY,
      sequence INTEGER NOT NULL,
      written INTEGER NOT NULL,
      due INTEGER NOT NULL,
      attempts INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (due) WHERE sequence > written;

    CREATE TABLE IF NOT EXISTS audit (
      number INTEGER PRIMARY KEY,
      instant INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      article TEXT NOT NULL,
      from_revision INTEGER,
      to_revision INTEGER NOT NULL
    );

    CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;    `,
];

/** Expiry, reasons, tokens and Idempotency-Keys, and an audit of tokens too. */
export const SECOND_STEP: readonly Operation[] = [
  addColumn("article", "expires INTEGER"),
  // Why it was withdrawn.
  addColumn("article", "reason TEXT"),
  `
    CREATE INDEX IF NOT EXISTS article_by_status ON article (status, published, id);
    DROP INDEX IF EXISTS article_scheduled;
    -- With the status, so that it is the better one of two for whoever asks what expires next.
    CREATE INDEX IF NOT EXISTS article_expiring ON article (status, expires) WHERE expires IS NOT NULL;
    CREATE UNIQUE INDEX IF NOT EXISTS article_by_guid ON article (guid);
    CREATE INDEX IF NOT EXISTS tombstone_by_article ON tombstone (article);

    -- Who may do what. A token itself is nowhere: "digest" is its SHA-256.
    CREATE TABLE IF NOT EXISTS token (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      digest TEXT NOT NULL UNIQUE,
      -- As JSON: ["publish"].
      rights TEXT NOT NULL,
      -- As JSON; null stands for all.
      sections TEXT,
      created INTEGER NOT NULL,
      expires INTEGER,
      revoked INTEGER
    ) WITHOUT ROWID;

    -- What was answered to a request with an Idempotency-Key; "digest" is the request's.
    CREATE TABLE IF NOT EXISTS repeat (
      actor TEXT NOT NULL,
      key TEXT NOT NULL,
      digest TEXT NOT NULL,
      instant INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      PRIMARY KEY (actor, key)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS repeat_by_instant ON repeat (instant);
    `,
  moveAway("audit", "audit_of_articles", "subject"),
  `
    -- "subject" is an article's id or "token:<id>".
    CREATE TABLE IF NOT EXISTS audit (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      instant INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      from_revision INTEGER,
      to_revision INTEGER,
      result TEXT NOT NULL,
      note TEXT
    );
    `,
  copyRows(
    "audit_of_articles",
    `INSERT INTO audit (number, instant, actor, action, subject, from_revision, to_revision, result)
       SELECT number, instant, actor, action, article, from_revision, to_revision, 'done' FROM audit_of_articles
       WHERE number NOT IN (SELECT number FROM audit)`,
  ),
  `
    CREATE INDEX IF NOT EXISTS audit_by_subject ON audit (subject, number);
    CREATE INDEX IF NOT EXISTS audit_by_actor ON audit (actor, number);
    CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'The audit is append-only'); END;
    CREATE TRIGGER IF NOT EXISTS audit_is_not_cut BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'The audit is append-only'); END;
    -- INSERT OR REPLACE deletes a row without a word to the trigger above.
    CREATE TRIGGER IF NOT EXISTS audit_is_not_replaced BEFORE INSERT ON audit
      WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
      BEGIN SELECT RAISE(ABORT, 'The audit is append-only'); END;    `,
];

/** Archive pages, the filing and the readers. */
export const THIRD_STEP: readonly Operation[] = [
  addColumn("article", "language TEXT"),
  // Its canonical address, where that is on another site.
  addColumn("article", "link TEXT"),
  // On which archive page of its feed an article stands, for good: 0 until it is on one.
  addColumn("entry", "page INTEGER NOT NULL DEFAULT 0"),
  // Of its record.
  addColumn("entry", "length INTEGER NOT NULL DEFAULT 0"),
  // A feed's newest archive page.
  addColumn("feed", "page INTEGER NOT NULL DEFAULT 0"),
  `
    CREATE INDEX IF NOT EXISTS entry_by_article ON entry (article);
    -- With the length, so that a page is weighed by its index alone.
    CREATE INDEX IF NOT EXISTS entry_by_page ON entry (feed, page, length);

    -- The editions of archive pages, as a feed's, and how many articles ever came onto each.
    CREATE TABLE IF NOT EXISTS page (
      feed TEXT NOT NULL,
      number INTEGER NOT NULL,
      arrivals INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      stamped INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      PRIMARY KEY (feed, number)
    ) WITHOUT ROWID;

    -- Which feeds there are to be, and how far the articles have been filed under them: "done" once under all.
    CREATE TABLE IF NOT EXISTS filing (definition TEXT NOT NULL, published INTEGER NOT NULL, article TEXT NOT NULL, done INTEGER NOT NULL);

    -- Who polls: what the last User-Agent told, and what was counted.
    CREATE TABLE IF NOT EXISTS reader (
      feed TEXT NOT NULL,
      format TEXT NOT NULL,
      agent TEXT NOT NULL,
      subscribers INTEGER,
      seen INTEGER NOT NULL,
      requests INTEGER NOT NULL,
      conditional INTEGER NOT NULL,
      PRIMARY KEY (feed, format, agent)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS reader_by_seen ON reader (seen);    `,
];
