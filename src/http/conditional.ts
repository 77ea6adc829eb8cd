/** Conditional requests for public representations (RFC 9110, section 13), decided before anything is rendered. Pure. */
import type { Instant } from "../article/article.ts";
import type { Edition } from "../store/edition.ts";
import { type EntityTag, parseEntityTags } from "./entity-tag.ts";
import { parseHttpDate } from "./http-date.ts";

/** The facts of a representation that are known before it is rendered. */
export type Validators = {
  edition: Edition;
  /** Format and variant: `atom`. */
  variant: string;
  /** Names the software and the settings that render it. */
  build: string;
  /** Whole seconds; undefined where no date tells two representations apart. */
  lastModified: Instant | undefined;
};

/** The entity tag of a representation: a weak one, since an intermediary may compress the body (section 8.8.3.3). */
export function entityTag(validators: Validators): string {
  return `W/"${opaque(validators)}"`;
}

function opaque({ edition, variant, build }: Validators): string {
  return `${edition.epoch}.${edition.sequence}.${variant}.${build}`;
}

/**
 * Evaluates the preconditions of a GET or HEAD in the order of section 13.2.2.
 * @param headers of the request
 * @param now decides the century of two-digit years
 * @returns the status of the response
 */
export function evaluate(headers: Headers, validators: Validators, now: Instant): 200 | 304 | 412 {
  return evaluateWith(headers, {
    tag: entityTag(validators),
    lastModified: validators.lastModified,
    // A weak tag never matches strongly (section 8.8.3.2).
    isStronglyMatched: () => false,
    isSeen: (tag) => isSeen(tag, validators),
    now,
  });
}

/**
 * The same for a representation with a strong entity tag.
 * @param etag as its field has it, in quotes
 */
export function evaluateStrong(
  headers: Headers,
  { etag, lastModified }: { etag: string; lastModified: Instant },
  now: Instant,
): 200 | 304 | 412 {
  return evaluateWith(headers, {
    tag: etag,
    lastModified,
    isStronglyMatched: ({ isWeak, opaque: text }) => !isWeak && `"${text}"` === etag,
    isSeen: ({ opaque: text }) => `"${text}"` === etag,
    now,
  });
}

/** How the tags and dates of a request compare with a representation. */
type Comparison = {
  /** Its own, as its field has it. */
  tag: string;
  lastModified: Instant | undefined;
  isStronglyMatched: (tag: EntityTag) => boolean;
  isSeen: (tag: EntityTag) => boolean;
  now: Instant;
};

function evaluateWith(
  headers: Headers,
  { tag: own, lastModified, isStronglyMatched, isSeen: isKnown, now }: Comparison,
): 200 | 304 | 412 {
  const ifMatch = headers.get("If-Match");
  const ifUnmodifiedSince = headers.get("If-Unmodified-Since");
  if (ifMatch !== null) {
    // If-Match compares strongly (section 13.1.1).
    const tags = parseEntityTags(ifMatch);
    if (tags !== "*" && !tags.some(isStronglyMatched)) return 412;
  } else if (ifUnmodifiedSince !== null && lastModified !== undefined) {
    const since = parseHttpDate(ifUnmodifiedSince, now);
    if (since !== undefined && lastModified > since) return 412;
  }
  const ifNoneMatch = headers.get("If-None-Match");
  if (ifNoneMatch !== null) {
    // Nearly every poll sends back the very tag that it got.
    if (ifNoneMatch === own) return 304;
    const tags = parseEntityTags(ifNoneMatch);
    return tags === "*" || tags.some(isKnown) ? 304 : 200;
  }
  const ifModifiedSince = headers.get("If-Modified-Since");
  if (ifModifiedSince !== null && lastModified !== undefined) {
    const since = parseHttpDate(ifModifiedSince, now);
    if (since !== undefined && lastModified <= since) return 304;
  }
  return 200;
}

/**
 * Whether the client has this representation, or a later one. KV's replicas are not all equally fresh: a client that got a newer
 * edition from another one must not go back in time.
 */
function isSeen(tag: EntityTag, validators: Validators): boolean {
  // If-None-Match compares weakly (section 13.1.2).
  if (tag.opaque === opaque(validators)) return true;
  const [epoch, sequence, variant] = tag.opaque.split(".");
  return (
    epoch === validators.edition.epoch &&
    variant === validators.variant &&
    /^\d{1,15}$/.test(sequence ?? "") &&
    Number(sequence) > validators.edition.sequence
  );
}
