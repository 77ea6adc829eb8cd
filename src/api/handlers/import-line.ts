/** Reads one line of an import: what the Desk is asked to do with it, or every reason why not. Pure. */
import * as v from "valibot";
import { MAX_NAME } from "../../article/bounds.ts";
import { forbiddenIn } from "../../article/characters.ts";
import { readFeedId } from "../../article/feed-id.ts";
import { isId, MAX_ID_LENGTH } from "../../article/identity.ts";
import { isInstant } from "../../article/instant.ts";
import type { Site } from "../../article/site.ts";
import type { ImportItem } from "../../desk/commands/import-item.ts";
import { instant, wellFormed } from "../../store/decode.ts";
import type { Members } from "../../upload/fields/members.ts";
import { MAX_UPLOAD_BYTES } from "../../upload/formats.ts";
import { bodyFromHtml } from "../../upload/html/html.ts";
import type { Findings, Issue, Parsed } from "../../upload/issue.ts";
import { readObject } from "../../upload/json/json-text.ts";
import { draftFromJson } from "../../upload/json/json.ts";
import { parseWire } from "../../upload/wire/wire.ts";
import { boundIssuesOfCopy, flawsOf, readCopiedArticle } from "./copied-article.ts";
import { CopiedMedia, OfMedia } from "./copied-media.ts";

/** A line that was read. `end` closes an export, and asks for nothing. */
export type Asked =
  | { ok: true; item: ImportItem | { kind: "end" }; warnings: Issue[] }
  | { ok: false; issues: Issue[]; warnings: Issue[] }
  /** The line is part of a copy, which only an administrator may import. */
  | { ok: false; isOfCopy: true }
  /** The document has more bytes than any may have. */
  | { ok: false; max: number };

/** A wire document, with the id that it is to have. */
export const Wire = v.object({ id: v.optional(v.string()), wire: v.string() });
// Ten times what the largest newsroom needs.
const MAX_PAGE = 100_000;
// Articles that a feed shows or has withdrawn: far more than a feed of a megabyte holds.
const MAX_SHOWN = 10_000;

/** The archive page of an article in each of its feeds. */
export const Places = v.record(
  v.string(),
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_PAGE)),
);
// An article and its revision, an article and an instant; a digest.
const word = v.pipe(v.string(), v.maxLength(MAX_ID_LENGTH + 20));
const Revision = v.object({
  revision: v.object({
    digest: v.nullable(word),
    past: v.optional(v.boolean()),
    places: v.optional(Places),
    article: v.unknown(),
  }),
});
// As many as the setting for the length of feeds permits.
const words = v.pipe(v.array(word), v.maxLength(MAX_SHOWN));

/** An archive page: its number, its date, its arrivals and the digest of its content. */
const CopiedPage = v.pipe(
  word,
  v.regex(/^\d{1,9} \d{1,15} \d{1,9} [0-9a-f]{1,16}$/),
  v.check((page) => isInstant(Number(page.split(" ")[1]))),
);

/** A feed in an export. */
export const Feed = v.object({
  feed: v.object({
    id: v.string(),
    title: v.pipe(
      wellFormed,
      v.maxLength(MAX_NAME),
      v.check((title) => forbiddenIn(title).length === 0 && !/[\r\n]/.test(title), "Invalid title"),
    ),
    changed: instant,
    shows: words,
    withdrawn: words,
    pages: v.optional(v.pipe(v.array(CopiedPage), v.maxLength(MAX_PAGE)), []),
  }),
});
const End = v.object({ end: v.unknown() });

// The kind of a line. The full schemas say afterwards what is wrong with it.
const OfRevision = v.object({ revision: v.object({ article: v.unknown() }) });
const OfFeed = v.object({ feed: v.object({ id: v.string(), shows: v.unknown() }) });

/**
 * @param bytes of the line, in UTF-8
 * @param mayCopy whether the sender may import a copy; otherwise nothing of a copy is read
 */
