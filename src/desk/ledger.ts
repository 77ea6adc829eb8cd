/** The ledger's statements about articles: rows in, articles out. No KV, no clock. */
import * as v from "valibot";
import type { Article, Instant, SectionName, Status } from "../article/article.ts";
import { readArticle } from "../store/records.ts";
import { pieces } from "./pieces.ts";

/** What the ledger knows of an article without opening its record. */
export type Entry = {
  id: string;
  guid: string;
  revision: number;
  status: Status;
  headline: string;
  sections: SectionName[];
  published: Instant;
  updated: Instant;
  changed: Instant;
  /** Whether any reader could have seen it. */
  seen: boolean;
};

const EntryRow = v.object({
  id: v.string(),
  guid: v.string(),
  revision: v.number(),
  status: v.picklist(["scheduled", "published", "withdrawn"]),
  headline: v.string(),
  sections: v.pipe(v.string(), v.parseJson(), v.array(v.object({ id: v.string(), title: v.string() }))),
  published: v.number(),
  updated: v.number(),
  changed: v.number(),
  seen: v.pipe(
    v.number(),
    v.transform((flag) => flag !== 0),
  ),
});

export class Ledger {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: string): Entry | undefined {
    return this.#entries("SELECT * FROM article WHERE id = ?", id)[0];
  }

  /**
   * The present record of an article.
   * @throws Error when the ledger doesn't hold it whole: it is the truth, and never guesses
   */
  article({ id, revision }: Pick<Entry, "id" | "revision">): Article {
    const json = this.record(id, revision);
    const article = readArticle(JSON.parse(json), `ledger ${id}`);
    if (article === undefined) throw new Error(`The ledger's record of ${id} can't be read`);
    return article;
  }

  /** The record's JSON text. */
  record(id: string, revision: number): string {
    return this.#sql
      .exec<{ record: string }>(
        "SELECT record FROM revision WHERE article = ? AND revision = ? ORDER BY piece",
        id,
        revision,
      )
      .toArray()
      .map(({ record }) => record)
      .join("");
  }

  /**
   * Stores an article as its present revision.
   * @param digest of the draft that it came from; undefined where an editor handed none in
   */
  store(article: Article, digest: string | undefined, seen: boolean): void {
    const { id, guid, revision, status, headline, sections, published, updated, changed } = article;
    this.#sql.exec(
      `INSERT INTO article (id, guid, revision, status, headline, sections, published, updated, changed, seen)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, status = excluded.status,
         headline = excluded.headline, sections = excluded.sections, published = excluded.published,
         updated = excluded.updated, changed = excluded.changed, seen = excluded.seen`,
      id,
      guid,
      revision,
      status,
      headline,
      JSON.stringify(sections),
      published,
      updated,
      changed,
      Number(seen),
    );
    const records = pieces(JSON.stringify(article));
    records.forEach((record, piece) => {
      this.#sql.exec(
        `INSERT INTO revision (article, revision, piece, digest, record) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (article, revision, piece) DO UPDATE SET record = excluded.record`,
        id,
        revision,
        piece,
        piece === 0 ? (digest ?? null) : null,
        record,
      );
    });
    this.#sql.exec(
      "DELETE FROM revision WHERE article = ? AND revision = ? AND piece >= ?",
      id,
      revision,
      records.length,
    );
  }

  /** The digest of the draft that a revision came from. */
  digest({ id, revision }: Pick<Entry, "id" | "revision">): string | undefined {
    return (
      this.#sql
        .exec<{ digest: string | null }>(
          "SELECT digest FROM revision WHERE article = ? AND revision = ? AND piece = 0",
          id,
          revision,
        )
        .toArray()[0]?.digest ?? undefined
    );
  }

  /** The article that was once made or revised by a draft of this digest; one that is not withdrawn comes first. */
  madeFrom(digest: string): Entry | undefined {
    return this.#entries(
      `SELECT * FROM article WHERE id IN (SELECT article FROM revision WHERE digest = ?)
       ORDER BY status = 'withdrawn', id LIMIT 1`,
      digest,
    )[0];
  }

  /** Other articles with the same dateline time; at most `limit`. */
  sameTime(published: Instant, except: string, limit: number): Entry[] {
    return this.#entries(
      "SELECT * FROM article WHERE published = ? AND id != ? AND status != 'withdrawn' LIMIT ?",
      published,
      except,
      limit,
    );
  }

  /** Articles in feed order, withdrawn and scheduled ones among them; after the one that `after` names. */
  list(after: { published: Instant; id: string } | undefined, limit: number): Entry[] {
    return this.#entries(
      `SELECT * FROM article WHERE (published, id) < (?, ?) ORDER BY published DESC, id DESC LIMIT ?`,
      after?.published ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? "",
      limit,
    );
  }

  /** Scheduled articles whose time has come; at most `limit`. */
  dueForRelease(now: Instant, limit: number): Entry[] {
    return this.#entries(
      "SELECT * FROM article WHERE status = 'scheduled' AND published <= ? ORDER BY published LIMIT ?",
      now,
      limit,
    );
  }

  /** When the next scheduled article is to be released. */
  nextRelease(): Instant | undefined {
    return (
      this.#sql
        .exec<{ published: number | null }>(
          "SELECT min(published) AS published FROM article WHERE status = 'scheduled'",
        )
        .one().published ?? undefined
    );
  }

  /**
   * An `updated` that no other article has, so that no two entries of a feed share one: the first free millisecond
   * after those taken within the second of `wish`.
   */
  freeUpdated(wish: Instant, id: string): Instant {
    for (let from = wish; ; from = endOfSecond(from)) {
      const taken = this.#sql
        .exec<{ updated: number | null }>(
          "SELECT max(updated) AS updated FROM article WHERE updated >= ? AND updated < ? AND id != ?",
          from,
          endOfSecond(from),
          id,
        )
        .one().updated;
      if (taken === null) return from;
      if (taken + 1 < endOfSecond(from)) return taken + 1;
    }
  }

  audit(instant: Instant, actor: string, action: string, before: Entry | undefined, after: Article): void {
    this.#sql.exec(
      "INSERT INTO audit (instant, actor, action, article, from_revision, to_revision) VALUES (?, ?, ?, ?, ?, ?)",
      instant,
      actor,
      action,
      after.id,
      before?.revision ?? null,
      after.revision,
    );
  }

  #entries(statement: string, ...bindings: (string | number)[]): Entry[] {
    return this.#sql
      .exec(statement, ...bindings)
      .toArray()
      .map((row) => v.parse(EntryRow, row));
  }
}

function endOfSecond(instant: Instant): Instant {
  return (Math.floor(instant / 1000) + 1) * 1000;
}
