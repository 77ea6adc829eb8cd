/** Claims: which letters are under way, and with which courier. In memory alone: a claim that is lost lets a letter go twice. No clock. */
import type { Instant } from "../../article/article.ts";

// A courier renews its claims while it works. One that vanished keeps nobody waiting for longer.
const CLAIM_MILLISECONDS = 120_000;

export class Claims {
  readonly #held = new Map<number, { courier: string; until: Instant }>();

  /** Claims a letter, or claims it again. @returns whether no other courier has it */
  claim(id: number, courier: string, now: Instant): boolean {
    const held = this.#held.get(id);
    if (held !== undefined && held.courier !== courier && held.until > now) return false;
    this.#held.set(id, { courier, until: now + CLAIM_MILLISECONDS });
    return true;
  }

  isHeld(id: number, now: Instant): boolean {
    return (this.#held.get(id)?.until ?? now) > now;
  }

  release(id: number, courier: string): void {
    if (this.#held.get(id)?.courier === courier) this.#held.delete(id);
  }

  /** Releases what a courier left. @param ids of its message */
  releaseAll(ids: readonly number[], courier: string): void {
    for (const id of ids) this.release(id, courier);
  }
}
