/** Gives the fields of front matter the names and the shapes of the JSON upload. Pure. */
import type { Members } from "../fields/members.ts";
import type { Metadata } from "../json/item.ts";

// The names of the fields in static site generators. Of two names of one field the first in the document counts.
const ALIASES: ReadonlyMap<string, keyof typeof Metadata.entries> = new Map([
  ["date", "date_published"],
  ["categories", "sections"],
  ["category", "sections"],
  ["section", "sections"],
  ["tag", "tags"],
  ["description", "summary"],
  ["author", "authors"],
]);

/** Lists that may be one text, with commas between their members. */
const LISTS: readonly (keyof typeof Metadata.entries)[] = ["sections", "tags"];

/** The fields under the names of the JSON upload, and the names under which they were written where those differ. */
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
