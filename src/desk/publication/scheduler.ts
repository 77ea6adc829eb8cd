/** The Desk's schedule: KV is written after a decision, due articles are released or expire, and the alarm is set for the rest. */
import { reasonOf, report } from "../../report.ts";
import { articleKey, type Key } from "../../store/keys.ts";
import { Alarm } from "../../alarm.ts";
import { type Delivery, MAX_WRITES } from "./delivery.ts";
import type { HubNotifier } from "./hub-notifier.ts";
import type { MediaRemovals } from "./media-removals.ts";
import type { Backfill } from "../commands/backfill.ts";
import { PACE_MILLISECONDS } from "../ledger/outbox.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { patiently } from "./patience.ts";
import { Releases } from "./releases.ts";

// Bulk work goes on after that, though editors go on publishing or KV is slow.
const COURTESY_MILLISECONDS = 250;
// A client that sends an import makes no longer pause.
const IMPORT_PAUSE_MILLISECONDS = 500;
// An import changes the same feeds again and again. While it runs, they are written now and then: KV takes one write a second, and
// an editor's change is to find it free.
const HELD_MILLISECONDS = 10_000;
// While an import runs, its backlog leaves it most of the thread.
const REST_MILLISECONDS = 200;
// After the articles of a step have come to KV, so long those of the next ones are left to the alarm.
const BRING_MILLISECONDS = 500;
const LATER_MILLISECONDS = 60_000;

export class Scheduler {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;
  readonly #backfill: Backfill;
  readonly #delivery: Delivery;
  readonly #notifier: HubNotifier;
  readonly #mediaRemovals: MediaRemovals;
  readonly #releases: Releases;
  readonly #alarm: Alarm;
  #imported = -Infinity;
  #isBringing = false;

  constructor(
    storage: DurableObjectStorage,
    ledger: Ledger,
    backfill: Backfill,
    delivery: Delivery,
    notifier: HubNotifier,
    mediaRemovals: MediaRemovals,
  ) {
    this.#storage = storage;
    this.#ledger = ledger;
    this.#backfill = backfill;
    this.#delivery = delivery;
    this.#notifier = notifier;
    this.#mediaRemovals = mediaRemovals;
    this.#releases = new Releases(storage, ledger);
    this.#alarm = new Alarm(storage);
  }

  /** Writes to KV the keys that a change made stale, as far as pace, health and patience allow. */
  async publishToKv(staleKeys: readonly Key[]): Promise<void> {
    // Should this Desk vanish from here on, the next one is woken to go on.
    await this.scheduleSoon();
    // The hub learns of what is taken away before KV has it, and of all else after: nobody waits for either.
    this.#notifyHub("recall");
    await patiently(this.#delivery.deliver(staleKeys).catch(undelivered));
    this.#notifyHub("notify");
    await this.#arm();
  }

  /** Removes the files of pictures that were removed, as far as patience allows. Never throws: what R2 doesn't do is done later. */
  async removeFiles(): Promise<void> {
    // Should this Desk vanish from here on, the next one is woken to go on.
    await this.scheduleSoon();
    await patiently(this.#mediaRemovals.carryOut(Date.now()));
  }

  /** Whether articles or feeds wait for the backfill. */
  isBackfilling(): boolean {
    return this.#backfill.isOpen();
  }

  /** Leaves the writing to the alarm. Never throws: what was accepted is stored, and the cron trigger wakes a Desk without alarm. */
  async scheduleSoon(): Promise<void> {
    try {
      const now = Date.now();
      await this.#alarm.arm(now + PACE_MILLISECONDS, now);
    } catch (thrown) {
      report("alarm-not-set", { reason: reasonOf(thrown) });
    }
  }

  /** Sets the alarm anew, for a Desk that can do nothing now: the release that can will find it set. */
  async scheduleLater(): Promise<void> {
    const now = Date.now();
    this.#alarm.disarm();
    await this.#alarm.arm(now + LATER_MILLISECONDS, now);
  }

  /** Does what is due when the alarm goes off. */
  async onAlarm(): Promise<void> {
    this.#alarm.disarm();
    await this.sweep();
  }

  /** To be awaited before each step of an import: other requests have their turn. */
  async beforeImport(): Promise<void> {
    await this.#giveWay(0);
    this.#imported = Date.now();
  }

  /**
   * To be called after each step of an import: its articles begin their way to KV, unless those of an earlier step are on theirs.
   * An import runs ahead of KV: now and then a step is taken, and the others wait in the outbox.
   * @param ids of the articles
   */
  afterImport(ids: readonly string[]): void {
    if (!this.#isBringing) void this.#bring(ids.map(articleKey));
  }

  async #bring(keys: readonly Key[]): Promise<void> {
    this.#isBringing = true;
    await this.#delivery.bring(keys).catch(undelivered);
    await scheduler.wait(BRING_MILLISECONDS);
    this.#isBringing = false;
  }

  /**
   * Releases due articles, goes on with the backfill, writes stale keys, begins to remove files, and sets the next alarm. Never
   * throws: the platform stops after six failures.
   */
  async sweep(): Promise<void> {
    let isMore = false;
    try {
      isMore = await this.#carryOn();
      const now = Date.now();
      this.#ledger.outbox.prune(now);
      this.#storage.transactionSync(() => {
        this.#ledger.staging.prune(now);
        this.#mediaRemovals.noteStale(now);
      });
      // No embargo waits for R2.
      void this.#mediaRemovals.carryOut(now).then(() => this.#arm());
    } catch (thrown) {
      report("sweep-failed", { reason: reasonOf(thrown) });
    }
    await this.#arm(isMore);
  }

