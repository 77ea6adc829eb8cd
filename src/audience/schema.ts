/** The Audience's one table. It has no version: a release that wants another form makes another table. */
export const SCHEMA = `
  -- Who polls: the last number of subscribers, and what was counted.
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
  CREATE INDEX IF NOT EXISTS reader_by_seen ON reader (seen);
`;
