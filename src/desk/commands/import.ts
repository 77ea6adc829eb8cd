/** The run of an import: some lines in each transaction, and other requests have their turn in between. */
import type { Instant } from "../../article/article.ts";
import { reasonOf, report } from "../../report.ts";
import { draftDigest } from "./draft-digest.ts";
import type { Scheduler } from "../publication/scheduler.ts";
import { type Imported, importItem, type ImportItem } from "./import-item.ts";
import type { WriteRequest } from "../messages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { noteOf } from "../ledger/refusals.ts";
import { StaleKeys } from "../ledger/stale-keys.ts";
import type { Transactions } from "./transactions.ts";

// A transaction of some milliseconds: so many lines, or a few long ones. The clock of a Desk stands still meanwhile.
const MAX_STEP_LINES = 20;
const MAX_STEP_LENGTH = 200_000;

// Lines that bring no article.
const OTHERS: ReadonlySet<string> = new Set<ImportItem["kind"]>(["feed", "media"]);

type Step = { items: readonly ImportItem[]; digests: readonly string[]; request: WriteRequest };

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
      for (const step of stepsOf(items)) {
        await this.#scheduler.beforeImport();
        const done = await this.#importStep(step, request);
        imported.push(...done);
        const articles = done.filter((_one, index) => !OTHERS.has(step[index]?.kind ?? ""));
        this.#scheduler.afterImport(articles.flatMap((one) => (one.ok ? [one.id] : [])));
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
    const step = { items, digests, request };
    const imported = this.#transactions.authorised(
      request.actor,
      (now) => this.#together(step, now) ?? this.#apart(step, now),
    );
    return Array.isArray(imported) ? imported : items.map(() => imported);
  }

  /**
   * Imports the lines of a step in one go: a savepoint for each costs more than its line. A key that several make stale is noted
   * once.
   * @returns undefined where one of them failed, or the storage is nearly full: nothing is imported then
   */
  #together({ items, digests, request }: Step, now: Instant): Imported[] | undefined {
    if (!this.#transactions.hasRoom()) return undefined;
    try {
      return this.#storage.transactionSync(() => {
        let stale = new StaleKeys(this.#ledger, "backlog", now);
        return items.map((item, index) => {
          // The feed of a copy gives its editions their dates: what changes after it needs other editions.
          if (items[index - 1]?.kind === "feed") stale = new StaleKeys(this.#ledger, "backlog", now);
          const imported = importItem(this.#ledger, stale, item, digests[index] ?? "", request, now);
          this.#note(imported, request, now);
          return imported;
        });
      });
    } catch {
      return undefined;
    }
  }

  /** Imports the lines of a step one by one: one that fails is rolled back alone. */
  #apart({ items, digests, request }: Step, now: Instant): Imported[] {
    return items.map((item, index): Imported => {
      try {
        const imported = this.#transactions.ifRoom(item.kind, () =>
          this.#storage.transactionSync(() => {
            const stale = new StaleKeys(this.#ledger, "backlog", now);
            return importItem(this.#ledger, stale, item, digests[index] ?? "", request, now);
          }),
        );
        this.#note(imported, request, now);
        return imported;
      } catch (thrown) {
        report("import-failed", { reason: reasonOf(thrown) });
        return { ok: false, reason: "internal-error" };
      }
    });
  }

  #note(imported: ReturnType<typeof importItem>, { actor }: WriteRequest, now: Instant): void {
    if (imported.ok) return;
    this.#ledger.refusals.note(noteOf(imported, actor.name, "import", undefined), now);
  }
}

function* stepsOf(items: readonly ImportItem[]): Generator<readonly ImportItem[]> {
  let start = 0;
  let length = 0;
  for (const [index, item] of items.entries()) {
    const own = lengthOf(item);
    const isFull = index - start >= MAX_STEP_LINES || length + own > MAX_STEP_LENGTH;
    if (isFull && index > start) {
      yield items.slice(start, index);
      start = index;
      length = 0;
    }
    length += own;
  }
  if (start < items.length) yield items.slice(start);
}

/** The length of what a line brings, in UTF-16 units. */
function lengthOf(item: ImportItem): number {
  if (item.kind === "upload") return item.submission.draft.html.length + item.submission.draft.text.length;
  return item.kind === "revision" ? item.copied.article.html.length + item.copied.article.text.length : 0;
}
