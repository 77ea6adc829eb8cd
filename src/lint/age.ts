/** The age of an article when an aggregator reads it. Pure. No clock: the present instant is passed in. */
import type { Instant } from "../article/article.ts";
import { DAY_MILLISECONDS } from "../article/instant.ts";
import type { FeedItem } from "../feed/document.ts";
import type { Check } from "./rule.ts";
import { quoted } from "./wording.ts";

/**
 * The days since an article was published. An article under an embargo is in no feed yet: its age is that of its
 * release, when its time no longer lies ahead.
 */
export function ageInDays({ published }: FeedItem, now: Instant): number {
  return (Math.max(now, published) - published) / DAY_MILLISECONDS;
}

/** An age as a number to read, rounded up to tenths: an age above a limit never reads as the limit itself. */
export function readableDays(days: number): number {
  return Math.ceil(days * 10) / 10;
}

/** Complains of a time that is no date. */
export const noDate: Check = ({ published }) => {
  if (!Number.isNaN(new Date(published).getTime())) return undefined;
  return { detail: `publication time ${quoted(String(published))} is not a date`, found: String(published) };
};
