/** The third release’s step from the second one’s ledger: copied from it, and never to be changed. */

/** Adds archive pages, the state of the backfill (`filing`) and the readers. */
export const THIRD_STEP = `
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
`;
