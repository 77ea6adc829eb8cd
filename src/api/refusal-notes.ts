/** Notes of the refusals that the Worker decides itself: the isolate counts them, and reports them to the Desk at most once a second. */
import type { Desk } from "../desk/desk.ts";
import type { RefusalNote } from "../desk/ledger/refusals.ts";
import { reasonOf, report } from "../report.ts";

// The Desk gets one report in this time, however many requests are refused.
const PAUSE_MILLISECONDS = 1000;
// A report may be lost with a request that is cut off. After this time the next one reports: nothing runs for longer here.
const PATIENCE_MILLISECONDS = 60_000;
const MAX_ROUNDS = 20;
// An actor has a few dozen at most: one for each action.
const MAX_WAITING = 1000;

export class RefusalNotes {
  readonly #waiting = new Map<string, RefusalNote>();
  #reportingSince = Number.NEGATIVE_INFINITY;

  /**
   * Counts a refusal. It never throws and never waits. The Desk notes its own refusals itself.
   * @param waitUntil keeps the report running after the response
   */
  note(
    refusal: Omit<RefusalNote, "count">,
    desk: DurableObjectStub<Desk>,
    waitUntil: (task: Promise<void>) => void,
  ): void {
    this.#count(JSON.stringify([refusal.actor, refusal.action]), { ...refusal, count: 1 });
    const now = Date.now();
    if (now - this.#reportingSince < PATIENCE_MILLISECONDS) return;
    this.#reportingSince = now;
    waitUntil(this.#report(desk));
  }

  #count(key: string, note: RefusalNote): void {
    const known = this.#waiting.get(key);
    if (known === undefined && this.#waiting.size >= MAX_WAITING) return;
    this.#waiting.set(key, { ...note, count: note.count + (known?.count ?? 0) });
  }

  /**
   * Reports the first refusal at once, and those that come meanwhile after a pause, until none has come. It stops after some
   * rounds, and another request goes on: the platform lets no task run for long.
   */
  async #report(desk: DurableObjectStub<Desk>): Promise<void> {
    try {
      for (let round = 0; round < MAX_ROUNDS && this.#waiting.size > 0; round++) {
        const notes = [...this.#waiting];
        this.#waiting.clear();
        await desk.noteRefusals(notes.map(([, note]) => note)).catch((thrown: unknown) => {
          for (const [key, note] of notes) this.#count(key, note);
          throw thrown;
        });
        await scheduler.wait(PAUSE_MILLISECONDS);
      }
    } catch (thrown) {
      report("refusals-not-noted", { reason: reasonOf(thrown) });
    } finally {
      this.#reportingSince = Number.NEGATIVE_INFINITY;
    }
  }
}
