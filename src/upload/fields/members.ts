/** Members of a JSON object, and the keys that lead to a value. Pure. */

/** A JSON object: a value of unknown members. */
export type Members = Record<string, unknown>;

/** The keys from the document down to a value. */
export type Keys = readonly (string | number)[];

/** Whether a value is a JSON object, and so has members. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
