/** The decisions on kept pictures: keep, describe, remove, import. To run in a transaction. No R2, no clock. */
import type { Article, Instant } from "../../article/article.ts";
import { hashOf } from "../../article/hash.ts";
import type { Media, MediaDescription, PictureFile } from "../../article/media.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { StoredMedia } from "../ledger/media.ts";
import type { Refused } from "../messages.ts";
import { type ExpectedTags, isExpected } from "../preconditions.ts";
import { missingPermission, type Principal, type Right } from "../principal.ts";
import { mediaOf } from "./pictures.ts";

/** A picture whose files lie in R2. */
export type UploadedMedia = PictureFile & {
  id: string;
  /** The name of the upload that wrote them. */
  upload: string;
  /** Whether it moves: then it has no sizes, which stand still. */
  isAnimated: boolean;
  sizes: PictureFile[];
  /** What the editor says of it, and what its file proposes for the rest. */
  description: MediaDescription;
  proposed: MediaDescription;
};

export type KeptMedia = { ok: true; media: Media; isNew: boolean };
export type DescribedMedia = { ok: true; media: StoredMedia };

/** How many uses of a picture are told at a time: enough to find them all, one after the other. */
export const MAX_USES = 100;

/**
 * Keeps a picture. One that is here already has its sizes and its description brought up to date; the description as `describeMedia`
 * may change it.
 */
export function keepMedia(
  ledger: Ledger,
  { upload, isAnimated: _isAnimated, description, proposed, ...files }: UploadedMedia,
  actor: Principal,
  now: Instant,
): KeptMedia | Refused {
  const forbidden = forbid(actor, "publish");
  if (forbidden !== undefined) return forbidden;
  const { media: records, mediaWork } = ledger;
  const known = records.find(files.id);
  const said = (text: keyof MediaDescription): string | undefined =>
    description[text] ?? known?.[text] ?? proposed[text];
  const media: Media = {
    ...files,
    created: known?.created ?? now,
    alt: said("alt"),
    caption: said("caption"),
    credit: said("credit"),
    licence: said("licence"),
  };
  const isDescribed = known !== undefined && !isAlike(known, media);
  const foreign = isDescribed ? forbidUses(ledger, files.id, actor, "publish") : undefined;
  if (foreign !== undefined) return foreign;
  mediaWork.endUpload(upload);
  mediaWork.dropRemoval(media.id);
  records.store(media, true);
  const isNew = known === undefined || !known.isKept;
  if (isNew) audit(ledger, "media-kept", media.id, actor, now);
  else if (isDescribed) audit(ledger, "media-described", media.id, actor, now);
  return { ok: true, media, isNew };
}

/** The entity tag of what is said of a picture, without its quotes. */
export function descriptionTag({ alt, caption, credit, licence }: MediaDescription): string {
  const texts = [alt, caption, credit, licence].map((text) => text ?? null);
  return hashOf(JSON.stringify(texts), 64);
}

/**
 * Says of a picture what an editor wants it to say; whatever is missing is taken away. Where it says that already the precondition
 * doesn't count: a request may have come before (RFC 9110, section 13.1.1).
 * @param expected the tags of descriptions, one of which the picture must have
 */
export function describeMedia(
  ledger: Ledger,
  id: string,
  description: MediaDescription,
  expected: ExpectedTags,
  actor: Principal,
  now: Instant,
): DescribedMedia | Refused {
  const forbidden = forbid(actor, "publish");
  if (forbidden !== undefined) return forbidden;
  const known = ledger.media.find(id);
  if (known === undefined) return { ok: false, reason: "no-such-media", media: id };
  const foreign = forbidUses(ledger, id, actor, "publish");
  if (foreign !== undefined) return foreign;
  const { alt, caption, credit, licence } = description;
  const media = { ...known, alt, caption, credit, licence };
  if (isAlike(known, media)) return { ok: true, media: known };
  const tag = descriptionTag(known);
  if (!isExpected(expected, tag)) return { ok: false, reason: "description-changed", media: id, tag };
  ledger.media.describe(id, description);
  audit(ledger, "media-described", id, actor, now);
  return { ok: true, media };
}

