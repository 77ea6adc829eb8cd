/** The stand-in for an article whose record can't be read: from its row, so that it can be listed, withdrawn and revised. Pure. */
import type { Article } from "../../article/article.ts";
import { isId } from "../../article/identity.ts";
import { dateOf } from "../../article/instant.ts";
import type { ArticleRow } from "./article-row.ts";

/** @returns a record that every decoder takes, without a body */
export function standIn({ seen: _seen, sequence: _sequence, ...row }: ArticleRow): Article {
  const { guid, sections, headline, published, reason } = row;
  return {
    version: 1,
    ...row,
    guid: guid.toWellFormed() || row.id,
    sections: sections
      .filter(({ id }) => isId(id))
      .map(({ id, title }) => ({ id, title: title.toWellFormed() })),
    headline: headline.toWellFormed(),
    html: "",
    text: "",
    authors: [],
    tags: [],
    language: "und",
    attachments: [],
    published: dateOf(published).getTime(),
    reason: reason?.toWellFormed(),
  };
}
