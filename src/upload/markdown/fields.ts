/** The fields of front matter under the names and in the shapes of the JSON upload. Pure. */
import type { Members } from "../fields/members.ts";
import type { Metadata } from "../json/item.ts";

// What static site generators call the fields. Of two names of one field the first that stands there counts.
const ALIASES: ReadonlyMap<string, keyof typeof Metadata.entries> = new Map([
  ["date", "date_published"],
  ["categories", "sections"],
  ["category", "sections"],
  ["section", "sections"],
  ["tag", "tags"],
  ["description", "summary"],
  ["author", "authors"],
]);

/** Lists that may be written as one text, with commas between their members. */
const LISTS: readonly (keyof typeof Metadata.entries)[] = ["sections", "tags"];

/** The fields under the names of the JSON upload, and under which name each was written. */
export function asJsonFields(members: Members): { members: Members; written: ReadonlyMap<string, string> } {
  const written = new Map<string, string>();
  const fields = new Map<string, unknown>();
  for (const [key, value] of Object.entries(members)) {
    const name = ALIASES.get(key);
    if (name === undefined || Object.hasOwn(members, name) || written.has(name)) {
      fields.set(key, value);
    } else {
      written.set(name, key);
      fields.set(name, value);
    }
  }
  for (const key of LISTS) if (fields.has(key)) fields.set(key, listOf(fields.get(key)));
  if (fields.has("authors")) fields.set("authors", [fields.get("authors")].flat());
  return { members: Object.fromEntries(fields), written };
}

function listOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value
    .split(",")
    .map((member) => member.trim())
    .filter((member) => member !== "");
}
