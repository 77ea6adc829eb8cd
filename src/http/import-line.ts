/** One line of an import → what the Desk is asked to do with it, or every reason why not. Pure. */
import * as v from "valibot";
import { readFeedId } from "../article/feed-id.ts";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import type { CopiedFeed } from "../desk/archive.ts";
import type { ImportItem } from "../desk/importer.ts";
import { readArticle } from "../store/records.ts";
import { bodyFromHtml } from "../upload/html/html.ts";
import type { Findings, Issue, Parsed } from "../upload/issue.ts";
import { readObject } from "../upload/json/json-text.ts";
import { draftFromJson } from "../upload/json/json.ts";
import { parseWire } from "../upload/wire/wire.ts";

/** `end` closes an export: there is nothing to do. */
export type Asked =
  | { ok: true; item: ImportItem | { kind: "end" }; warnings: Issue[] }
  | { ok: false; issues: Issue[]; warnings: Issue[] };

/** A wire document, and under which id. */
export const Wire = v.object({ id: v.optional(v.string()), wire: v.string() });
// Ten times what the largest newsroom needs: the pages before one are made with it.
const MAX_PAGE = 100_000;

/** On which archive page of each of its feeds an article stands. */
export const Places = v.record(
  v.string(),
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_PAGE)),
);
const Revision = v.object({
  revision: v.object({
    digest: v.nullable(v.string()),
    past: v.optional(v.boolean(), false),
    places: v.optional(Places),
    article: v.unknown(),
  }),
});
/** What an export says of a feed. */
export const Feed = v.object({
  feed: v.object({
    id: v.string(),
    title: v.string(),
    changed: v.pipe(v.number(), v.safeInteger()),
    shows: v.array(v.string()),
    withdrawn: v.array(v.string()),
    pages: v.optional(v.array(v.string()), []),
  }),
});
const End = v.object({ end: v.unknown() });

/** @param bytes of the line, in UTF-8 */
export function readLine(bytes: Uint8Array, site: Site): Asked {
  const document = readObject(bytes);
  if (!document.ok) return { ok: false, issues: [document.issue], warnings: [] };
  const { members } = document;
  const wire = v.safeParse(Wire, members);
  if (wire.success)
    return ofDocument(parseWire(new TextEncoder().encode(wire.output.wire), site), wire.output.id, site);
  const revision = v.safeParse(Revision, members);
  if (revision.success) return ofRevision(revision.output.revision, site);
  const feed = v.safeParse(Feed, members);
  if (feed.success) return ofFeed(feed.output.feed);
  if (v.is(End, members)) return { ok: true, item: { kind: "end" }, warnings: [] };
  return ofDocument(draftFromJson(members, site), undefined, site);
}

function ofDocument(parsed: Parsed, given: string | undefined, site: Site): Asked {
  if (!parsed.ok) return parsed;
  const { upload, warnings } = parsed;
  const id = given ?? upload.id;
  if (id !== undefined && !isId(id))
    return refused("id", "invalid-id", "This can't be the id of an article.", id);
  if (upload.action === "withdraw") {
    const { guid, reason } = upload;
    return { ok: true, item: { kind: "withdrawal", id, guid, reason }, warnings };
  }
  const submission = {
    draft: upload.draft,
    id,
    guid: upload.guid,
    isDraft: upload.action === "keep-as-draft",
    isSilent: false,
    authority: site.authority,
  };
  return { ok: true, item: { kind: "upload", submission }, warnings };
}

function ofRevision(
  { digest, past: isPast, places, article: copied }: v.InferOutput<typeof Revision>["revision"],
  site: Site,
): Asked {
  const article = readArticle(copied, "import");
  if (article === undefined) {
    return refused("document", "unreadable-record", "This is not the record of an article.", "");
  }
  if (!isId(article.id) || article.revision < 1 || !article.sections.every(({ id }) => isId(id))) {
    return refused(
      "id",
      "invalid-id",
      "The record's id, its revision or a section's id is not valid.",
      article.id,
    );
  }
  const { issues, warnings, html } = safeHtml(article.html, article.link ?? site.url);
  if (html === undefined) return { ok: false, issues, warnings };
  return {
    ok: true,
    item: {
      kind: "revision",
      copied: { article: { ...article, html }, digest: digest ?? undefined, isPast, places },
    },
    warnings,
  };
}

// What a wire document becomes: text alone, however long it is.
const PARAGRAPHS = /^(?:<p>[^<>]*<\/p>\n?)+$/;

/** The HTML of a record, which was sanitised when it was new: of that nothing is removed, and it stays byte for byte. */
function safeHtml(html: string, base: string): Findings & { html?: string } {
  if (PARAGRAPHS.test(html)) return { issues: [], warnings: [], html };
  const { issues, warnings, body } = bodyFromHtml(
    html,
    { url: base, isKnown: true },
    { path: "/revision/article/html" },
  );
  if (body === undefined) return { issues, warnings };
  return { issues, warnings, html: warnings.length === 0 ? html : body.html };
}

function ofFeed({ id, ...rest }: Omit<CopiedFeed, "id"> & { id: string }): Asked {
  const name = /^(?:section|feed|author|tag):(.*)$/.exec(id)?.[1];
  if (id !== "all" && (name === undefined || !isId(name))) {
    return refused("document", "invalid-feed", "This is not the id of a feed.", id);
  }
  return { ok: true, item: { kind: "feed", copied: { id: readFeedId(id), ...rest } }, warnings: [] };
}

function refused(field: Issue["field"], reason: string, detail: string, found: string): Asked {
  return { ok: false, issues: [{ field, reason, detail, found }], warnings: [] };
}
