/** Failed sign-ins, counted by client address. */
import { LRUCache } from "lru-cache";
import type { Instant } from "../article/article.ts";
import { addressOf } from "./client-address.ts";
import { unauthorized } from "./challenge.ts";
import { Refusal } from "../http/problems.ts";

// The limit and the period of FAILED_ATTEMPTS in wrangler.toml.
const MAX_ATTEMPTS = 20;
const PERIOD_SECONDS = 60;
// A hundred bytes each.
const MAX_ADDRESSES = 10_000;

type AttemptCount = { since: Instant; attempts: number };

/**
 * Counts attempts to sign in. All failures count in the binding FAILED_ATTEMPTS, which adds up those of all isolates of one place.
 * Attempts that cost something (a question to the Desk, keys to fetch, a signature to verify) count in the isolate too. They count
 * as soon as they begin, so that no number of them at once gets past the limit. One that succeeds is taken back. One that costs
 * nothing blocks nobody: a newsroom shares one address.
 */
export class Attempts {
  readonly #counts = new LRUCache<string, AttemptCount>({ max: MAX_ADDRESSES });

  /** Whether an address has made too many costly attempts of late. */
  isBlocked(request: Request, now: Instant): boolean {
    return this.#countOf(addressOf(request), now).attempts >= MAX_ATTEMPTS;
  }

  /**
   * Counts a costly attempt that may fail.
   * @throws Refusal "too-many-attempts" when the address is blocked
   */
  begin(request: Request, now: Instant): void {
    if (this.isBlocked(request, now)) throw tooMany();
    this.#countOf(addressOf(request), now).attempts += 1;
  }

  /** Takes back a costly attempt that didn't fail. */
  takeBack(request: Request, now: Instant): void {
    const count = this.#countOf(addressOf(request), now);
    count.attempts = Math.max(0, count.attempts - 1);
  }

  /** The refusal of an attempt that failed and cost nothing. */
  async refuse(request: Request, env: Pick<Env, "FAILED_ATTEMPTS">): Promise<Refusal> {
    const { success } = await env.FAILED_ATTEMPTS.limit({ key: addressOf(request) });
    return success ? unauthorized("invalid_token") : tooMany();
  }

  /** The refusal of a costly attempt that failed. Past the limit of all isolates, this one blocks the address. */
  async fail(request: Request, env: Pick<Env, "FAILED_ATTEMPTS">, now: Instant): Promise<Refusal> {
    const refusal = await this.refuse(request, env);
    if (refusal.code === "too-many-attempts") {
      this.#countOf(addressOf(request), now).attempts = MAX_ATTEMPTS;
    }
    return refusal;
  }

  #countOf(address: string, now: Instant): AttemptCount {
    const known = this.#counts.get(address);
    if (known !== undefined && now - known.since < PERIOD_SECONDS * 1000) return known;
    const count = { since: now, attempts: 0 };
    this.#counts.set(address, count);
    return count;
  }
}

function tooMany(): Refusal {
  return new Refusal("too-many-attempts", { headers: { "Retry-After": String(PERIOD_SECONDS) } });
}
