/** The pictures of an article: what a document names becomes what readers need. To run in a transaction. No KV, no clock. */
import type { Article, Image, NamedImage } from "../../article/article.ts";
import { type Bounded, type Excess, excessesOf } from "../../article/bounds.ts";
import { hashOf } from "../../article/hash.ts";
import { type Media, mediaAddress, mediaIdOf, originalName } from "../../article/media.ts";
import { addressesIn, markUp, mediaIn } from "../../media/markup.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Refused } from "../messages.ts";

type Pictured = Pick<Article, "image" | "pictured" | "named">;
type Kept = Pick<Ledger, "media" | "siteUrl">;

const MEMBERS = ["url", "alt", "credit", "caption", "width", "height", "type", "length", "media"] as const;

/** The refusal of a picture that isn't kept here. */
export type NoSuchMedia = Extract<Refused, { reason: "no-such-media" }>;

const FILLED = ["alt", "credit", "caption"] as const;

/**
 * The image that a document names, with what the ledger knows of a picture that is kept: its files, and the description where the
 * document says none, as far as it fits.
 * @param content the rest of the article
 */
function resolveImage(
  { media: records, siteUrl }: Kept,
  named: NamedImage | undefined,
  content: Bounded,
): { ok: true; image: Image | undefined } | NoSuchMedia {
  const id = named && keptId(named, siteUrl);
  if (named === undefined || id === undefined)
    return { ok: true, image: named?.url === undefined ? undefined : named };
  const media = records.kept(id);
  if (media === undefined) return { ok: false, reason: "no-such-media", media: id };
  let image = imageOf(media, siteUrl, named);
  for (const text of FILLED) {
    if (image[text] !== undefined || media[text] === undefined) continue;
    const filled = { ...image, [text]: media[text] };
    if (excessesOfImage(content, filled).length === 0) image = filled;
  }
  return { ok: true, image };
}

/**
 * The picture that an article has after a new document. Where the newsroom has set another one than the document's, its choice
 * stays as long as the document says the same of the picture.
 * @param content the rest of the new article
 * @param present the article before, where there is one
 */
export function pictureAfter(
  ledger: Kept,
  named: NamedImage | undefined,
  content: Bounded,
  present: Article | undefined,
): ({ ok: true } & Pictured) | NoSuchMedia {
  const { image, pictured } = present ?? {};
  // What the document names may have been deleted since, or described anew: nobody uses it.
  if (pictured !== undefined && pictured === digestOf(named, ledger.siteUrl))
    return { ok: true, image, pictured, named: undefined };
  const resolved = resolveImage(ledger, named, content);
  if (!resolved.ok) return resolved;
  const said = digestWhereFilled(named, resolved.image, ledger.siteUrl);
  return { ok: true, image: resolved.image, pictured: undefined, named: said };
}

/** The picture that the newsroom sets in the place of its document's, or takes away. */
export function pictureSet(
  ledger: Kept,
  wanted: NamedImage | undefined,
  present: Article,
): ({ ok: true } & Pictured) | NoSuchMedia {
  const { image, named = digestOf(image, ledger.siteUrl), pictured = named } = present;
  const resolved = resolveImage(ledger, wanted, present);
  return resolved.ok ? { ...resolved, pictured, named: undefined } : resolved;
}

/** The body of an article with the measures and sizes of its kept pictures, as far as there is room. */
export function resolveBody(
  { media, siteUrl }: Kept,
  content: Bounded & { html: string },
): { ok: true; html: string } | NoSuchMedia {
  const { html, missing } = markUp(content.html, siteUrl, (id) => media.kept(id));
  const [first] = missing;
  if (first !== undefined) return { ok: false, reason: "no-such-media", media: first };
  return { ok: true, html: markedWithin(content, html) };
}

/** The body with its markup; without it, where it would make the record longer than any may be. */
function markedWithin(content: Bounded & { html: string }, html: string): string {
  const isLonger = html.length > content.html.length;
  return isLonger && excessesOf({ ...content, html }).length > 0 ? content.html : html;
}

/** The first picture of this site that isn't kept, among those to which a body and attachments lead. */
export function missingLink(
  { media, siteUrl }: Kept,
  { html, attachments }: Pick<Article, "html" | "attachments">,
): string | undefined {
  return [...addressesIn(html), ...attachments.map(({ url }) => url)]
    .map((address) => mediaIdOf(address, siteUrl))
    .find((id) => id !== undefined && media.kept(id) === undefined);
}

