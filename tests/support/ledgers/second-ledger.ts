/** The second release’s step from the first one’s ledger: copied from it, and never to be changed. */

/** Adds expiry, reasons, tokens and Idempotency-Keys, and makes the audit one of tokens too. */
export const SECOND_STEP = `
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
`;
