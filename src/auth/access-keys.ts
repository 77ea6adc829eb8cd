/** The public keys of a Cloudflare Access team, kept in the isolate. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { reasonOf, report } from "../report.ts";

// An RSA key (RFC 7518, section 6.3.1).
const Key = v.object({
  kid: v.pipe(v.string(), v.nonEmpty()),
  kty: v.literal("RSA"),
  alg: v.optional(v.literal("RS256"), "RS256"),
  n: v.string(),
  e: v.string(),
});
export type Key = v.InferOutput<typeof Key>;
const KeySet = v.object({ keys: v.array(v.unknown()) });

/** `unknown`: the team has no key of that name; `unavailable`: its keys can't be fetched at present. */
export type KeyLookup = Key | "unknown" | "unavailable";

// Cloudflare lists a new key a week before it signs with that one alone, and removes an old one (Access, "Rotation").
const FRESH_MILLISECONDS = 3_600_000;
// How long the service may be down without locking members out.
const KEPT_MILLISECONDS = 24 * 3_600_000;
// An unknown name makes the isolate fetch the keys again no more often than this.
const REFETCH_MILLISECONDS = 60_000;
// How long after a failure the keys aren't fetched again.
export const PAUSE_SECONDS = 10;
const PATIENCE_MILLISECONDS = 5000;

export class AccessKeys {
  readonly #address: string;
  #keys = new Map<string, Key>();
  #fetched = Number.NEGATIVE_INFINITY;
  #asked = Number.NEGATIVE_INFINITY;
  #failed = Number.NEGATIVE_INFINITY;

  /** @param issuer the team's address */
  constructor(issuer: string) {
    this.#address = `${issuer}/cdn-cgi/access/certs`;
  }

  /** Whether the key of a name is kept and fresh, so that nothing is fetched for it. */
  has(name: string, now: Instant): boolean {
    return now - this.#fetched < FRESH_MILLISECONDS && this.#keys.has(name);
  }

  /** Finds the key of a name. The keys are fetched where it isn't kept, unless that was tried a moment ago. */
  async find(name: string, now: Instant): Promise<KeyLookup> {
    const isKept = now - this.#fetched < KEPT_MILLISECONDS;
    const known = isKept ? this.#keys.get(name) : undefined;
    if (known !== undefined && this.has(name, now)) return known;
    if (now - this.#failed < PAUSE_SECONDS * 1000) return known ?? "unavailable";
    if (isKept && now - this.#asked < REFETCH_MILLISECONDS) {
      return known ?? (this.#isFetching(now) ? "unavailable" : "unknown");
    }
    this.#asked = now;
    try {
      this.#keys = await this.#fetch();
      this.#fetched = now;
      return this.#keys.get(name) ?? "unknown";
    } catch (thrown) {
      this.#failed = now;
      report("access-keys-unavailable", { reason: reasonOf(thrown) });
      return known ?? "unavailable";
    }
  }

  /** Whether another request is fetching the keys. A request that was cut off never ends: it counts for a while only. */
  #isFetching(now: Instant): boolean {
    const ended = Math.max(this.#fetched, this.#failed);
    return this.#asked > ended && now - this.#asked < PATIENCE_MILLISECONDS;
  }

  /** @throws Error when there is no usable key */
  async #fetch(): Promise<Map<string, Key>> {
    const response = await fetch(this.#address, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
    if (!response.ok) throw new Error(`The team's keys are answered with ${response.status}`);
    const { keys } = v.parse(KeySet, await response.json());
    const usable = keys.flatMap((key) => {
      const read = v.safeParse(Key, key);
      return read.success ? [read.output] : [];
    });
    if (usable.length === 0) throw new Error("The team has no key of RSA");
    return new Map(usable.map((key) => [key.kid, key]));
  }
}
