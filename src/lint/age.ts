/** How old an article is when an aggregator reads it. Pure. No clock: the present instant is passed in. */
import type { Instant } from "../article/article.ts";
import { DAY_MILLISECONDS } from "../article/instant.ts";
import type { FeedItem } from "../feed/document.ts";
import type { Check } from "./rule.ts";
import { quoted } from "./wording.ts";

/**
 * The days since an article came out. One under an embargo is in no feed yet: it is judged as of its release, when
 * nobody finds its time in the future.
 */
export function ageInDays({ published }: FeedItem, now: Instant): number {
  return (Math.max(now, published) - published) / DAY_MILLISECONDS;
}

/** An age as a number to read, rounded up to tenths: what is above a bound never reads as if it were on it. */
export function readableDays(days: number): number {
  return Math.ceil(days * 10) / 10;
}

/** Complains of a time that no date can stand for. */
export const noDate: Check = ({ published }) => {
  if (!Number.isNaN(new Date(published).getTime())) return undefined;
  return { detail: `publication time ${quoted(String(published))} is not a date`, found: String(published) };
};
