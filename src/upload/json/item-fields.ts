/**
 * The members of a JSON upload, which are the fields of front matter, too: the part of an article that each is, and
 * how its texts are written. Pure.
 */
import type { Writing } from "../fields/field-text.ts";
import type { IssueField } from "../issue.ts";
import type { Item } from "./item.ts";

type Member = keyof typeof Item.entries;

/** A text whose writing isn't named is one line. */
const MEMBERS: Record<Member, { field: IssueField; writing?: Writing }> = {
  id: { field: "id" },
  guid: { field: "guid" },
  title: { field: "headline" },
  short_title: { field: "headline" },
  summary: { field: "summary", writing: "paragraphs" },
  sections: { field: "sections" },
  date_published: { field: "published" },
  expires: { field: "expires" },
  correction: { field: "correction" },
  draft: { field: "document" },
  tags: { field: "tags" },
  authors: { field: "authors" },
  author: { field: "authors" },
  image: { field: "image", writing: "address" },
  attachments: { field: "attachments" },
  language: { field: "language", writing: "language" },
  external_url: { field: "link", writing: "address" },
  url: { field: "link", writing: "address" },
  content_html: { field: "body", writing: "verbatim" },
  content_text: { field: "body", writing: "verbatim" },
  content_markdown: { field: "body", writing: "verbatim" },
};

const FIELDS: ReadonlyMap<string, IssueField> = new Map(
  Object.entries(MEMBERS).map(([key, { field }]) => [key, field]),
);

const WRITINGS: ReadonlyMap<string, Writing> = new Map([
  ...Object.entries(MEMBERS).map(([key, { writing = "line" }]): [string, Writing] => [key, writing]),
  // Members of a picture and of a file.
  ["width", "number"],
  ["height", "number"],
  ["size_in_bytes", "number"],
]);

/** The part of an article that a member is; "document" for a member that is none. */
export function fieldOf(key: string): IssueField {
  return FIELDS.get(key) ?? "document";
}

/** How the texts under a key are written, at any depth. */
export function writingOf(key: string): Writing {
  return WRITINGS.get(key) ?? "line";
}

// Every other part has a member of its own name.
const NAMES: ReadonlyMap<IssueField, Member> = new Map([
  ["headline", "title"],
  ["published", "date_published"],
]);

/** The member by which an issue with a part of an article is placed. */
export function memberOf(field: IssueField): string {
  return NAMES.get(field) ?? field;
}
