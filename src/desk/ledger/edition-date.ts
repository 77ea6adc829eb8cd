/** The date of an edition: given once per sequence, so that a repeated write brings the same bytes. Pure. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { isInstant } from "../../article/instant.ts";
import type { Edition } from "../../store/edition.ts";

/** A row of the ledger that counts the editions of a KV value; `changed` belongs to the sequence `stamped`. */
export const Stamped = v.object({ sequence: v.number(), stamped: v.number(), changed: v.number() });

/** An edition without the life of the ledger that it belongs to. */
export type DatedSequence = Omit<Edition, "epoch">;

// A union of feeds takes the latest date of its members': one that comes much later than it says would be missed by date.
const LATE_MILLISECONDS = 30_000;

/**
 * The `changed` of a row's present edition: in whole seconds, no two editions of one value the same. One that isn't stamped yet
 * gets the date of a write that starts now.
 * @param isRetry whether a write of this edition has failed: after half a minute it is given a new date
 */
export function editionDate(
  { sequence, stamped, changed }: v.InferOutput<typeof Stamped>,
  now: Instant,
  isRetry = false,
): Instant {
  const present = Math.floor(now / 1000) * 1000;
  // A damaged copy may have left it.
  if (!isInstant(changed)) return present;
  const isLate = isRetry && now - changed >= LATE_MILLISECONDS;
  return stamped === sequence && !isLate ? changed : Math.max(present, changed + 1000);
}
