/** Notes of the refusals that the Worker decides itself: counted in the isolate, and told to the Desk in the background, at most once a second. */
import type { Desk } from "../desk/desk.ts";
import type { RefusalNote } from "../desk/ledger/refusals.ts";
import { reasonOf, report } from "../report.ts";

// However many are refused, the Desk is asked once in this time.
const PAUSE_MILLISECONDS = 1000;
// A request that is cut off takes what it was telling with it; the platform lets nothing live for longer.
const PATIENCE_MILLISECONDS = 60_000;
const MAX_ROUNDS = 20;
// Every actor, action and reason is one: a few dozen of each actor.
const MAX_WAITING = 1000;

export class RefusalNotes {
  readonly #waiting = new Map<string, RefusalNote>();
  #reportingSince = Number.NEGATIVE_INFINITY;

  /**
   * Counts a refusal. It never throws and never waits; what the Desk itself refuses is noted there.
   * @param waitUntil keeps the isolate at work after the request was answered
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
   * Tells at once what is first, and a moment later what has come meanwhile, until nothing has. Where it goes on and on, another
   * request takes over: the platform lets nothing live for long.
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
