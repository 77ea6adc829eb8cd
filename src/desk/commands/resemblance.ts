/** The resemblance of a new article to one that there is: it may be a second version. To run in a transaction. No KV, no clock. */
import type { Article } from "../../article/article.ts";
import { similarity } from "../../article/similarity.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Outcome } from "../messages.ts";

// Nearly the same body: a few words in a hundred differ.
const RESEMBLANCE = 0.8;

/**
 * Adds to the outcome of an upload which article its new one resembles: one of the same time and sections, with nearly the same
 * body.
 * @param maxCandidates how many articles of its time are looked at, whose records are read one by one
 */
export function withResemblance(ledger: Ledger, outcome: Outcome, maxCandidates: number): Outcome {
  if (!outcome.ok || outcome.change !== "created") return outcome;
  const resembles = resembling(ledger, outcome.article, maxCandidates);
  return resembles === undefined ? outcome : { ...outcome, resembles };
}

function resembling(
  { articles, revisions }: Ledger,
  article: Article,
  maxCandidates: number,
): string | undefined {
  const sections = sectionsOf(article);
  return articles
    .sameTime(article.published, article.id, maxCandidates)
    .filter((row) => sectionsOf(row) === sections)
    .find((row) => similarity(revisions.present(row).text, article.text) >= RESEMBLANCE)?.id;
}

function sectionsOf({ sections }: Pick<Article, "sections">): string {
  return sections
    .map(({ id }) => id)
    .toSorted()
    .join(" ");
}
