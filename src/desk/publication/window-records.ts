/** The records of articles as windows hold them: each is made once, until its article changes. No KV, no clock. */
import { LRUCache } from "lru-cache";
import type { Article } from "../../article/article.ts";
import { withExcerpt } from "../../article/excerpt.ts";
import { MAX_SHARE_BYTES, weightOf } from "../../article/weight.ts";
import { windowArticleText } from "../../store/records.ts";
import type { Revisions } from "../ledger/revisions.ts";

/** An article in a window: its record as JSON text, empty where the article is too heavy for any feed. */
export type WindowRecord = { id: string; weight: number; text: string };

// In UTF-16 units: the windows of some twenty feeds of ordinary news, in at most a tenth of the Desk's memory.
const MAX_KEPT = 6_000_000;

export class WindowRecords {
  readonly #revisions: Revisions;
  readonly #made = new LRUCache<string, WindowRecord>({
    maxSize: MAX_KEPT,
    sizeCalculation: ({ text }) => text.length + 1,
  });

  constructor(revisions: Revisions) {
    this.#revisions = revisions;
  }

  /**
   * The record of an article's present revision; undefined where the ledger's can't be read.
   * @param entry of its row: a release or an expiry changes the record, and not its revision
   */
  of({ id, revision, changed }: Pick<Article, "id" | "revision" | "changed">): WindowRecord | undefined {
    const key = `${id} ${revision} ${changed}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const record = this.#make({ id, revision });
    if (record !== undefined) this.#made.set(key, record);
    return record;
  }

  #make(key: Pick<Article, "id" | "revision">): WindowRecord | undefined {
    const found = this.#revisions.find(key);
    if (found === undefined) return undefined;
    const article = withExcerpt(found);
    const weight = weightOf(article);
    return { id: key.id, weight, text: weight > MAX_SHARE_BYTES ? "" : windowArticleText(article) };
  }
}
