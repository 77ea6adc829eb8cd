/** The composition of the Desk: its ledger, what decides, and what carries decisions to KV. */
import type { Instant } from "../article/article.ts";
import { Backfill } from "./commands/backfill.ts";
import { ImportCommand } from "./commands/import.ts";
import { MediaCommand } from "./commands/media-command.ts";
import { Transactions } from "./commands/transactions.ts";
import { Capacity } from "./ledger/capacity.ts";
import { createLedger, type Layout, type Ledger } from "./ledger/ledger.ts";
import { migrate, VERSION } from "./ledger/schema/migration.ts";
import { REFILED_VERSION } from "./ledger/schema/schema.ts";
import { closed } from "./ledger/schema/newer-ledger.ts";
import type { HubLine } from "./messages.ts";
import { Delivery } from "./publication/delivery.ts";
import type { MediaBindings } from "../media/bucket.ts";
import { MediaRemovals } from "./publication/media-removals.ts";
import { HubNotifier } from "./publication/hub-notifier.ts";
import { Projection } from "./publication/projection.ts";
import { Scheduler } from "./publication/scheduler.ts";

export type Composition = {
  ledger: Ledger;
  capacity: Capacity;
  transactions: Transactions;
  importCommand: ImportCommand;
  projection: Projection;
  scheduler: Scheduler;
  mediaCommand: MediaCommand;
  /** The version of a ledger that a newer release wrote: every statement on it throws. Undefined for any other. */
  newerVersion: number | undefined;
};

/**
 * Brings the ledger to the present schema, and makes all that works on it.
 * @param storageLimit in bytes
 * @param epoch names this life of the ledger, where it is new
 */
export function composeDesk(
  { storage }: Pick<DurableObjectState, "storage">,
  { ARTICLES: kv, MEDIA: bucket }: Pick<Env, "ARTICLES"> & MediaBindings,
  hub: HubLine,
  layout: Layout,
  storageLimit: number,
  epoch: string,
  now: Instant,
): Composition {
  const found = migrate(storage, epoch);
  const isNewer = found.version > VERSION;
  const sql = isNewer ? closed(storage.sql) : storage.sql;
  const ledger = createLedger(sql, layout);
  const capacity = new Capacity(sql, storageLimit);
  const transactions = new Transactions(storage, ledger, capacity);
  const projection = new Projection(ledger, found.epoch);
  const delivery = new Delivery(kv, ledger, projection);
  const backfill = new Backfill(sql, ledger, layout.feeds);
  const notifier = new HubNotifier(ledger, found.epoch, hub);
  const mediaRemovals = new MediaRemovals(
    bucket,
    ledger.mediaWork,
    (id) => ledger.media.kept(id) !== undefined,
  );
  const scheduler = new Scheduler(storage, ledger, backfill, delivery, notifier, mediaRemovals);
  const mediaCommand = new MediaCommand(ledger, transactions, scheduler, mediaRemovals);
  const importCommand = new ImportCommand(storage, ledger, transactions, scheduler);
  if (!isNewer) {
    storage.transactionSync(() => {
      if (found.version < REFILED_VERSION) backfill.restart(found.version, now);
      backfill.start(now);
    });
  }
  const newerVersion = isNewer ? found.version : undefined;
  return {
    ledger,
    capacity,
    transactions,
    importCommand,
    projection,
    scheduler,
    mediaCommand,
    newerVersion,
  };
}
