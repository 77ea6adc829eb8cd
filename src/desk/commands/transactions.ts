/** The transactions of decisions: each is for an actor whose token still holds, and once for each Idempotency-Key. */
import type { Instant } from "../../article/article.ts";
import type { Capacity } from "../ledger/capacity.ts";
import type { WriteRequest, Outcome, Refused } from "../messages.ts";
import type { Principal } from "../principal.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { noteOf } from "../ledger/refusals.ts";

const UNAUTHORIZED: Refused = { ok: false, reason: "unauthorized" };

export class Transactions {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Pick<Ledger, "tokens" | "idempotency" | "refusals">;
  readonly #capacity: Capacity;

  constructor(storage: DurableObjectStorage, ledger: Ledger, capacity: Capacity) {
    this.#storage = storage;
    this.#ledger = ledger;
    this.#capacity = capacity;
  }

  /**
   * Decides on a change of an article; a refusal is noted, that of a dry run too.
   * @param action its name in the list of refusals
   * @param subject the id of the article, where the request named one
   */
  change(
    request: WriteRequest,
    action: string,
    subject: string | undefined,
    decide: (now: Instant) => Outcome,
  ): Outcome {
    if (request.isDryRun) {
      const decided = this.#dryRun(() =>
        this.authorised(request.actor, (now) => this.ifRoom(action, () => decide(now))),
      );
      this.authorised(request.actor, (now) => this.#note(decided, request, action, subject, now));
      return decided;
    }
    return this.authorised(request.actor, (now) => {
      const answered = this.#ledger.idempotency.find(request, now);
      if (answered !== undefined) return answered;
      const decided = this.ifRoom(action, () => decide(now));
      if (decided.ok) this.#ledger.idempotency.keep(request, decided, now);
      else this.#note(decided, request, action, subject, now);
      return decided;
    });
  }

  /** Decides for an actor whose token is checked again in the same transaction. */
  authorised<T>(actor: Principal, decide: (now: Instant) => T): T | Refused {
    return this.#storage.transactionSync(() => {
      const now = Date.now();
      return this.#ledger.tokens.isPresent(actor, now) ? decide(now) : UNAUTHORIZED;
    });
  }

  /** Whether the storage has room for everything that one transaction may bring. */
  hasRoom(): boolean {
    return this.#capacity.refusalOf("import") === undefined;
  }

  /**
   * Decides, and rolls back where the storage has no room left: a refusal of the decision itself comes first. To run in a
   * transaction.
   */
  ifRoom<T extends { ok: boolean }>(action: string, decide: () => T): T | Refused {
    const refusal = this.#capacity.refusalOf(action);
    if (refusal === undefined) return decide();
    const decided = this.#dryRun(decide);
    return decided.ok ? refusal : decided;
  }

  #note(
    decided: Outcome,
    { actor }: WriteRequest,
    action: string,
    subject: string | undefined,
    now: Instant,
  ): void {
    if (!decided.ok) this.#ledger.refusals.note(noteOf(decided, actor.name, action, subject), now);
  }

  /** Decides, and rolls everything back. */
  #dryRun<T>(decide: () => T): T {
    const decided: T[] = [];
    const rollBack = new Error("This was a dry run");
    try {
      this.#storage.transactionSync(() => {
        decided.push(decide());
        throw rollBack;
      });
    } catch (thrown) {
      if (thrown !== rollBack) throw thrown;
    }
    const [outcome] = decided;
    if (outcome === undefined) throw rollBack;
    return outcome;
  }
}
