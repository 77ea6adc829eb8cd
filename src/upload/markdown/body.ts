/** Makes an article's body of Markdown: CommonMark 0.31 with GitHub's extensions, by way of HTML. Pure. */
import type { Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { toText } from "hast-util-to-text";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { CONTINUE, SKIP, visit } from "unist-util-visit";
import { type Base, bodyFromHtml } from "../html/html.ts";
import { type Body, excerptOf, type Findings, type Issue, type Place } from "../issue.ts";
import { excessIn, MAX_MARKDOWN } from "./cost.ts";
import { githubSyntax } from "./syntax.ts";

/**
 * Makes HTML of Markdown and sanitises it, so that raw HTML may stand in it.
 * @param base the address that relative ones start from, and whether the document names it
 */
export function bodyFromMarkdown(markdown: string, base: Base, place: Place): Findings & { body?: Body } {
  const parsed = htmlFromMarkdown(markdown, place);
  return parsed.ok ? bodyFromHtml(parsed.html, base, place) : { issues: [parsed.issue], warnings: [] };
}

/**
 * Makes HTML of Markdown, without sanitising it. A heading of the first level at the beginning of the text can become
 * the headline, which the HTML then lacks.
 * @param takesHeadline whether to look for that heading
 */
export function htmlFromMarkdown(
  markdown: string,
  place: Place,
  takesHeadline = false,
): { ok: true; html: string; headline?: string } | { ok: false; issue: Issue } {
  const issue = refusal(markdown, place);
  if (issue !== undefined) return { ok: false, issue };
  const tree = fromMarkdown(markdown, { extensions: [githubSyntax()], mdastExtensions: [gfmFromMarkdown()] });
  const first = tree.children[0];
  const headline =
    takesHeadline && first?.type === "heading" && first.depth === 1 ? toText(toHast(first)) : undefined;
  if (headline !== undefined) tree.children.shift();
  const hast = toHast(tree, { allowDangerousHtml: true });
  const root: Root = hast.type === "root" ? hast : { type: "root", children: [] };
  settle(root);
  const html = toHtml(root, { allowDangerousHtml: true });
  return { ok: true, html, ...(headline !== undefined && { headline }) };
}

/** The reason not to parse a text, with the line that is too much. */
function refusal(markdown: string, place: Place): Issue | undefined {
  const field = "body";
  if (markdown.length > MAX_MARKDOWN) {
    const detail = `Markdown may have at most ${MAX_MARKDOWN} characters.`;
    return { ...place, field, reason: "too-long", detail, found: "" };
  }
  const excess = excessIn(markdown);
  if (excess === undefined) return undefined;
  const { at, detail, line } = excess;
  const there = place.line === undefined ? place : { ...place, line: place.line + at };
  return { ...there, field, reason: "too-complex", detail, found: excerptOf(line) };
}

/**
 * Removes what the conversion adds and an article may not hold, so that no author is warned of it: classes, and the
 * ids by which footnotes link. A reference becomes its number, and a rule separates the notes.
 */
function settle(root: Root): void {
  visit(root, "element", ({ tagName, properties, children }, index, parent) => {
    if (parent === undefined || index === undefined) return CONTINUE;
    if (properties["dataFootnoteBackref"] !== undefined) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    if (properties["dataFootnoteRef"] !== undefined) {
      parent.children.splice(index, 1, ...children);
      return [SKIP, index];
    }
    if (tagName === "h2" && properties["id"] === "footnote-label") {
      parent.children.splice(index, 1, { type: "element", tagName: "hr", properties: {}, children: [] });
    }
    for (const key of ["dataFootnotes", "className", "id"]) delete properties[key];
    return CONTINUE;
  });
}
