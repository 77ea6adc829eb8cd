/** The sequence of an article's public record: how often what readers can ask for has changed. Pure. */
import { type Article, isPublic } from "../../article/article.ts";

/** The columns of a row: "sequence" holds as long as "changed" is still the instant in "sequenced". */
type Counted = Pick<Article, "revision" | "status" | "changed"> & {
  sequence: number | null;
  sequenced: number | null;
};

/** Whether readers are told something of an article: its page, or that it was withdrawn. */
export function hasRecord({ status, seen }: Pick<Article, "status"> & { seen: boolean }): boolean {
  return isPublic(status) || (status === "withdrawn" && seen);
}

/**
 * The sequence of an article's record. The releases before this one made it of the revision, and one higher once it had expired:
 * so it is in a row that such a release wrote, now or after a rollback. It never was lower than what is counted here.
 */
export function sequenceOf({ revision, status, changed, sequence, sequenced }: Counted): number {
  if (sequence !== null && sequenced === changed) return sequence;
  return Math.max(sequence ?? 0, revision * 2 + Number(status === "expired"));
}

/**
 * The sequence of an article as it will be: a revision that no reader sees counts nothing.
 * @param before what the ledger knows of it; undefined for a new one
 */
export function nextSequence(
  before: { seen: boolean; sequence: number } | undefined,
  after: Parameters<typeof hasRecord>[0],
): number {
  const known = before?.seen === true ? before.sequence : 0;
  return hasRecord(after) ? known + 1 : known;
}
