/** The ledger's articles, as rows. No KV, no clock. */
import * as v from "valibot";
import type { Article, Image, Instant, Status } from "../../article/article.ts";
import { isPictureType, mediaPath, originalName } from "../../article/media.ts";
import type { NewsEntry } from "../../store/directory.ts";
import { type ArticleRow, ArticleRowSchema } from "./article-row.ts";
import { firstRow, onlyRow, optional, rows } from "../../rows.ts";

const NewsRow = v.object({
  id: v.string(),
  headline: v.string(),
  language: v.string(),
  published: v.number(),
  image: optional(v.string()),
});
const Moment = v.object({ instant: optional(v.number()) });

export class Articles {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: string): ArticleRow | undefined {
    return firstRow(this.#sql, ArticleRowSchema, "SELECT * FROM article WHERE id = ?", id);
  }

  /** The article that has this guid, whatever its id. */
  withGuid(guid: string): ArticleRow | undefined {
    return firstRow(this.#sql, ArticleRowSchema, "SELECT * FROM article WHERE guid = ?", guid);
  }

  /**
   * Stores the row of an article.
   * @param sequence of its public record
   */
  store(article: Article, seen: boolean, sequence: number): void {
    const { id, guid, revision, status, headline, sections, published, updated, changed, expires, reason } =
      article;
    const { language, link, image } = article;
    this.#sql.exec(
      `INSERT INTO article
         (id, guid, revision, status, headline, sections, published, updated, changed, seen, expires, reason,
          language, link, image, sequence, sequenced)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, status = excluded.status,
         headline = excluded.headline, sections = excluded.sections, published = excluded.published,
         updated = excluded.updated, changed = excluded.changed, seen = excluded.seen,
         expires = excluded.expires, reason = excluded.reason,
         language = excluded.language, link = excluded.link, image = excluded.image,
         sequence = excluded.sequence, sequenced = excluded.sequenced`,
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
      expires ?? null,
      reason ?? null,
      language,
      link ?? null,
      image === undefined ? null : addressOf(image),
      sequence,
      changed,
    );
  }

  /** Notes the language and the link, which the first releases didn't. */
  annotate({ id, language, link }: Article): void {
    this.#sql.exec("UPDATE article SET language = ?, link = ? WHERE id = ?", language, link ?? null, id);
  }

  /** Articles of every status after the one that `after` names, the oldest first. */
  after(after: Pick<ArticleRow, "published" | "id">, limit: number): ArticleRow[] {
    return this.#rows(
      "SELECT * FROM article WHERE (published, id) > (?, ?) ORDER BY published, id LIMIT +?",
      after.published,
      after.id,
      limit,
    );
  }

  /** Articles that were published since an instant and have their page on this site, the newest first; at most `limit`. */
  news(since: Instant, limit: number): NewsEntry[] {
    return rows(
      this.#sql,
      NewsRow,
      `SELECT id, headline, language, published, image FROM article
       WHERE status = 'published' AND published > ? AND language IS NOT NULL AND link IS NULL
       ORDER BY published DESC, id DESC LIMIT +?`,
      since,
      limit,
    );
  }

  /**
   * The article that was once made or revised by a draft of this digest: one that is not withdrawn comes first, and then one
   * that still says what the draft says.
   */
  madeFrom(digest: string): ArticleRow | undefined {
    return this.#rows(
      `SELECT article.* FROM revision JOIN article ON article.id = revision.article WHERE revision.digest = ?
       ORDER BY article.status = 'withdrawn', revision.revision != article.revision, article.id LIMIT 1`,
      digest,
    )[0];
  }

  /** Other articles with the same dateline time; at most `limit`. */
  sameTime(published: Instant, except: string, limit: number): ArticleRow[] {
    return this.#rows(
      "SELECT * FROM article WHERE published = ? AND id != ? AND status != 'withdrawn' LIMIT +?",
      published,
      except,
      limit,
    );
  }

  /**
   * Articles in feed order, whatever their status, or those of one; after the one that `after` names.
   * @param limit how many at most
   */
  list(
    after: Pick<ArticleRow, "published" | "id"> | undefined,
    limit: number,
    status: Status | undefined,
  ): ArticleRow[] {
    const position = [after?.published ?? Number.MAX_SAFE_INTEGER, after?.id ?? ""];
    return status === undefined
      ? this.#rows(
          "SELECT * FROM article WHERE (published, id) < (?, ?) ORDER BY published DESC, id DESC LIMIT +?",
          ...position,
          limit,
        )
      : this.#rows(
          `SELECT * FROM article WHERE status = ? AND (published, id) < (?, ?)
           ORDER BY published DESC, id DESC LIMIT +?`,
          status,
          ...position,
          limit,
        );
  }

  /** Articles whose embargo is over, and those that have expired; at most `limit` of each. */
  due(now: Instant, limit: number): ArticleRow[] {
    return [
      ...this.#rows(
        "SELECT * FROM article WHERE status = 'scheduled' AND published <= ? ORDER BY published LIMIT +?",
        now,
        limit,
      ),
      ...this.#rows(
        "SELECT * FROM article WHERE status = 'published' AND expires <= ? ORDER BY expires LIMIT +?",
        now,
        limit,
      ),
    ];
  }

  /** The instant at which the next embargo ends or the next article expires. @param after it comes later than this */
  nextDue(after: Instant = Number.MIN_SAFE_INTEGER): Instant | undefined {
    return onlyRow(
      this.#sql,
      Moment,
      `SELECT min(instant) AS instant FROM (
         SELECT min(published) AS instant FROM article WHERE status = 'scheduled' AND published > ?1
         UNION ALL SELECT min(expires) FROM article WHERE status = 'published' AND expires > max(0, ?1))`,
      after,
    ).instant;
  }

  /**
   * An `updated` that no other public article has, so that no two entries of a feed share one: `wish` itself, or the first free
   * millisecond after those taken within its second. An article that no reader sees takes none.
   */
  freeUpdated(wish: Instant, id: string): Instant {
    for (let from = wish; ; from = endOfSecond(from)) {
      const namesakes = this.#rows(
        `SELECT * FROM article INDEXED BY public_article_by_updated
         WHERE updated = ? AND id != ? AND status IN ('published', 'expired')`,
        from,
        id,
      );
      if (namesakes.length === 0) return from;
      const { instant: last } = onlyRow(
        this.#sql,
        Moment,
        `SELECT max(updated) AS instant FROM article INDEXED BY public_article_by_updated
         WHERE updated >= ? AND updated < ? AND id != ? AND status IN ('published', 'expired')`,
        from,
        endOfSecond(from),
        id,
      );
      if (last !== undefined && last + 1 < endOfSecond(from)) return last + 1;
    }
  }

  #rows(statement: string, ...bindings: (string | number)[]): ArticleRow[] {
    return rows(this.#sql, ArticleRowSchema, statement, ...bindings);
  }
}

/** The address of a picture: from the root of the site for one that is kept there, so that it is right after the site has moved. */
function addressOf({ url, media, type = "" }: Image): string {
  return media !== undefined && isPictureType(type) ? mediaPath(originalName(media, type)) : url;
}

function endOfSecond(instant: Instant): Instant {
  return (Math.floor(instant / 1000) + 1) * 1000;
}
