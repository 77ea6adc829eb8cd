/** The health of the newsroom: how full the ledger is, how many keys wait for KV, and when the clock acts next. */
import type { Instant } from "../article/article.ts";
import type { Capacity, Fullness } from "./ledger/capacity.ts";
import { VERSION } from "./ledger/schema/migration.ts";
import type { Ledger } from "./ledger/ledger.ts";

export type Health = {
  version: number;
  storage: Fullness;
  outbox: { waiting: number; since: Instant | undefined };
  nextDue: Instant | undefined;
};

export function healthOf({ outbox, articles }: Ledger, capacity: Capacity): Health {
  return {
    version: VERSION,
    storage: capacity.fullness(),
    outbox: outbox.backlog(),
    nextDue: articles.nextDue(),
  };
}