  /**
   * Works in small steps, as many as one invocation may, and looks at the clock before each.
   * @returns whether there is more to do
   */
  async #carryOn(): Promise<boolean> {
    this.#releases.begin();
    let isBackfillOpen = true;
    for (let left = MAX_WRITES; left > 0;) {
      while (this.#releases.step()) await scheduler.wait(0);
      this.#notifyHub("recall");
      isBackfillOpen &&= this.#backfillStep();
      const delivered = await this.#delivery.deliverNext(this.#isImporting() ? HELD_MILLISECONDS : 0);
      this.#notifyHub("notify");
      if (delivered === undefined && !isBackfillOpen) return false;
      await this.#giveWay(delivered?.cause !== "urgent" && this.#isImporting() ? REST_MILLISECONDS : 0);
      left -= delivered?.count ?? 1;
    }
    return true;
  }

  /** Lets go of the thread, which requests and the platform wait for, and then lets what is urgent go on to KV first. */
  async #giveWay(rest: number): Promise<void> {
    await scheduler.wait(rest);
    if (this.#delivery.isCalm()) return;
    await Promise.race([this.#delivery.untilCalm(), scheduler.wait(COURTESY_MILLISECONDS)]);
  }

  /** @returns whether the backfill has more to do: an article that it can't read keeps nothing else from its readers */
  #backfillStep(): boolean {
    try {
      this.#storage.transactionSync(() => this.#backfill.step(Date.now()));
      return this.#backfill.isOpen();
    } catch (thrown) {
      report("filing-failed", { reason: reasonOf(thrown) });
      return false;
    }
  }

  #isImporting(): boolean {
    return Date.now() - this.#imported < IMPORT_PAUSE_MILLISECONDS;
  }

  /** Tells the hub in the background; what it didn't get, it is told by a later alarm. */
  #notifyHub(what: "recall" | "notify"): void {
    void this.#notifier[what]().then(() => this.#arm());
  }

  /**
   * Sets the alarm for what comes next; what is overdue is under way, and is looked at again.
   * @param isMore whether the next alarm is to go on at once
   */
  async #arm(isMore = false): Promise<void> {
    try {
      const now = Date.now();
      const { outbox } = this.#ledger;
      const backfill = this.#backfill.isOpen() ? now : Infinity;
      const due = this.#releases.next(now) ?? Infinity;
      const notice = this.#notifier.next(now) ?? Infinity;
      const removal = this.#mediaRemovals.next() ?? Infinity;
      const next = Math.min(outbox.next() ?? Infinity, due, backfill, notice, removal);
      if (next === Infinity) return;
      await this.#alarm.arm(next > now || isMore ? next : now + PACE_MILLISECONDS, now);
    } catch (thrown) {
      report("alarm-not-set", { reason: reasonOf(thrown) });
    }
  }
}

/** Reports a failed delivery: the alarm writes what is still in the outbox. */
function undelivered(thrown: unknown): void {
  report("delivery-failed", { reason: reasonOf(thrown) });
}
