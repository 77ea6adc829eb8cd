/** A Markdown upload: the article's fields as front matter, its body as Markdown. Pure. */
import type { Site } from "../article/site.ts";
import { draftFrom } from "./draft.ts";
import { decode, normalised } from "./encoding.ts";
import { readFrontMatter } from "./front-matter.ts";
import { type Base, baseFor, bodyFromHtml } from "./html.ts";
import type { Body, Findings, Issue, Parsed } from "./issue.ts";
import { Metadata } from "./item.ts";
import { htmlFromMarkdown } from "./markdown-body.ts";
import { fieldOf, readMetadata } from "./metadata.ts";
import { onOneLine } from "./paragraphs.ts";
import { pointerTo } from "./pointer.ts";
import { isMembers, type Layout, type Members } from "./reading.ts";

// What static site generators call the fields.
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["date", "date_published"],
  ["categories", "sections"],
  ["section", "sections"],
  ["description", "summary"],
]);

/**
 * Parses Markdown (RFC 7763) with front matter, whose fields are those of the JSON upload but for the body. `date`,
 * `categories`, `section` and `description` are understood, too, and authors may be names alone.
 * @param bytes UTF-8, with or without a BOM
 * @returns the draft, or every problem at once, each with its line; never throws
 */
export function parseMarkdown(bytes: Uint8Array, site: Site): Parsed {
  const text = decode(bytes);
  if (typeof text !== "string") return { ok: false, issues: [text], warnings: [] };
  const front = readFrontMatter(text);
  if ("issues" in front) return { ok: false, issues: front.issues, warnings: [] };
  const { members, written } = withoutAliases(front.members);
  const layout: Layout = {
    placeOf: ([first = "", ...rest]) => {
      const keys = [written.get(String(first)) ?? first, ...rest];
      return { line: front.lineOf(keys), path: pointerTo(...keys) };
    },
    fieldOf,
  };
  const { parts, ...metadata } = readMetadata(members, Object.keys(Metadata.entries), layout);
  const takesHeadline = !Object.hasOwn(members, "title");
  const { headline, ...read } = readBody(
    front.body,
    front.bodyLine,
    baseFor(parts.link, site.url),
    takesHeadline,
  );
  const found = {
    issues: [...metadata.issues, ...read.issues],
    warnings: [...metadata.warnings, ...read.warnings],
  };
  const whole = { ...parts, headline: parts.headline ?? headline, body: read.body };
  return draftFrom(whole, site, found, (field, index) => {
    if (field === "body") return { line: front.bodyLine };
    const key = KEYS.get(field) ?? field;
    return Object.hasOwn(members, key)
      ? layout.placeOf(index === undefined ? [key] : [key, index])
      : { line: 1 };
  });
}

const KEYS: ReadonlyMap<Issue["field"], string> = new Map([
  ["headline", "title"],
  ["published", "date_published"],
]);

function readBody(
  markdown: string,
  line: number,
  base: Base,
  takesHeadline: boolean,
): Findings & { body?: Body; headline?: string } {
  const parsed = htmlFromMarkdown(markdown, { line }, takesHeadline);
  if (!parsed.ok) return { issues: [parsed.issue], warnings: [] };
  const headline = parsed.headline === undefined ? {} : { headline: onOneLine(normalised(parsed.headline)) };
  return { ...bodyFromHtml(parsed.html, base, { line }), ...headline };
}

/** The fields under the names of the JSON upload, and under which name each was written. */
function withoutAliases(members: Members): { members: Members; written: ReadonlyMap<string, string> } {
  const written = new Map<string, string>();
  const renamed = Object.entries(members).map(([key, value]): [string, unknown] => {
    const name = ALIASES.get(key);
    if (name === undefined || Object.hasOwn(members, name)) return [key, value];
    written.set(name, key);
    return [name, value];
  });
  const fields = new Map(renamed);
  const author = fields.get("author");
  if (author !== undefined && !fields.has("authors")) {
    fields.delete("author");
    fields.set("authors", Array.isArray(author) ? author : [author]);
    written.set("authors", "author");
  }
  const authors = fields.get("authors");
  if (Array.isArray(authors)) fields.set("authors", authors.map(asPerson));
  for (const key of ["sections", "tags"]) {
    const one = fields.get(key);
    if (typeof one === "string") fields.set(key, [one]);
  }
  return { members: Object.fromEntries(fields), written };
}

function asPerson(author: unknown): unknown {
  return typeof author === "string" || !isMembers(author) ? { name: author } : author;
}
