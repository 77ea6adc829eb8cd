/** How a record comes back from KV. What can't be read is reported, and never shown to a reader. */
import * as v from "valibot";
import { report } from "../report.ts";

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const instant = v.pipe(v.number(), v.safeInteger());

/**
 * @param where names the record in the log
 * @returns undefined for what the schema doesn't take
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

/** The value of a JSON text; undefined for a text that is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
