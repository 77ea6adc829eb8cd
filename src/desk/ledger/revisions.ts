/**
 * The ledger's revisions: every record that an article ever had. The present one is text, which the statements about feeds read
 * as it is; past ones are deflated. No KV, no clock.
 */
import * as v from "valibot";
import type { Article } from "../../article/article.ts";
import { withExcerpt } from "../../article/excerpt.ts";
import { weightOf } from "../../article/weight.ts";
import { parseJson } from "../../store/decode.ts";
import { readArticle } from "../../store/records.ts";
import type { ArticleRow } from "./article-row.ts";
import { eachRow, firstRow, onlyRow, optional, rows } from "../../rows.ts";
import { deflatedRowPieces, joined, type Piece, rowPieces } from "./row-pieces.ts";
import { standIn } from "./stand-in.ts";

type Key = Pick<Article, "id" | "revision">;

/** A revision's record as JSON text, with the digest of the draft that it came from, and whether another follows. */
export type Stored = Key & { digest?: string | undefined; record: string; isPast: boolean };

const Record = v.union([v.string(), v.instance(ArrayBuffer)]);
const RecordRow = v.object({ record: Record });
const RevisionRow = v.object({ revision: v.number() });
const DigestRow = v.object({ digest: optional(v.string()) });
const PieceRow = v.object({
  article: v.string(),
  revision: v.number(),
  digest: optional(v.string()),
  record: Record,
  current: v.number(),
});

export class Revisions {
  readonly #sql: SqlStorage;
  readonly #table: "revision" | "copied_revision";

  /** @param table of the articles that there are, or of those that a copy is bringing */
  constructor(sql: SqlStorage, table: "revision" | "copied_revision" = "revision") {
    this.#sql = sql;
    this.#table = table;
  }

  /**
   * Stores a record as its article's revision, and deflates the one before it.
   * @param digest of the draft that it came from; undefined where an editor handed none in
   * @param isNew whether the ledger has no other revision of the article: nothing longer can lie where it goes
   * @returns what the article weighs, in bytes
   */
  store(article: Article, digest: string | undefined, isNew = false): number {
    const { id, revision } = article;
    // In the order of the schema, so that one article has one text.
    const read = readArticle(article, `revision of ${id}`);
    if (read === undefined) throw new Error(`The record of ${id} could not be read again`);
    const pieces = rowPieces(JSON.stringify(read));
    this.#write({ id, revision }, digest, pieces);
    if (!isNew) this.#cut({ id, revision }, pieces.length);
    if (revision > 1) this.#deflate({ id, revision: revision - 1 });
    return weightOf(withExcerpt(read));
  }

  /** Deflates the past revisions of an article that are still text, as earlier releases kept them. */
  deflatePast({ id, revision }: Key): void {
    const past = rows(
      this.#sql,
      RevisionRow,
      `SELECT revision FROM ${this.#table}
       WHERE article = ? AND revision < ? AND piece = 0 AND typeof(record) = 'text'`,
      id,
      revision,
    );
    for (const row of past) this.#deflate({ id, revision: row.revision });
  }

