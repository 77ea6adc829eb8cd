/** The ledger's tables: the truth about articles, revisions and feeds. Migrates itself, step by step, once each. */

const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE article (
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
  CREATE INDEX article_by_published ON article (published, id);
  CREATE UNIQUE INDEX article_by_updated ON article (updated);
  CREATE INDEX article_scheduled ON article (published) WHERE status = 'scheduled';

  -- A row holds at most 2 MB, so a long record lies in several pieces; nearly all have one.
  CREATE TABLE revision (
    article TEXT NOT NULL,
    revision INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    digest TEXT,
    record TEXT NOT NULL,
    PRIMARY KEY (article, revision, piece)
  ) WITHOUT ROWID;
  CREATE INDEX revision_by_digest ON revision (digest) WHERE digest IS NOT NULL;

  -- What each feed shows, in its order. Scheduled and withdrawn articles have no entries.
  CREATE TABLE entry (
    feed TEXT NOT NULL,
    published INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (feed, published, article)
  ) WITHOUT ROWID;

  -- What was withdrawn from each feed, and when.
  CREATE TABLE tombstone (
    feed TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (feed, withdrawn, article)
  ) WITHOUT ROWID;

  -- "changed" belongs to the edition whose sequence is "stamped": it is given when the window is written.
  CREATE TABLE feed (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    count INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    stamped INTEGER NOT NULL,
    changed INTEGER NOT NULL
  ) WITHOUT ROWID;

  -- KV keys that are to be written: those whose "sequence" is ahead of "written", from the instant "due".
  CREATE TABLE outbox (
    key TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,
    written INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL
  ) WITHOUT ROWID;

  CREATE INDEX outbox_waiting ON outbox (due) WHERE sequence > written;

  CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    instant INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    article TEXT NOT NULL,
    from_revision INTEGER,
    to_revision INTEGER NOT NULL
  );

  CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
  `,
  `
  ALTER TABLE article ADD COLUMN expires INTEGER;
  -- Why it was withdrawn.
  ALTER TABLE article ADD COLUMN reason TEXT;
  CREATE INDEX article_by_status ON article (status, published, id);
  DROP INDEX article_scheduled;
  -- With the status, so that it is the better one of two for whoever asks what expires next.
  CREATE INDEX article_expiring ON article (status, expires) WHERE expires IS NOT NULL;
  CREATE UNIQUE INDEX article_by_guid ON article (guid);
  CREATE INDEX tombstone_by_article ON tombstone (article);

  -- Who may do what. A token itself is nowhere: "digest" is its SHA-256.
  CREATE TABLE token (
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
  CREATE TABLE repeat (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    instant INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (actor, key)
  ) WITHOUT ROWID;
  CREATE INDEX repeat_by_instant ON repeat (instant);

  ALTER TABLE audit RENAME TO audit_of_articles;
  -- "subject" is an article's id or "token:<id>".
  CREATE TABLE audit (
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
  INSERT INTO audit (number, instant, actor, action, subject, from_revision, to_revision, result)
    SELECT number, instant, actor, action, article, from_revision, to_revision, 'done' FROM audit_of_articles;
  DROP TABLE audit_of_articles;
  CREATE INDEX audit_by_subject ON audit (subject, number);
  CREATE INDEX audit_by_actor ON audit (actor, number);
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'The audit is append-only'); END;
  CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'The audit is append-only'); END;
  -- INSERT OR REPLACE deletes a row without a word to the trigger above.
  CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'The audit is append-only'); END;
  `,
  `
  ALTER TABLE article ADD COLUMN language TEXT;
  -- Its canonical address, where that is on another site.
  ALTER TABLE article ADD COLUMN link TEXT;

  -- On which archive page of its feed an article stands, for good: 0 until it is on one. "length" is its record's.
  ALTER TABLE entry ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE entry ADD COLUMN length INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX entry_by_article ON entry (article);
  -- With the length, so that a page is weighed by its index alone.
  CREATE INDEX entry_by_page ON entry (feed, page, length);

  -- A feed's newest archive page.
  ALTER TABLE feed ADD COLUMN page INTEGER NOT NULL DEFAULT 0;

  -- The editions of archive pages, as a feed's, and how many articles ever came onto each.
  CREATE TABLE page (
    feed TEXT NOT NULL,
    number INTEGER NOT NULL,
    arrivals INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    stamped INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (feed, number)
  ) WITHOUT ROWID;

  -- Which feeds there are to be, and how far the articles have been filed under them: "done" once under all.
  CREATE TABLE filing (definition TEXT NOT NULL, published INTEGER NOT NULL, article TEXT NOT NULL, done INTEGER NOT NULL);

  -- Who polls: what the last User-Agent told, and what was counted.
  CREATE TABLE reader (
    feed TEXT NOT NULL,
    format TEXT NOT NULL,
    agent TEXT NOT NULL,
    subscribers INTEGER,
    seen INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    conditional INTEGER NOT NULL,
    PRIMARY KEY (feed, format, agent)
  ) WITHOUT ROWID;
  CREATE INDEX reader_by_seen ON reader (seen);
  `,
];

/**
 * Brings the ledger to the present schema.
 * @param epoch names this life of the ledger; kept only by a ledger that is new
 * @returns the ledger's epoch
 */
export function migrate(storage: DurableObjectStorage, epoch: string): string {
  return storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec("CREATE TABLE IF NOT EXISTS ledger (version INTEGER NOT NULL, epoch TEXT NOT NULL)");
    const [row] = sql.exec<{ version: number; epoch: string }>("SELECT version, epoch FROM ledger").toArray();
    if (row === undefined) sql.exec("INSERT INTO ledger (version, epoch) VALUES (0, ?)", epoch);
    for (const statements of MIGRATIONS.slice(row?.version ?? 0)) sql.exec(statements);
    sql.exec("UPDATE ledger SET version = ?", MIGRATIONS.length);
    return row?.epoch ?? epoch;
  });
}
