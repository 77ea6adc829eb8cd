/** Kept pictures: their records, and which articles use each. To run in a transaction. No R2, no clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { type Media, type MediaDescription, PICTURE_TYPES } from "../../article/media.ts";
import { firstRow, isAnyRow, optional, rows } from "../../rows.ts";

const PictureFileRow = v.object({
  type: v.picklist(PICTURE_TYPES),
  width: v.number(),
  height: v.number(),
  length: v.number(),
});

const MediaRow = v.pipe(
  v.object({
    id: v.string(),
    ...PictureFileRow.entries,
    sizes: v.pipe(v.string(), v.parseJson(), v.array(PictureFileRow)),
    created: v.number(),
    alt: optional(v.string()),
    caption: optional(v.string()),
    credit: optional(v.string()),
    licence: optional(v.string()),
    kept: v.number(),
  }),
  v.transform(({ kept, ...row }): StoredMedia => ({ ...row, isKept: kept !== 0 })),
);
const UseRow = v.object({ article: v.string() });
const UsedRow = v.object({ media: v.string() });

/** A record as the ledger has it. */
export type StoredMedia = Media & {
  /** Whether its bytes are here. A copy tells of pictures whose bytes may come later. */
  isKept: boolean;
};

/** The place of a record in the list, which begins with the newest. */
export type MediaPlace = { created: Instant; id: string };

export class MediaRecords {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The record of a picture, whether its bytes are here or not. */
  find(id: string): StoredMedia | undefined {
    return firstRow(this.#sql, MediaRow, "SELECT * FROM media WHERE id = ?", id);
  }

  /** The record of a picture whose bytes are here. */
  kept(id: string): Media | undefined {
    const found = this.find(id);
    if (found === undefined || !found.isKept) return undefined;
    const { isKept: _isKept, ...media } = found;
    return media;
  }

  store(media: Media, isKept: boolean): void {
    const { id, type, width, height, length, sizes, created, alt, caption, credit, licence } = media;
    this.#sql.exec(
      `INSERT OR REPLACE INTO media (id, type, width, height, length, sizes, created, alt, caption, credit, licence, kept)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      type,
      width,
      height,
      length,
      JSON.stringify(sizes),
      created,
      alt ?? null,
      caption ?? null,
      credit ?? null,
      licence ?? null,
      Number(isKept),
    );
  }

  describe(id: string, { alt, caption, credit, licence }: MediaDescription): void {
    this.#sql.exec(
      "UPDATE media SET alt = ?, caption = ?, credit = ?, licence = ? WHERE id = ?",
      alt ?? null,
      caption ?? null,
      credit ?? null,
      licence ?? null,
      id,
    );
  }

  remove(id: string): void {
    this.#sql.exec("DELETE FROM media WHERE id = ?", id);
  }

  /** Records, the newest first: at most `limit` after the one that `after` names. */
  list(after: MediaPlace | undefined, limit: number): StoredMedia[] {
    return rows(
      this.#sql,
      MediaRow,
      "SELECT * FROM media WHERE (created, id) < (?, ?) ORDER BY created DESC, id DESC LIMIT +?",
      after?.created ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? "",
      limit,
    );
  }

  /** Records in the order of their ids, for a copy: at most `limit` after an id. */
  after(id: string, limit: number): StoredMedia[] {
    return rows(this.#sql, MediaRow, "SELECT * FROM media WHERE id > ? ORDER BY id LIMIT +?", id, limit);
  }

  /** The ids of articles that use a picture in their present revision, in their order; withdrawn ones don't count. @param after the article to begin after */
  uses(id: string, limit: number, after = ""): string[] {
    return rows(
      this.#sql,
      UseRow,
      "SELECT article FROM media_use WHERE media = ? AND article > ? ORDER BY article LIMIT +?",
      id,
      after,
      limit,
    ).map(({ article }) => article);
  }

  isUsed(id: string): boolean {
    return isAnyRow(this.#sql, "SELECT article FROM media_use WHERE media = ? LIMIT 1", id);
  }

  /**
   * Notes which pictures an article uses now, whether there are records of them or not.
   * @param isNew whether the article is new: it used none before
   */
  noteUses(article: string, used: readonly string[], isNew: boolean): void {
    const before = isNew
      ? []
      : rows(this.#sql, UsedRow, "SELECT media FROM media_use WHERE article = ?", article).map(
          ({ media }) => media,
        );
    for (const id of before.filter((one) => !used.includes(one)))
      this.#sql.exec("DELETE FROM media_use WHERE media = ? AND article = ?", id, article);
    for (const id of used.filter((one) => !before.includes(one)))
      this.#sql.exec("INSERT OR IGNORE INTO media_use (media, article) VALUES (?, ?)", id, article);
  }
}