/** An article whose pictures may have gone or changed since: each as the ledger knows it now. */
export function resolvePictures(
  ledger: Kept,
  article: Article,
): { ok: true; article: Article } | NoSuchMedia {
  const picture = resolveImage(ledger, article.image, article);
  if (!picture.ok) return picture;
  const image = excessesOfImage(article, picture.image).length > 0 ? article.image : picture.image;
  const body = resolveBody(ledger, { ...article, image });
  if (!body.ok) return body;
  const missing = missingLink(ledger, { ...article, html: body.html });
  if (missing !== undefined) return { ok: false, reason: "no-such-media", media: missing };
  const { pictured, named = digestWhereFilled(article.image, image, ledger.siteUrl) } = article;
  const said = pictured === undefined ? named : undefined;
  return { ok: true, article: { ...article, image, named: said, html: body.html } };
}

/**
 * A copied article: pictures that are kept here get their addresses here, wherever it comes from, and all others stay as they
 * are. What it says of them stays.
 */
export function resolveCopy({ media, siteUrl }: Kept, article: Article): Article {
  const { image, html } = article;
  const kept = image?.media === undefined ? undefined : media.kept(image.media);
  const own = image !== undefined && kept !== undefined ? imageOf(kept, siteUrl, image) : image;
  const copy = { ...article, image: excessesOfImage(article, own).length > 0 ? image : own };
  const marked = markUp(html, siteUrl, (id) => media.kept(id), true).html;
  return { ...copy, html: markedWithin(copy, marked) };
}

/**
 * A copied article without what the ledger has made of its kept pictures: for the comparison of two copies, of which one may have
 * come when a picture was kept here and the other when it wasn't.
 */
export function withoutResolved(siteUrl: string, article: Article): Article {
  const { image, html } = article;
  const named = image?.media === undefined ? image : imageOf(unknownMedia(image.media), siteUrl, image);
  return { ...article, image: named, html: markUp(html, siteUrl, unknownMedia, true).html };
}

/** The record of a picture of which nothing is known but its id. */
function unknownMedia(id: string): Media {
  return { id, type: "image/png", width: 0, height: 0, length: 0, sizes: [], created: 0 };
}

/** What an article would have beyond its limits with an image, and wouldn't have without it. */
export function excessesOfImage(content: Bounded, image: Image | undefined): Excess[] {
  if (image === undefined) return [];
  const excesses = excessesOf({ ...content, image });
  if (excesses.length === 0) return excesses;
  const others = new Set(
    excessesOf({ ...content, image: undefined }).map(({ keys, unit }) => `${unit} ${keys.join()}`),
  );
  return excesses.filter(({ keys, unit }) => !others.has(`${unit} ${keys.join()}`));
}

/** Whether two images are the same, in whatever order their members come. */
export function isSameImage(one: Image | undefined, other: Image | undefined): boolean {
  return one === undefined || other === undefined
    ? one === other
    : MEMBERS.every((member) => one[member] === other[member]) && sizesOf(one) === sizesOf(other);
}

/** The ids of all kept pictures to which an article leads, in its image, its body or its attachments. */
export function mediaOf({
  image,
  html,
  attachments,
}: Pick<Article, "image" | "html" | "attachments">): string[] {
  const addresses = [image?.url, ...attachments.map(({ url }) => url)].join(" ");
  const own = image?.media === undefined ? [] : [image.media];
  return [...new Set([...own, ...mediaIn(addresses), ...mediaIn(html)])];
}

function imageOf(
  media: Media,
  siteUrl: string,
  { alt, credit, caption }: Pick<Image, "alt" | "credit" | "caption">,
): Image {
  const { id, type, width, height, length, sizes } = media;
  const url = mediaAddress(siteUrl, originalName(id, type));
  return { url, alt, credit, width, height, caption, type, length, media: id, sizes };
}

function sizesOf({ sizes = [] }: Image): string {
  return JSON.stringify(sizes.map(({ type, width, height, length }) => [type, width, height, length]));
}

function keptId({ media, url = "" }: NamedImage, siteUrl: string): string | undefined {
  return media ?? mediaIdOf(url, siteUrl);
}

/** The digest of what a document says of a picture, where its image says more. */
function digestWhereFilled(
  said: NamedImage | undefined,
  image: Image | undefined,
  siteUrl: string,
): string | undefined {
  const digest = digestOf(said, siteUrl);
  return digest === digestOf(image, siteUrl) ? undefined : digest;
}

/** A digest of what is said of a picture: which one, and its texts. */
function digestOf(image: NamedImage | undefined, siteUrl: string): string {
  const { alt = null, credit = null, caption = null } = image ?? {};
  const said = image && [keptId(image, siteUrl) ?? image.url, alt, credit, caption];
  return hashOf(JSON.stringify(said ?? null), 64);
}
