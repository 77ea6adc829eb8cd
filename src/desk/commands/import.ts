/** The run of an import: a few lines in each transaction, and whoever waits for the Desk has a turn in between. */
import type { Instant } from "../../article/article.ts";
import { reasonOf, report } from "../../report.ts";
import { draftDigest } from "./draft-digest.ts";
import type { FollowUp } from "../publication/scheduler.ts";
import { type Imported, Importer, type ImportItem } from "./import-item.ts";
import type { Order } from "../messages.ts";
import type { Parts } from "../ledger/ledger.ts";
import { noteOf } from "../ledger/refusals.ts";
import type { Transactions } from "./transactions.ts";

// In one transaction, of some milliseconds.
const MAX_IMPORTED = 6;

export class ImportRun {
  readonly #storage: DurableObjectStorage;
  readonly #refusals: Parts["refusals"];
  readonly #transactions: Transactions;
  readonly #followUp: FollowUp;
  readonly #importer: Importer;

  constructor(storage: DurableObjectStorage, parts: Parts, transactions: Transactions, followUp: FollowUp) {
    this.#storage = storage;
    this.#refusals = parts.refusals;
    this.#transactions = transactions;
    this.#followUp = followUp;
    this.#importer = new Importer(parts);
  }

  /**
   * Takes lines, each for itself. What is urgent has its turn between them, and KV follows by itself.
   * @returns what became of each, in their order
   */
  async take(items: readonly ImportItem[], order: Order): Promise<Imported[]> {
    const imported: Imported[] = [];
    try {
      for (let from = 0; from < items.length; from += MAX_IMPORTED) {
        await this.#followUp.beforeImport();
        const step = items.slice(from, from + MAX_IMPORTED);
        const taken = await this.#takeSome(step, order);
        imported.push(...taken);
        const articles = taken.filter((_one, index) => step[index]?.kind !== "feed");
        await this.#followUp.afterImport(articles.flatMap((one) => (one.ok ? [one.id] : [])));
      }
    } finally {
      await this.#followUp.soon();
    }
    return imported;
  }

  async #takeSome(items: readonly ImportItem[], order: Order): Promise<Imported[]> {
    const digests = await Promise.all(
      items.map(async (item) => (item.kind === "upload" ? draftDigest(item.submission.draft) : "")),
    );
    const imported = this.#transactions.authorised(order.actor, (now) =>
      items.map((item, index) => this.#takeOne(item, digests[index] ?? "", order, now)),
    );
    return Array.isArray(imported) ? imported : items.map(() => imported);
  }

  #takeOne(item: ImportItem, digest: string, order: Order, now: Instant): Imported {
    try {
      const imported = this.#transactions.ifRoom(item.kind, () =>
        this.#storage.transactionSync(() => this.#importer.take(item, digest, order, now)),
      );
      if (!imported.ok) this.#refusals.note(noteOf(imported, order.actor.name, "import", undefined), now);
      return imported;
    } catch (thrown) {
      report("import-failed", { reason: reasonOf(thrown) });
      return { ok: false, reason: "internal-error" };
    }
  }
}
