/** Summaries of schemas in a few words for people. Pure. */
import type { JsonSchema } from "@valibot/to-json-schema";

const FORMATS = new Map([
  ["date-time", "a time"],
  ["uri", "an address"],
]);

/**
 * @returns `published, draft`, `1 to 100`, `a time or null`; nothing where any text will do, or where it is enough for a
 *   parameter to be there
 */
export function schemaSummary(schema: JsonSchema): string {
  const { enum: values, anyOf, type, format, minimum, maximum, maxLength, items } = schema;
  if (values !== undefined) return values.includes("") ? "" : values.map(String).join(", ");
  if (anyOf !== undefined) {
    const words = anyOf.map((part) => (typeof part === "boolean" ? "" : schemaSummary(part)));
    return words.filter((word) => word !== "").join(" or ");
  }
  const known = FORMATS.get(format ?? "");
  if (known !== undefined) return known;
  if (type === "array") return listOf(items);
  if (type === "integer") return `${String(minimum)} to ${String(maximum)}`;
  if (type === "string") return maxLength === undefined ? "" : `at most ${maxLength} characters`;
  return wordFor(String(type));
}

/** Of a list's members only the words that they are chosen from are worth the room. */
function listOf(items: JsonSchema["items"]): string {
  const words = typeof items === "object" && !Array.isArray(items) ? items.enum : undefined;
  return words === undefined ? "a list" : `a list of ${words.map(String).join(", ")}`;
}

function wordFor(type: string): string {
  switch (type) {
    case "boolean":
      return "true or false";
    case "number":
      return "a number";
    case "object":
      return "an object";
    default:
      return type;
  }
}
