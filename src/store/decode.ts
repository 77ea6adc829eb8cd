/** Decodes what lies in KV. A record that can't be read is reported, and never shown to a reader. */
import * as v from "valibot";
import { isId } from "../article/identity.ts";
import { isInstant } from "../article/instant.ts";
import { report } from "../report.ts";

/** Milliseconds since 1970-01-01T00:00:00Z, in the years that an article can have. */
export const instant = v.pipe(v.number(), v.check(isInstant, "Invalid instant"));

/** The id of an article, a section or an author. */
export const id = v.pipe(v.string(), v.check(isId, "Invalid id"));

/** Text without half a surrogate pair: every encoder takes it. */
export const wellFormed = v.pipe(
  v.string(),
  v.check((text) => text.isWellFormed(), "Invalid text"),
);

/** A number of things: 0 or more. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * Decodes a value by its schema.
 * @param where names the record in the log
 * @returns undefined for a value that the schema doesn't take
 */
export function decode<T>(schema: v.GenericSchema<unknown, T>, value: unknown, where: string): T | undefined {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  report("unreadable-record", {
    where,
    problem: v.getDotPath(result.issues[0]) ?? result.issues[0].message,
  });
  return undefined;
}

/**
 * Decodes a list, and leaves out the members that the schema doesn't take: one that can't be read hides no other.
 * @param where names the members in the log, before their numbers
 */
export function decodeEach<T>(
  schema: v.GenericSchema<unknown, T>,
  values: readonly unknown[],
  where: string,
): T[] {
  return values
    .map((value, index) => decode(schema, value, `${where}${index}`))
    .filter((value) => value !== undefined);
}

/** The value of a JSON text; undefined for a text that isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
