/** A WordPress export (WXR) → items. Pure. */
import { readTime } from "../../../upload/time/time.ts";
import { readEach } from "../each-item.ts";
import { textOfHtml } from "../html-text.ts";
import { EMPTY_ITEM, type Enclosure, type FeedItem, firstNonEmpty, resolveUrl } from "../item.ts";
import { lostPart } from "../exports/lost-part.ts";
import { decodedName, plainTitle } from "../exports/plain-title.ts";
import { type Attachments, attachmentsOf, featuredImage } from "./attachments.ts";
import { authorsOf, guestAuthors } from "./authors.ts";
import { renderContent } from "./body.ts";
import { readTerms } from "./terms.ts";
import { hiddenOf } from "./visibility.ts";
import { metaOf, readWxr, type Wxr, type WxrItem } from "./wxr.ts";

const GMT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;

/**
 * Reads an export of WordPress.
 * @param text an XML document
 * @returns every item, hidden unless it is a published post; undefined when the text is no WXR 1.x
 * @throws Error when it is WXR and not well-formed
 */
export function wordpressItems(text: string): FeedItem[] | undefined {
  const wxr = readWxr(text);
  if (wxr === undefined) return undefined;
  const attachments = attachmentsOf(wxr.items);
  const names = new Map([...wxr.authors, ...guestAuthors(wxr.items)]);
  return readEach(
    wxr.items,
    ({ guid, link }) => firstNonEmpty(guid, link),
    (item) => itemOf(item, wxr, attachments, names),
  );
}

function itemOf(
  item: WxrItem,
  { link: home, language }: Wxr,
  attachments: Attachments,
  names: ReadonlyMap<string, string>,
): FeedItem {
  const hidden = hiddenOf(item);
  const link = resolveUrl(item.link, home);
  const known = {
    id: firstNonEmpty(decodedName(item.guid), link),
    title: plainTitle(item.title),
    base: link ?? resolveUrl(home, undefined),
    hidden,
  };
  if (hidden?.action === "leave-out") return { ...EMPTY_ITEM, ...known };
  const date = dateOf(item, hidden !== undefined);
  const body = renderContent(item.content ?? "", attachments, item.id);
  const featured = attachments.byId.get(metaOf(item, "_thumbnail_id")?.trim() ?? "");
  const { language: own, ...filed } = readTerms(item.terms);
  return {
    ...known,
    ...filed,
    content: item.content === undefined ? undefined : { html: body.html },
    summary: firstNonEmpty(textOfHtml(item.excerpt ?? "")),
    date,
    authors: authorsOf(item, names),
    language: own ?? language,
    image: featured === undefined ? undefined : featuredImage(featured),
    enclosures: enclosuresOf(item),
    warnings: [
      ...(date === undefined ? localTime(item) : []),
      ...body.warnings,
      ...lostComments(item),
      ...lostImage(item, featured !== undefined),
    ],
  };
}

/**
 * The time of a post in GMT. A hidden post without one has the time of its last change. A local time is no certain
 * instant, and a post that readers may see must not appear at another time than its own.
 */
function dateOf(
  { dateGmt, dateLocal, pubDate, modifiedGmt }: WxrItem,
  isHidden: boolean,
): string | undefined {
  return (
    gmt(dateGmt) ?? publicationDate(pubDate, gmt(dateLocal)) ?? (isHidden ? gmt(modifiedGmt) : undefined)
  );
}

/** `2020-03-03 08:00:00` → `2020-03-03T08:00:00Z`. `0000-00-00 00:00:00` is no time. */
function gmt(written: string | undefined): string | undefined {
  const [, day = "", time] = GMT.exec(written ?? "") ?? [];
  return time === undefined || day.startsWith("0000") ? undefined : `${day}T${time}Z`;
}

/**
 * The time in `pubDate`. For no time WordPress writes `Mon, 30 Nov -0001 00:00:00 +0000` or the first second of 1970: a
 * time that differs from the local time by more than any zone isn't the post's.
 * @param local the local time, as if it were in UTC
 */
function publicationDate(written: string | undefined, local: string | undefined): string | undefined {
  const time = written === undefined || written.includes(" -0001 ") ? undefined : readTime(written);
  if (time?.ok !== true) return undefined;
  const isNear = local === undefined || Math.abs(time.instant - Date.parse(local)) <= MAX_OFFSET;
  return isNear ? written : undefined;
}

// Kiribati's offset, the farthest from UTC, in milliseconds.
const MAX_OFFSET = 14 * 60 * 60 * 1000;

/** The recording of a podcast: the address, the length and the type, one a line. */
function enclosuresOf(item: WxrItem): Enclosure[] {
  const [url = "", length = "", type] = (metaOf(item, "enclosure") ?? "")
    .split("\n")
    .map((line) => line.trim());
  if (url === "") return [];
  return [{ url, type: firstNonEmpty(type), length: /^\d+$/.test(length) ? Number(length) : undefined }];
}

function localTime({ dateLocal }: WxrItem): FeedItem["warnings"] {
  if (dateLocal === undefined || dateLocal.startsWith("0000")) return [];
  const detail =
    "The post has a time in the blog’s own zone alone, and the export doesn’t say which zone that is.";
  return [lostPart("published", "local-time", detail, dateLocal)];
}

function lostComments({ comments }: WxrItem): FeedItem["warnings"] {
  if (comments === 0) return [];
  const what = comments === 1 ? "1 comment was" : `${comments} comments were`;
  return [lostPart("document", "lost-comments", `${what} left out.`, "")];
}

function lostImage(item: WxrItem, isFound: boolean): FeedItem["warnings"] {
  const id = metaOf(item, "_thumbnail_id")?.trim() ?? "";
  if (isFound || !/^[1-9]\d*$/.test(id)) return [];
  return [
    lostPart(
      "image",
      "lost-image",
      "The post’s featured picture is not in the export.",
      `_thumbnail_id ${id}`,
    ),
  ];
}
