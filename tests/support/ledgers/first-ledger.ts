/** A ledger as the first release wrote it: its schema, copied and never to be changed, and a small newsroom in it. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { anArticle } from "../stories/article.ts";
import { desk } from "../newsroom.ts";

export const FIRST_SCHEMA = `
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
`;

export const EPOCH = "f1r57abc";
export const NOON = Date.parse("2031-11-24T12:00:00Z");
export const EMBARGO = NOON + 60_000;

export const bridge = anArticle({
  published: NOON - 3000,
  updated: NOON - 2000,
  changed: NOON - 2000,
  revision: 2,
  authors: [{ name: "José Roe" }],
  tags: ["Harbour"],
});
const gone = anArticle({
  id: "gone",
  guid: "tag:gazette.example,2031-11-24:gone",
  headline: "Gone",
  status: "withdrawn",
  revision: 2,
  published: NOON - 5000,
  updated: NOON - 5000,
  changed: NOON - 1000,
});
const fall = anArticle({
  id: "fall",
  guid: "tag:gazette.example,2031-11-24:fall",
  headline: "Ministry falls",
  status: "scheduled",
  published: EMBARGO,
  updated: EMBARGO,
});

/** SHA-256 of the draft that `wire()` made in the first release: the document of the bridge's present revision. */
export const DIGEST = "f8728ea8d8c93056410f748377281dca02eb4cde9fc6b014e4b528568bd3d561";

export const ARTICLES = [bridge, gone, fall];
export const REVISIONS = [
  { ...bridge, revision: 1, headline: "Harbour bridge closes" },
  bridge,
  { ...gone, revision: 1, status: "published" },
  gone,
  fall,
];
const AUDIT = [
  [NOON - 3000, "created", "harbour-bridge", null, 1],
  [NOON - 2000, "revised", "harbour-bridge", 1, 2],
  [NOON - 1000, "withdrawn", "gone", 1, 2],
] as const;
const FEEDS = ["all", "section:politics"];
const STALE = ["article:harbour-bridge", "article:gone", ...FEEDS.map((feed) => `window:${feed}`), "site"];

/** Replaces the Desk's ledger with the first release's, and restarts the Desk: its next request finds that ledger. */
export async function startFromFirstLedger(): Promise<void> {
  await runInDurableObject(desk(), async (_instance, { storage }) => {
    await storage.deleteAll();
    storage.sql.exec("CREATE TABLE ledger (version INTEGER NOT NULL, epoch TEXT NOT NULL)");
    storage.sql.exec("INSERT INTO ledger (version, epoch) VALUES (1, ?)", EPOCH);
    storage.sql.exec(FIRST_SCHEMA);
    fill(storage.sql);
  });
  await evictDurableObject(desk());
}

/** Writes the newsroom as the first release wrote it. */
export function fill(sql: SqlStorage): void {
  for (const { id, guid, revision, status, headline, sections, published, updated, changed } of ARTICLES) {
    sql.exec(
      "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      id,
      guid,
      revision,
      status,
      headline,
      JSON.stringify(sections),
      published,
      updated,
      changed,
      Number(status !== "scheduled"),
    );
  }
  for (const article of REVISIONS) {
    const { id, revision } = article;
    const digest = article === bridge ? DIGEST : null;
    sql.exec("INSERT INTO revision VALUES (?, ?, 0, ?, ?)", id, revision, digest, JSON.stringify(article));
  }
  for (const feed of FEEDS) {
    sql.exec("INSERT INTO entry VALUES (?, ?, ?)", feed, bridge.published, bridge.id);
    sql.exec("INSERT INTO tombstone VALUES (?, ?, ?)", feed, gone.changed, gone.id);
    sql.exec("INSERT INTO feed VALUES (?, ?, 1, 4, 4, ?)", feed, feed === "all" ? "" : "Politics", NOON);
  }
  for (const key of STALE) sql.exec("INSERT INTO outbox VALUES (?, 2, 1, 0, 0)", key);
  for (const row of AUDIT) {
    sql.exec(
      `INSERT INTO audit (instant, actor, action, article, from_revision, to_revision)
       VALUES (?, 'EDITOR_TOKEN', ?, ?, ?, ?)`,
      ...row,
    );
  }
  sql.exec("INSERT INTO counter VALUES ('site', 4)");
}
