/** A ledger that a newer release wrote: this one can't know what its rows mean, and touches none. */
import { report } from "../../../report.ts";
import { VERSION } from "./migration.ts";

const MESSAGE = "A newer release has written the ledger";

/** Thrown for every statement, so that no request finds a way to such a ledger; it crosses to the caller of the Desk. */
export class NewerLedger extends Error {
  override name = "NewerLedger";

  constructor() {
    super(MESSAGE);
  }
}

/** Whether what the Desk threw is a NewerLedger: of a thrown value only the message is sure to cross. */
export function isNewerLedger(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.includes(MESSAGE);
}

/** The database of such a ledger, which refuses every statement. */
export function closed(sql: SqlStorage): SqlStorage {
  return new Proxy(sql, {
    get: () => {
      throw new NewerLedger();
    },
  });
}

/** Says in the log what to do. @param version the ledger's */
export function reportNewerLedger(version: number): void {
  report("newer-ledger", {
    ledger: version,
    release: VERSION,
    hint: "A newer release has written the ledger. Deploy that release again: this one serves readers, and refuses all else.",
  });
}
