/** The public keys of a Cloudflare Access team, kept in the isolate. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { reasonOf, report } from "../report.ts";

// As RFC 7518, section 6.3.1, has an RSA key.
const Key = v.object({
  kid: v.pipe(v.string(), v.nonEmpty()),
  kty: v.literal("RSA"),
  alg: v.optional(v.literal("RS256"), "RS256"),
  n: v.string(),
  e: v.string(),
});
export type Key = v.InferOutput<typeof Key>;
const KeySet = v.object({ keys: v.array(v.unknown()) });

/** `unknown`: the team has no key of that name; `unavailable`: its keys can't be had at present. */
export type Lookup = Key | "unknown" | "unavailable";

// Cloudflare names a new key a week before it signs with it alone, and takes an old one away (Access, "Rotation").
const FRESH_MILLISECONDS = 3_600_000;
// As long as that service may be out of order.
const KEPT_MILLISECONDS = 24 * 3_600_000;
// How seldom a name that isn't among the keys has them fetched again.
const REFETCH_MILLISECONDS = 60_000;
// How long nobody tries again after a failure.
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

  /** Whether the key of a name is at hand, so that nothing need be fetched for it. */
  has(name: string, now: Instant): boolean {
    return now - this.#fetched < FRESH_MILLISECONDS && this.#keys.has(name);
  }

  /** The key of a name. What isn't at hand is fetched, unless that was tried a moment ago. */
  async find(name: string, now: Instant): Promise<Lookup> {
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

  /** Whether another request is fetching them. One that was cut off never ends. */
  #isFetching(now: Instant): boolean {
    const ended = Math.max(this.#fetched, this.#failed);
    return this.#asked > ended && now - this.#asked < PATIENCE_MILLISECONDS;
  }

  /** @throws Error when there is no key */
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
