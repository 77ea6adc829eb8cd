/** The run of an import: a few lines in each transaction, and other requests have their turn in between. */
import type { Instant } from "../../article/article.ts";
import { reasonOf, report } from "../../report.ts";
import { draftDigest } from "./draft-digest.ts";
import type { Scheduler } from "../publication/scheduler.ts";
import { type Imported, importItem, type ImportItem } from "./import-item.ts";
import type { WriteRequest } from "../messages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { noteOf } from "../ledger/refusals.ts";
import type { Transactions } from "./transactions.ts";

// Lines in one transaction, of some milliseconds.
const MAX_IMPORTED = 6;

export class ImportCommand {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;
  readonly #transactions: Transactions;
  readonly #scheduler: Scheduler;

  constructor(
    storage: DurableObjectStorage,
    ledger: Ledger,
    transactions: Transactions,
    scheduler: Scheduler,
  ) {
    this.#storage = storage;
    this.#ledger = ledger;
    this.#transactions = transactions;
    this.#scheduler = scheduler;
  }

  /**
   * Imports lines, each for itself. Urgent work has its turn between them, and KV follows by itself.
   * @returns the outcome of each, in their order
   */
  async run(items: readonly ImportItem[], request: WriteRequest): Promise<Imported[]> {
    const imported: Imported[] = [];
    try {
      for (let from = 0; from < items.length; from += MAX_IMPORTED) {
        await this.#scheduler.beforeImport();
        const step = items.slice(from, from + MAX_IMPORTED);
        const done = await this.#importStep(step, request);
        imported.push(...done);
        const articles = done.filter((_one, index) => step[index]?.kind !== "feed");
        await this.#scheduler.afterImport(articles.flatMap((one) => (one.ok ? [one.id] : [])));
      }
    } finally {
      await this.#scheduler.scheduleSoon();
    }
    return imported;
  }

  async #importStep(items: readonly ImportItem[], request: WriteRequest): Promise<Imported[]> {
    const digests = await Promise.all(
      items.map(async (item) => (item.kind === "upload" ? draftDigest(item.submission.draft) : "")),
    );
    const imported = this.#transactions.authorised(request.actor, (now) =>
      items.map((item, index) => this.#importOne(item, digests[index] ?? "", request, now)),
    );
    return Array.isArray(imported) ? imported : items.map(() => imported);
  }

  #importOne(item: ImportItem, digest: string, request: WriteRequest, now: Instant): Imported {
    try {
      const imported = this.#transactions.ifRoom(item.kind, () =>
        this.#storage.transactionSync(() => importItem(this.#ledger, item, digest, request, now)),
      );
      if (!imported.ok)
        this.#ledger.refusals.note(noteOf(imported, request.actor.name, "import", undefined), now);
      return imported;
    } catch (thrown) {
      report("import-failed", { reason: reasonOf(thrown) });
      return { ok: false, reason: "internal-error" };
    }
  }
}
