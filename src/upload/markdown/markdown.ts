/** Parses Markdown uploads: the article's fields as front matter, its body as Markdown. Pure. */
import type { Site } from "../../article/site.ts";
import { draftFrom } from "../draft.ts";
import { decode } from "../encoding.ts";
import { readFrontMatter } from "./front-matter.ts";
import { type Base, baseFor, bodyFromHtml } from "../html/html.ts";
import type { Body, Findings, Parsed } from "../issue.ts";
import { Metadata } from "../json/item.ts";
import { htmlFromMarkdown } from "./body.ts";
import { asJsonFields } from "./fields.ts";
import { fieldOf, memberOf, writingOf } from "../json/item-fields.ts";
import { readMetadata } from "../json/metadata.ts";
import { cleanLine } from "../paragraphs.ts";
import { pointerTo } from "../fields/json-pointer.ts";
import type { Layout } from "../fields/field-reader.ts";

/**
 * Parses Markdown (RFC 7763) with front matter. Its fields are those of the JSON upload except the body. The names
 * that static site generators give them are understood, too, and authors may be names alone.
 * @param bytes UTF-8, with or without a BOM
 * @param sections the names of the sections for a document that names none
 * @returns the draft, or every problem at once, each with its line; never throws
 */
export function parseMarkdown(bytes: Uint8Array, site: Site, sections: readonly string[] = []): Parsed {
  const text = decode(bytes);
  if (typeof text !== "string") return { ok: false, issues: [text], warnings: [] };
  const front = readFrontMatter(text);
  if ("issues" in front) return { ok: false, issues: front.issues, warnings: [] };
  const { members, written } = asJsonFields(front.members);
  const layout: Layout = {
    placeOf: ([first = "", ...rest]) => {
      const keys = [written.get(String(first)) ?? first, ...rest];
      return { line: front.lineOf(keys), path: pointerTo(...keys) };
    },
    fieldOf,
    writingOf,
  };
  const { parts, base, ...metadata } = readMetadata(members, Object.keys(Metadata.entries), layout, site.url);
  const takesHeadline = !Object.hasOwn(members, "title");
  const from = baseFor(base, site.url);
  const { headline, ...read } = readBody(front.body, front.bodyLine, from, takesHeadline);
  const found = {
    issues: [...metadata.issues, ...read.issues],
    warnings: [...metadata.warnings, ...read.warnings],
  };
  const whole = { ...parts, headline: parts.headline ?? headline, body: read.body };
  return draftFrom(whole, site, sections, found, (field, index) => {
    if (field === "body") return { line: front.bodyLine };
    const key = memberOf(field);
    return Object.hasOwn(members, key)
      ? layout.placeOf(index === undefined ? [key] : [key, index])
      : { line: 1 };
  });
}

function readBody(
  markdown: string,
  line: number,
  base: Base,
  takesHeadline: boolean,
): Findings & { body?: Body; headline?: string } {
  const parsed = htmlFromMarkdown(markdown, { line }, takesHeadline);
  if (!parsed.ok) return { issues: [parsed.issue], warnings: [] };
  const { body, issues, warnings } = bodyFromHtml(parsed.html, base, { line });
  return {
    issues,
    warnings,
    ...(body !== undefined && { body }),
    ...(parsed.headline !== undefined && { headline: cleanLine(parsed.headline, { line }, warnings) }),
  };
}
