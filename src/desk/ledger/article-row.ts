/** What the ledger knows of an article without opening its record. Pure. */
import * as v from "valibot";
import { type Article, STATUSES } from "../../article/article.ts";
import { dateOf } from "../../article/instant.ts";
import type { Listed } from "../messages.ts";
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

const StoredRow = v.object({
  id: v.string(),
  guid: v.string(),
  revision: v.number(),
  status: v.picklist(STATUSES),
  headline: v.string(),
  sections: v.pipe(v.string(), v.parseJson(), v.array(v.object({ id: v.string(), title: v.string() }))),
  // As it is: it is the row's place in lists.
  published: v.number(),
  updated: clamped,
  changed: clamped,
  seen: v.pipe(
    v.number(),
    v.transform((flag) => flag !== 0),
  ),
  expires: v.nullable(clamped),
  reason: v.nullable(v.string()),
  sequence: v.nullable(v.number()),
  sequenced: v.nullable(v.number()),
});

/** What a list shows of an article. */
export function listed(article: Article): Listed {
  const { id, guid, revision, status, sections, headline, published, updated, changed, expires, reason } =
    article;
  return { id, guid, revision, status, sections, headline, published, updated, changed, expires, reason };
}

/** @throws ValiError on a row that the ledger never wrote */
export function readArticleRow(row: unknown): ArticleRow {
  const { expires, reason, sequenced, ...entry } = v.parse(StoredRow, row);
  return {
    ...entry,
    expires: expires ?? undefined,
    reason: reason ?? undefined,
    sequence: sequenceOf({ ...entry, sequenced }),
  };
}
