/** The hub's entries in the audit. To run in a transaction. No clock. */
import type { Ledger } from "../ledger/ledger.ts";
import type { HubAuditEntry } from "../messages.ts";

/**
 * Adds entries, but for those that are there: the hub tells each until it knows that it came.
 * @param life names the hub's storage, in which the entries' numbers count
 * @param entries in the order of their numbers
 */
export function addHubAudit(
  { audit, counters }: Pick<Ledger, "audit" | "counters">,
  life: string,
  entries: readonly HubAuditEntry[],
): void {
  const known = counters.auditedOf(life);
  const fresh = entries.filter(({ number }) => number > known);
  for (const { instant, actor, action, subject, note } of fresh)
    audit.add({ instant, actor, action, subject, result: "done", note });
  const last = fresh.at(-1);
  if (last !== undefined) counters.noteAudited(life, last.number);
}