  #deflate(key: Key): void {
    const found = this.#pieces(key);
    if (found.every((piece) => typeof piece === "string") && found.length > 0) {
      const pieces = deflatedRowPieces(joined(found));
      this.#write(key, undefined, pieces);
      this.#cut(key, pieces.length);
    }
  }

  /** Writes a record's pieces in the place of those that are there, whose digest stays where none is given. */
  #write({ id, revision }: Key, digest: string | undefined, records: readonly (string | Uint8Array)[]): void {
    records.forEach((record, piece) => {
      this.#sql.exec(
        `INSERT INTO ${this.#table} (article, revision, piece, digest, record) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (article, revision, piece)
         DO UPDATE SET record = excluded.record, digest = coalesce(excluded.digest, digest)`,
        id,
        revision,
        piece,
        piece === 0 ? (digest ?? null) : null,
        record,
      );
    });
  }

  /** Removes the pieces of a record from one on. */
  #cut({ id, revision }: Key, piece: number): void {
    this.#sql.exec(
      `DELETE FROM ${this.#table} WHERE article = ? AND revision = ? AND piece >= ?`,
      id,
      revision,
      piece,
    );
  }

  /**
   * The record of a revision that the ledger has.
   * @throws Error when the ledger doesn't hold it whole: it is the truth, and never guesses
   */
  article(key: Key): Article {
    const article = this.find(key);
    if (article === undefined) throw new Error(`The ledger's record of ${key.id} can't be read`);
    return article;
  }

  /** The same for callers that need no body: where the record can't be read, a stand-in made of the row. */
  present(row: ArticleRow): Article {
    return this.find(row) ?? standIn(row);
  }

  /** The record of a revision; undefined where there is none, or it can't be read. */
  find(key: Key): Article | undefined {
    const json = this.record(key);
    return json === "" ? undefined : readArticle(parseJson(json), `ledger ${key.id}`);
  }

  /** The record's JSON text; empty where there is none. */
  record(key: Key): string {
    return joined(this.#pieces(key));
  }

  #pieces({ id, revision }: Key): Piece[] {
    const statement = `SELECT record FROM ${this.#table} WHERE article = ? AND revision = ? ORDER BY piece`;
    return rows(this.#sql, RecordRow, statement, id, revision).map(({ record }) => record);
  }

  /** The digest of the draft that a revision came from. */
  digest({ id, revision }: Key): string | undefined {
    const statement = `SELECT digest FROM ${this.#table} WHERE article = ? AND revision = ? AND piece = 0`;
    return firstRow(this.#sql, DigestRow, statement, id, revision)?.digest;
  }

  /**
   * All revisions of all articles, an article's together and in their order.
   * @param after the last one known; undefined for the first
   * @param maxLength where to stop, in UTF-16 units: the one that goes beyond it is the last
   */
  *all(after: Key | undefined, maxLength: number): Generator<Stored> {
    let length = 0;
    let open: Omit<Stored, "record"> | undefined;
    let found: Piece[] = [];
    const pieces = eachRow(
      this.#sql,
      PieceRow,
      `SELECT revision.article, revision.revision, digest, record, article.revision AS current
       FROM revision JOIN article ON article.id = revision.article
       WHERE (revision.article, revision.revision) > (?, ?)
       ORDER BY revision.article, revision.revision, piece`,
      after?.id ?? "",
      after?.revision ?? 0,
    );
    for (const { article: id, revision, digest, record, current } of pieces) {
      if (open !== undefined && open.id === id && open.revision === revision) {
        found.push(record);
        continue;
      }
      if (open !== undefined) {
        const stored = { ...open, record: joined(found) };
        yield stored;
        length += stored.record.length;
        if (length >= maxLength) return;
      }
      open = { id, revision, digest, isPast: revision < current };
      found = [record];
    }
    if (open !== undefined) yield { ...open, record: joined(found) };
  }

  /** The number of revisions, counted up to `limit`. */
  count(limit: number): number {
    return onlyRow(
      this.#sql,
      v.object({ count: v.number() }),
      `SELECT count(*) AS count FROM (SELECT 1 FROM ${this.#table} WHERE piece = 0 LIMIT +?)`,
      limit,
    ).count;
  }

  /** Removes all revisions of an article. */
  drop(id: string): void {
    this.#sql.exec(`DELETE FROM ${this.#table} WHERE article = ?`, id);
  }

  /** The numbers of an article's revisions below `before`, the newest first. */
  numbers(id: string, before: number | undefined, limit: number): number[] {
    return rows(
      this.#sql,
      RevisionRow,
      `SELECT revision FROM ${this.#table} WHERE article = ? AND piece = 0 AND revision < ?
       ORDER BY revision DESC LIMIT +?`,
      id,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    ).map(({ revision }) => revision);
  }
}
