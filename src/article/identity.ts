/** Ids, guids and slugs. No I/O. No clock. */
import slugify from "@sindresorhus/slugify";
import type { Instant } from "./article.ts";
import { hashOf } from "./hash.ts";
import { isoDay } from "./instant.ts";

/** The form of an id: a slug of at most `MAX_ID_LENGTH` characters. */
export const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const MAX_ID_LENGTH = 80;
// Words of ASCII between single blanks or hyphens, as most names are: their slug is the same in small letters.
const PLAIN = /^[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*$/;
// Far more than a slug shows; a text may be as long as an upload.
const MAX_SLUGIFIED = 1000;

/** Whether `text` can be the id of an article or of a section. */
export function isId(text: string): boolean {
  return text.length <= MAX_ID_LENGTH && ID.test(text);
}

/**
 * A slug of at most `maxLength` characters, cut between words where it can be: accents are folded, other scripts
 * transliterated. Text that leaves nothing (a headline in Chinese, say) gets a short hash of itself.
 */
export function slug(text: string, maxLength: number = MAX_ID_LENGTH): string {
  const start = text.slice(0, MAX_SLUGIFIED);
  const whole = PLAIN.test(start)
    ? start.toLowerCase().replaceAll(" ", "-")
    : slugify(start, { decamelize: false });
  if (!ID.test(whole)) return hashOf(text, 32);
  if (whole.length <= maxLength) return whole;
  const cut = whole.slice(0, maxLength);
  const end = whole[maxLength] === "-" ? maxLength : cut.lastIndexOf("-");
  return end > 0 ? cut.slice(0, end) : cut;
}

/**
 * The id of an article that comes without one: the day of its dateline (UTC) and its headline.
 * @param attempt 1 for the first try; the n-th article of the same day and headline gets the ending `-n`
 */
export function articleId(published: Instant, headline: string, attempt: number): string {
  return datedId(published, headline, attempt === 1 ? "" : `-${attempt}`);
}

/**
 * The id of an article that no reader sees yet: it ends in a hash and in no number, so that it doesn't tell how many hidden
 * articles have its day and its headline.
 * @param seed of the hash
 */
export function hashedId(published: Instant, headline: string, seed: string): string {
  return datedId(published, headline, `-${hashSuffix(seed)}`);
}

/** Four characters of a hash: they tell nothing of the seed. */
export function hashSuffix(seed: string): string {
  return hashOf(seed, 32).slice(0, 4);
}

function datedId(published: Instant, headline: string, suffix: string): string {
  const day = isoDay(published);
  return `${day}-${slug(headline, MAX_ID_LENGTH - day.length - 1 - suffix.length)}${suffix}`;
}

/**
 * A tag URI (RFC 4151): `tag:<authority>,<day>:<name>`. It holds nothing that an edit, a move to another host, or
 * https would change.
 * @param authority a domain that the publisher held on `day`
 */
export function tagUri(authority: string, day: string, name: string): string {
  return `tag:${authority},${day}:${name}`;
}
