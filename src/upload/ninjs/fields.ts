/** The members of a ninjs item: the part of an article that each is, and how its texts are written. Pure. */
import { pointerTo } from "../fields/json-pointer.ts";
import type { Writing } from "../fields/field-text.ts";
import type { Members } from "../fields/members.ts";
import { signOf } from "../fields/visibility-signs.ts";
import { excerptOf, type Issue, type IssueField } from "../issue.ts";
import { NinjsItem } from "./item.ts";

type Member = keyof typeof NinjsItem.entries;

/**
 * A text whose writing isn't named stays as it is written: some descriptions may be HTML, and are cleaned when they are
 * known to be none.
 */
const MEMBERS: Record<Member, { field: IssueField; writing?: Writing }> = {
  uri: { field: "guid", writing: "line" },
  guid: { field: "guid", writing: "line" },
  type: { field: "document", writing: "line" },
  pubstatus: { field: "status", writing: "line" },
  firstcreated: { field: "published", writing: "line" },
  versioncreated: { field: "published", writing: "line" },
  contentcreated: { field: "published", writing: "line" },
  embargoed: { field: "published", writing: "line" },
  embargoeduntil: { field: "published", writing: "line" },
  expires: { field: "expires", writing: "line" },
  schedule_settings: { field: "published" },
  ednote: { field: "document" },
  language: { field: "language", writing: "language" },
  headlines: { field: "headline" },
  headline: { field: "headline" },
  descriptions: { field: "summary" },
  description_text: { field: "summary" },
  description_html: { field: "summary" },
  bodies: { field: "body" },
  body_html: { field: "body" },
  body_xhtml: { field: "body" },
  body_text: { field: "body" },
  subjects: { field: "sections" },
  subject: { field: "sections" },
  genres: { field: "sections" },
  genre: { field: "sections" },
  people: { field: "authors" },
  person: { field: "authors" },
  infosources: { field: "authors" },
  infosource: { field: "authors" },
  service: { field: "sections" },
  authors: { field: "authors" },
  keywords: { field: "tags", writing: "line" },
  by: { field: "authors", writing: "line" },
  byline: { field: "authors", writing: "line" },
  copyrightholder: { field: "document", writing: "line" },
  copyrightnotice: { field: "document", writing: "line" },
  associations: { field: "image" },
  renditions: { field: "image" },
};

const FIELDS: ReadonlyMap<string, IssueField> = new Map(
  Object.entries(MEMBERS).map(([key, { field }]) => [key, field]),
);

const WRITINGS: ReadonlyMap<string, Writing> = new Map([
  ...Object.entries(MEMBERS).map(([key, { writing = "verbatim" }]): [string, Writing] => [key, writing]),
  // Members of concepts and of renditions.
  ["name", "line"],
  ["literal", "line"],
  ["code", "line"],
  ["width", "number"],
  ["height", "number"],
]);

/** @param key in lower case */
export function fieldOf(key: string): IssueField {
  return FIELDS.get(key) ?? "document";
}

/** How the texts under a key are written, at any depth. @param key in lower case */
export function writingOf(key: string): Writing {
  return WRITINGS.get(key) ?? "verbatim";
}

const NAMES: ReadonlyMap<IssueField, Member> = new Map([
  ["headline", "headlines"],
  ["body", "bodies"],
  ["published", "firstcreated"],
  ["sections", "subjects"],
  ["summary", "descriptions"],
  ["image", "associations"],
]);

/** The member by which an issue with a part of an article is placed; of several, that of version 3. */
export function memberOf(field: IssueField): string {
  return NAMES.get(field) ?? field;
}

/** The issues about members that a document has in two spellings: nobody knows which one counts. */
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
        detail: "The item has this member in two spellings: keep one of them.",
        found: excerptOf(keys.join(", ")),
      },
    ];
  });
}
