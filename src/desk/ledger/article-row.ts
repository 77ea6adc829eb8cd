/** The row of an article: what the ledger knows of it without its record. Pure. */
import * as v from "valibot";
import { type Article, STATUSES } from "../../article/article.ts";
import { dateOf } from "../../article/instant.ts";
import type { Listed } from "../messages.ts";
import { optional } from "../../rows.ts";
import { sequenceOf } from "./sequence.ts";

export type ArticleRow = Listed & {
  /** Whether any reader could have seen it. */
  seen: boolean;
  /** Of its public record. */
  sequence: number;
};

// The nearest instant that can be written: a damaged copy may have left another.
const clamped = v.pipe(
  v.number(),
  v.transform((instant) => dateOf(instant).getTime()),
);

/** A row of the table `article`. */
export const ArticleRowSchema = v.pipe(
  v.object({
    id: v.string(),
    guid: v.string(),
    revision: v.number(),
    status: v.picklist(STATUSES),
    headline: v.string(),
    sections: v.pipe(v.string(), v.parseJson(), v.array(v.object({ id: v.string(), title: v.string() }))),
    // Not clamped: it is the row's place in lists.
    published: v.number(),
    updated: clamped,
    changed: clamped,
    seen: v.pipe(
      v.number(),
      v.transform((flag) => flag !== 0),
    ),
    expires: optional(clamped),
    reason: optional(v.string()),
    sequence: v.nullable(v.number()),
    sequenced: v.nullable(v.number()),
  }),
  v.transform(({ sequenced, ...row }): ArticleRow => ({
    ...row,
    sequence: sequenceOf({ ...row, sequenced }),
  })),
);

/** An article as a list shows it. */
export function listed(article: Article): Listed {
  const { id, guid, revision, status, sections, headline, published, updated, changed, expires, reason } =
    article;
  return { id, guid, revision, status, sections, headline, published, updated, changed, expires, reason };
}
