/** Earlier releases: the statements by which each opened a ledger and wrote into it. Never to be changed. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Article } from "../../../src/article/article.ts";
import { slug } from "../../../src/article/identity.ts";
import { anArticle } from "../stories/article.ts";
import { EPOCH, fill, FIRST_SCHEMA } from "./first-ledger.ts";
import { desk } from "../newsroom.ts";
import { SECOND_STEP } from "./second-ledger.ts";
import { THIRD_STEP } from "./third-ledger.ts";

/** By its number. */
export type Release = 1 | 2 | 3;

const STEPS = [FIRST_SCHEMA, SECOND_STEP, THIRD_STEP];

/** A new article that an earlier release published, by an author and with a tag of the fixture. */
export function storyOf(id: string, published: number): Article {
  return anArticle({
    id,
    guid: `tag:gazette.example,2031-11-24:${id}`,
    headline: id,
    authors: [{ name: "José Roe" }],
    tags: ["Harbour"],
    published,
    updated: published,
    changed: published,
  });
}

/**
 * Replaces the Desk's ledger with the first release's newsroom, which the later releases have brought to a release's version.
 * @param work what that release has done since
 */
export async function startFrom(
  release: Release,
  work: (sql: SqlStorage) => void = () => undefined,
): Promise<void> {
  await asEarlier(({ storage: { sql } }) => {
    sql.exec("CREATE TABLE ledger (version INTEGER NOT NULL, epoch TEXT NOT NULL)");
    sql.exec("INSERT INTO ledger (version, epoch) VALUES (1, ?)", EPOCH);
    sql.exec(FIRST_SCHEMA);
    fill(sql);
    migrateAs(release, sql);
    work(sql);
  }, true);
}

/** Opens the ledger with an earlier release and lets it publish, revise and withdraw; the next request finds this release again. */
export async function workAs(release: Release, change: (sql: SqlStorage) => void): Promise<void> {
  await asEarlier(({ storage }) => {
    storage.transactionSync(() => migrateAs(release, storage.sql));
    storage.transactionSync(() => change(storage.sql));
  });
}

/** The first release's KV values of an article: its record with the plain revision, and its list of sections with other feeds in it. */
export async function deliverAsFirst(article: Article): Promise<void> {
  const metadata = { epoch: EPOCH, sequence: article.revision, changed: 0 };
  await env.ARTICLES.put(`article:${article.id}`, JSON.stringify(article), { metadata });
  const site = { version: 1, sections: [{ id: "ose-roe", title: "José Roe", count: 1 }] };
  await env.ARTICLES.put("site", JSON.stringify(site), { metadata });
  await env.ARTICLES.put("window:all", '{"version":1,"articles":[],"withdrawn":[]}', { metadata });
}

/** Enters a new article, a revision, or a withdrawal. @param before the article's present record */
export function enter(
  release: Release,
  sql: SqlStorage,
  article: Article,
  before: Article | undefined,
  action: string,
): void {
  storeArticle(release, sql, article);
  sql.exec(
    `INSERT INTO revision (article, revision, piece, digest, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (article, revision, piece) DO UPDATE SET record = excluded.record`,
    article.id,
    article.revision,
    0,
    null,
    JSON.stringify(article),
  );
  move(release, sql, article, before);
  note(release, sql, article, before, action);
}

async function asEarlier(run: (state: DurableObjectState) => void, isNew = false): Promise<void> {
  await runInDurableObject(desk(), async (_instance, state) => {
    if (isNew) await state.storage.deleteAll();
    run(state);
  });
  await evictDurableObject(desk());
}

/** Every release up to the third sets the version to its own, whatever it found. */
function migrateAs(release: Release, sql: SqlStorage): void {
  const { version } = sql.exec<{ version: number }>("SELECT version FROM ledger").one();
  for (const statements of STEPS.slice(version, release)) sql.exec(statements);
  sql.exec("UPDATE ledger SET version = ?", release);
}

function storeArticle(release: Release, sql: SqlStorage, article: Article): void {
  const { id, guid, revision, status, headline, sections, published, updated, changed } = article;
  const added: [string, string | number | null][] = [
    ["expires", article.expires ?? null],
    ["reason", article.reason ?? null],
    ["language", article.language],
    ["link", article.link ?? null],
  ];
  const own = added.slice(0, [0, 2, 4][release - 1]);
  const columns = ["revision", "status", "headline", "sections", "published", "updated", "changed", "seen"];
  const all = [...columns, ...own.map(([name]) => name)];
  sql.exec(
    `INSERT INTO article (id, guid, ${all.join(", ")}) VALUES (?, ?, ${all.map(() => "?").join(", ")})
     ON CONFLICT (id) DO UPDATE SET ${all.map((name) => `${name} = excluded.${name}`).join(", ")}`,
    id,
    guid,
    revision,
    status,
    headline,
    JSON.stringify(sections),
    published,
    updated,
    changed,
    1,
    ...own.map(([, value]) => value),
  );
}