export function readLine(bytes: Uint8Array, site: Site, mayCopy: boolean): Asked {
  const document = readObject(bytes);
  if (!document.ok) return { ok: false, issues: [document.issue], warnings: [] };
  const { members } = document;
  const wire = v.safeParse(Wire, members);
  if (wire.success) {
    const text = new TextEncoder().encode(wire.output.wire);
    return isTooLarge(text) ?? ofDocument(parseWire(text, site), wire.output.id, site);
  }
  const isRevision = v.is(OfRevision, members);
  const isMedia = v.is(OfMedia, members);
  if (isRevision || isMedia || v.is(OfFeed, members)) {
    if (!mayCopy) return { ok: false, isOfCopy: true };
    if (isMedia) return ofMedia(members);
    return isRevision ? ofRevision(members, site) : ofFeed(members);
  }
  if (v.is(End, members)) return { ok: true, item: { kind: "end" }, warnings: [] };
  return isTooLarge(bytes) ?? ofDocument(draftFromJson(members, site), undefined, site);
}

function isTooLarge({ byteLength }: Uint8Array): Asked | undefined {
  return byteLength > MAX_UPLOAD_BYTES ? { ok: false, max: MAX_UPLOAD_BYTES } : undefined;
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

function ofRevision(members: Members, site: Site): Asked {
  const line = v.safeParse(Revision, members, { abortPipeEarly: true });
  if (!line.success) return { ok: false, issues: flawsOf(line.issues, []), warnings: [] };
  const { digest, past: isPast, places, article: copied } = line.output.revision;
  const read = readCopiedArticle(copied);
  if (!read.ok) return { ...read, warnings: [] };
  const { article } = read;
  const { issues, warnings, html } = safeHtml(article.html, article.link ?? site.url);
  if (html === undefined) return { ok: false, issues, warnings };
  const safe = { ...article, html };
  // Cleaning can make a body longer.
  const grown = html === article.html ? [] : boundIssuesOfCopy(safe);
  if (grown.length > 0) return { ok: false, issues: grown, warnings };
  const item = {
    kind: "revision",
    copied: { article: safe, digest: digest ?? undefined, isPast, places },
  } as const;
  return { ok: true, item, warnings };
}

// The HTML that a wire document becomes: plain paragraphs. They need no cleaning, however long they are.
const PARAGRAPHS = /^(?:<p>[^<>]*<\/p>\n?)+$/;

/** Cleans the HTML of a record. Dateline sanitised it when it was new; where nothing has to be removed, it stays byte for byte. */
function safeHtml(html: string, base: string): Findings & { html?: string } {
  if (html === "" || PARAGRAPHS.test(html)) return { issues: [], warnings: [], html };
  const { issues, warnings, body } = bodyFromHtml(
    html,
    { url: base, isKnown: true },
    { path: "/revision/article/html" },
  );
  if (body === undefined) return { issues, warnings };
  return { issues, warnings, html: warnings.length === 0 ? html : body.html };
}

function ofMedia(members: Members): Asked {
  const read = v.safeParse(CopiedMedia, members, { abortPipeEarly: true });
  if (!read.success) return { ok: false, issues: flawsOf(read.issues, []), warnings: [] };
  return { ok: true, item: { kind: "media", copied: read.output.media }, warnings: [] };
}

function ofFeed(members: Members): Asked {
  const read = v.safeParse(Feed, members, { abortPipeEarly: true });
  if (!read.success) return { ok: false, issues: flawsOf(read.issues, []), warnings: [] };
  const { id, ...rest } = read.output.feed;
  const name = /^(?:section|feed|author|tag):(.*)$/.exec(id)?.[1];
  if (id !== "all" && (name === undefined || !isId(name))) {
    return refused("document", "invalid-feed", "This is not the id of a feed.", id);
  }
  return { ok: true, item: { kind: "feed", copied: { id: readFeedId(id), ...rest } }, warnings: [] };
}

function refused(field: Issue["field"], reason: string, detail: string, found: string): Asked {
  return { ok: false, issues: [{ field, reason, detail, found }], warnings: [] };
}