/** Removes a picture that no article uses; its files are noted for R2. */
export function removeMedia(
  ledger: Ledger,
  id: string,
  actor: Principal,
  now: Instant,
): { ok: true } | Refused {
  const forbidden = forbid(actor, "withdraw");
  if (forbidden !== undefined) return forbidden;
  const known = ledger.media.find(id);
  if (known === undefined) return { ok: false, reason: "no-such-media", media: id };
  const foreign = forbidUses(ledger, id, actor, "withdraw");
  if (foreign !== undefined) return foreign;
  const articles = ledger.media.uses(id, MAX_USES);
  if (articles.length > 0) return { ok: false, reason: "media-in-use", media: id, articles };
  remove(ledger, known, actor, now);
  return { ok: true };
}

/** Removes those of a withdrawn article's pictures that no other article uses. @returns their ids */
export function removeUnused(ledger: Ledger, article: Article, actor: Principal, now: Instant): string[] {
  return mediaOf(article).filter((id) => {
    const known = ledger.media.find(id);
    if (known === undefined || ledger.media.isUsed(id)) return false;
    remove(ledger, known, actor, now);
    return true;
  });
}

/**
 * Imports what a copy tells of a picture: of one that is kept here the texts that are missing, and the earlier time; of any other
 * all that there is to know once its bytes are uploaded.
 */
export function importMedia(
  ledger: Ledger,
  copied: Media,
  actor: Principal,
): { ok: true; isChanged: boolean } | Refused {
  const forbidden = forbid(actor, "admin");
  if (forbidden !== undefined) return forbidden;
  const known = ledger.media.find(copied.id);
  const media = known?.isKept === true ? filledFrom(known, copied) : copied;
  const isChanged = known === undefined || textOf(known) !== textOf(media);
  if (isChanged) ledger.media.store(media, known?.isKept ?? false);
  return { ok: true, isChanged };
}

function filledFrom(known: StoredMedia, copied: Media): StoredMedia {
  const { alt = copied.alt, caption = copied.caption } = known;
  const { credit = copied.credit, licence = copied.licence } = known;
  return { ...known, alt, caption, credit, licence, created: Math.min(known.created, copied.created) };
}

function remove({ media, mediaWork, ...ledger }: Ledger, known: Media, actor: Principal, now: Instant): void {
  media.remove(known.id);
  mediaWork.addRemoval(known, now);
  audit(ledger, "media-removed", known.id, actor, now);
}

function forbid(actor: Principal, right: Right): Refused | undefined {
  const missing = missingPermission(actor, right, []);
  return missing && { ok: false, reason: "forbidden", missing };
}

/** A token for some sections has no say about a picture that an article in another one uses. */
function forbidUses(
  { media, articles }: Ledger,
  id: string,
  actor: Principal,
  right: Right,
): Refused | undefined {
  if (actor.sections === undefined) return undefined;
  for (let uses = media.uses(id, MAX_USES); uses.length > 0; uses = media.uses(id, MAX_USES, uses.at(-1))) {
    const sections = uses.flatMap((article) => articles.find(article)?.sections ?? []);
    const missing = missingPermission(actor, right, sections);
    if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
  }
  return undefined;
}

function isAlike(one: MediaDescription, other: MediaDescription): boolean {
  return (["alt", "caption", "credit", "licence"] as const).every((text) => one[text] === other[text]);
}

function textOf({ id, type, width, height, length, sizes, created, ...rest }: Media): string {
  const { alt, caption, credit, licence } = rest;
  return JSON.stringify([id, type, width, height, length, sizes, created, alt, caption, credit, licence]);
}

function audit(
  { audit: entries }: Pick<Ledger, "audit">,
  action: string,
  id: string,
  actor: Principal,
  now: Instant,
): void {
  entries.add({ instant: now, actor: actor.name, action, subject: `media:${id}`, result: "done" });
}
