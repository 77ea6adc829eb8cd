/** The part of an article that each member of a ninjs item is. Pure. */
import { pointerTo } from "../fields/json-pointer.ts";
import type { Members } from "../fields/members.ts";
import { signOf } from "../fields/visibility-signs.ts";
import { excerptOf, type Issue, type IssueField } from "../issue.ts";
import { NinjsItem } from "./item.ts";

const FIELDS: ReadonlyMap<string, IssueField> = new Map([
  ["uri", "guid"],
  ["guid", "guid"],
  ["pubstatus", "status"],
  ["schedule_settings", "published"],
  ["firstcreated", "published"],
  ["versioncreated", "published"],
  ["contentcreated", "published"],
  ["embargoed", "published"],
  ["embargoeduntil", "published"],
  ["expires", "expires"],
  ["headlines", "headline"],
  ["headline", "headline"],
  ["descriptions", "summary"],
  ["description_text", "summary"],
  ["description_html", "summary"],
  ["bodies", "body"],
  ["body_html", "body"],
  ["body_xhtml", "body"],
  ["body_text", "body"],
  ["subjects", "sections"],
  ["subject", "sections"],
  ["genres", "sections"],
  ["genre", "sections"],
  ["by", "authors"],
  ["byline", "authors"],
  ["people", "authors"],
  ["person", "authors"],
  ["infosources", "authors"],
  ["infosource", "authors"],
  ["authors", "authors"],
  ["service", "sections"],
  ["keywords", "tags"],
  ["language", "language"],
  ["associations", "image"],
  ["renditions", "image"],
]);

/** @param key in lower case */
export function fieldOf(key: string): IssueField {
  return FIELDS.get(key) ?? "document";
}

/** The member that lacks, where a part of an article is missing. */
export const KEYS: ReadonlyMap<IssueField, string> = new Map([
  ["headline", "headlines"],
  ["body", "bodies"],
  ["published", "firstcreated"],
  ["sections", "subjects"],
  ["summary", "descriptions"],
  ["image", "associations"],
]);

/** Members that stand there in two spellings: nobody knows which one counts. */
export function repeatedMembers(document: Members): Issue[] {
  const written = Map.groupBy(Object.keys(document), (key) => key.toLowerCase());
  return [...written].flatMap(([name, keys]): Issue[] => {
    const [, second] = keys;
    const isRead = Object.hasOwn(NinjsItem.entries, name) || signOf(name) !== undefined;
    if (second === undefined || !isRead) return [];
    return [
      {
        path: pointerTo(second),
        field: fieldOf(name),
        reason: "repeated-member",
        detail: "This member stands here in two spellings, and nobody knows which one counts.",
        found: excerptOf(keys.join(", ")),
      },
    ];
  });
}