/** The first two releases knew the whole site's feed and those of sections; the third works as this one does. */
function feedsAs(release: Release, { sections, authors, tags }: Article): [string, string][] {
  return [
    ["all", ""],
    ...sections.map(({ id, title }): [string, string] => [`section:${id}`, title]),
    ...(release < 3
      ? []
      : [
          ...authors.map(({ name }): [string, string] => [`author:${slug(name)}`, name]),
          ...tags.map((tag): [string, string] => [`tag:${slug(tag)}`, tag]),
        ]),
  ];
}

function move(release: Release, sql: SqlStorage, article: Article, before: Article | undefined): void {
  const left = before?.status === "published" ? feedsAs(release, before) : [];
  const entered = article.status === "published" ? feedsAs(release, article) : [];
  const enteredIds = new Set(entered.map(([feed]) => feed));
  const leftIds = new Set(left.map(([feed]) => feed));
  for (const [feed] of left.filter(([id]) => !enteredIds.has(id))) {
    sql.exec("UPDATE feed SET count = count - 1 WHERE id = ?", feed);
    sql.exec(
      "DELETE FROM entry WHERE feed = ? AND published = ? AND article = ?",
      feed,
      article.published,
      article.id,
    );
    if (article.status === "withdrawn") {
      sql.exec(
        "INSERT INTO tombstone (feed, withdrawn, article) VALUES (?, ?, ?)",
        feed,
        article.changed,
        article.id,
      );
    }
  }
  for (const [feed, title] of entered.filter(([id]) => !leftIds.has(id))) {
    sql.exec(
      `INSERT INTO feed (id, title, count, sequence, stamped, changed) VALUES (?, ?, 1, 0, 0, 0)
       ON CONFLICT (id) DO UPDATE SET count = count + 1, title = excluded.title`,
      feed,
      title,
    );
    sql.exec(
      "INSERT INTO entry (feed, published, article) VALUES (?, ?, ?)",
      feed,
      article.published,
      article.id,
    );
    if (release === 3) place(sql, feed, article);
  }
  for (const [feed] of [...left, ...entered]) {
    sql.exec("UPDATE feed SET sequence = sequence + 1 WHERE id = ?", feed);
    if (release === 3)
      sql.exec("UPDATE page SET sequence = sequence + 1 WHERE feed = ? AND number = 1", feed);
    stale(sql, `window:${feed}`);
    if (release === 3) stale(sql, `page:${feed}:1`);
  }
  stale(sql, `article:${article.id}`);
  sql.exec(
    `INSERT INTO counter (name, value) VALUES ('site', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1`,
  );
  stale(sql, "site");
}

/** Puts an article onto the first archive page of a feed. */
function place(sql: SqlStorage, feed: string, { id, published }: Article): void {
  sql.exec("UPDATE feed SET page = max(page, ?) WHERE id = ?", 1, feed);
  sql.exec(
    "UPDATE entry SET page = ?, length = ? WHERE feed = ? AND published = ? AND article = ?",
    1,
    500,
    feed,
    published,
    id,
  );
  sql.exec(
    `INSERT INTO page (feed, number, arrivals, sequence, stamped, changed) VALUES (?, ?, 0, 1, 0, 0)
     ON CONFLICT (feed, number) DO UPDATE SET sequence = sequence + 1`,
    feed,
    1,
  );
  sql.exec("UPDATE page SET arrivals = arrivals + 1 WHERE feed = ? AND number = ?", feed, 1);
}

function stale(sql: SqlStorage, key: string): void {
  sql.exec(
    `INSERT INTO outbox (key, sequence, written, due, attempts) VALUES (?, 1, 0, 0, 0)
     ON CONFLICT (key) DO UPDATE SET sequence = sequence + 1`,
    key,
  );
}

function note(
  release: Release,
  sql: SqlStorage,
  after: Article,
  before: Article | undefined,
  action: string,
): void {
  const row = [after.changed, "EDITOR_TOKEN", action, after.id, before?.revision ?? null, after.revision];
  if (release === 1) {
    sql.exec(
      "INSERT INTO audit (instant, actor, action, article, from_revision, to_revision) VALUES (?, ?, ?, ?, ?, ?)",
      ...row,
    );
    return;
  }
  sql.exec(
    `INSERT INTO audit (instant, actor, action, subject, from_revision, to_revision, result, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...row,
    "done",
    null,
  );
}
