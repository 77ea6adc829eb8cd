/** Hands the hub's audit entries over to the Desk, each until it has come: the Desk adds it once. */
import type { Instant } from "../../article/article.ts";
import type { HubAuditEntry } from "../../desk/messages.ts";
import type { Tables } from "../tables/tables.ts";

/** Adds entries to the Desk's audit. @param life names the hub's storage, in which their numbers count */
export type TellDesk = (life: string, entries: HubAuditEntry[]) => Promise<void>;

const MAX_ENTRIES = 100;
const PAUSE_MILLISECONDS = 60_000;

export class AuditHandover {
  readonly #tables: Tables;
  readonly #tellDesk: TellDesk;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(tables: Tables, tellDesk: TellDesk) {
    this.#tables = tables;
    this.#tellDesk = tellDesk;
  }

  /** Hands some over. @throws what the Desk throws; it is told again after a pause */
  async run(): Promise<void> {
    const { auditEntries, life } = this.#tables;
    const entries = auditEntries.list(MAX_ENTRIES);
    const last = entries.at(-1);
    if (last === undefined || Date.now() < this.#pausedUntil) return;
    this.#pausedUntil = Date.now() + PAUSE_MILLISECONDS;
    await this.#tellDesk(life.epoch(), entries);
    this.#pausedUntil = Number.NEGATIVE_INFINITY;
    auditEntries.remove(last.number);
  }

  /** The instant at which some are handed over; undefined where there are none. */
  next(now: Instant): Instant | undefined {
    return this.#tables.auditEntries.isEmpty() ? undefined : Math.max(now, this.#pausedUntil);
  }
}
