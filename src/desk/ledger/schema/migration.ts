/** Brings a ledger to the present schema. The version only rises: an earlier release may have set it down meanwhile. */
import * as v from "valibot";
import { firstRow } from "../../../rows.ts";
import type { Operation } from "./migration-step.ts";
import { STEPS } from "./schema.ts";

const LedgerRow = v.object({
  /** Names this life of the ledger. */
  epoch: v.string(),
  /** How many steps it had had; 0 for a new one. */
  version: v.number(),
});

/** A ledger as it was found. */
export type Found = v.InferOutput<typeof LedgerRow>;

/** The version of a ledger that this release has brought up to date. */
export const VERSION = STEPS.length;

/**
 * Brings the ledger to the present schema. One that a newer release wrote stays as it is.
 * @param epoch kept only by a ledger that is new
 */
export function migrate(storage: DurableObjectStorage, epoch: string): Found {
  return storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec("CREATE TABLE IF NOT EXISTS ledger (version INTEGER NOT NULL, epoch TEXT NOT NULL)");
    const row = firstRow(sql, LedgerRow, "SELECT version, epoch FROM ledger");
    if (row === undefined) sql.exec("INSERT INTO ledger (version, epoch) VALUES (0, ?)", epoch);
    const found = row ?? { version: 0, epoch };
    for (const operation of STEPS.slice(found.version).flat()) carryOut(operation, sql);
    if (found.version < VERSION) sql.exec("UPDATE ledger SET version = ?", VERSION);
    return found;
  });
}

function carryOut(operation: Operation, sql: SqlStorage): void {
  if (typeof operation === "string") sql.exec(operation);
  else operation(sql);
}
