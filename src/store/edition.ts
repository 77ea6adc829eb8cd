/** An edition: which version of a KV value this is. Every value carries its edition as KV metadata. Pure. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { isInstant } from "../article/instant.ts";

export type Edition = {
  /** Names one life of the ledger: sequences of different epochs can't be compared. */
  epoch: string;
  /** Rises with every public change of the value. */
  sequence: number;
  /** When the value was last written; whole seconds, no two editions of a window the same. */
  changed: Instant;
};

/** A value with its edition; `text` is undefined where nothing was ever written, or it was deleted. */
export type VersionedValue = {
  edition: Edition;
  text: string | undefined;
  /** Whether a later edition is known, which the replica that answered doesn't have yet. */
  isOutdated?: boolean;
};

/** Whether any of the values is outdated. */
export function isAnyOutdated(values: readonly Pick<VersionedValue, "isOutdated">[]): boolean {
  return values.some(({ isOutdated }) => isOutdated === true);
}

/** The edition of a value that was never written, as that of an empty feed. */
export const UNWRITTEN: Edition = { epoch: "0", sequence: 0, changed: 0 };

const EditionSchema = v.object({
  epoch: v.pipe(v.string(), v.regex(/^[a-z0-9]+$/)),
  sequence: v.pipe(v.number(), v.safeInteger()),
  // A number that is no date comes from a damaged copy.
  changed: v.pipe(
    v.number(),
    v.safeInteger(),
    v.transform((changed) => (isInstant(changed) ? changed : 0)),
  ),
});

/** Decodes KV metadata; undefined where it is missing or not an edition's. */
export function readEdition(metadata: unknown): Edition | undefined {
  const result = v.safeParse(EditionSchema, metadata);
  return result.success ? result.output : undefined;
}

/** Whether `a` is a later version than `b` of the same value. */
export function isNewer(a: Edition, b: Edition): boolean {
  return a.epoch === b.epoch && a.sequence > b.sequence;
}

/** Whether two editions of a value are the same. */
export function isSame(a: Edition, b: Edition): boolean {
  return a.epoch === b.epoch && a.sequence === b.sequence;
}
