/** Releases: articles whose embargo is over are released, and those whose time is up expire. No KV. */
import type { Instant } from "../../article/article.ts";
import { reasonOf, report } from "../../report.ts";
import { tick } from "../commands/change.ts";
import type { Ledger } from "../ledger/ledger.ts";

// In one transaction, of some milliseconds.
const MAX_DUE = 25;
const LATER_MILLISECONDS = 60_000;

export class Releases {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;
  /** Articles that could neither be released nor expire since `begin`. */
  #failed = new Set<string>();

  constructor(storage: DurableObjectStorage, ledger: Ledger) {
    this.#storage = storage;
    this.#ledger = ledger;
  }

  /** Begins a sweep: articles that failed in the one before are tried again. */
  begin(): void {
    this.#failed = new Set();
  }

  /**
   * Releases some due articles, or lets them expire: each that fails is rolled back alone, so that it holds nobody up.
   * @returns whether there was any
   */
  step(): boolean {
    const now = Date.now();
    const failed = this.#failed;
    const due = this.#ledger.articles.due(now, MAX_DUE + failed.size).filter(({ id }) => !failed.has(id));
    if (due.length === 0) return false;
    this.#storage.transactionSync(() => {
      for (const row of due.slice(0, MAX_DUE)) {
        try {
          this.#storage.transactionSync(() => tick(this.#ledger, row, now));
        } catch (thrown) {
          failed.add(row.id);
          report("release-failed", { article: row.id, reason: reasonOf(thrown) });
        }
      }
    });
    return true;
  }

  /** The instant of the next one. An article that failed is tried again later, and doesn't keep the Desk awake till then. */
  next(now: Instant): Instant | undefined {
    const { articles } = this.#ledger;
    return this.#failed.size === 0
      ? articles.nextDue()
      : Math.min(articles.nextDue(now) ?? Infinity, now + LATER_MILLISECONDS);
  }
}
