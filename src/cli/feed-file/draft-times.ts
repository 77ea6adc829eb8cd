/** The times of a draft: its publication and its expiry. Pure. */
import { excerptOf } from "../../upload/issue.ts";
import { earliest, latest } from "../../upload/fields/read-visibility.ts";
import { readTime, TIME_DETAIL } from "../../upload/time/time.ts";
import type { FeedItem } from "./item.ts";

/** Times in milliseconds since the epoch; `refusal`: why there are none, one sentence for people. */
export type DraftTimes = { published: number; expires: number | undefined } | { refusal: string };

type Dated = Pick<FeedItem, "date" | "notBefore" | "expires">;

/**
 * Reads the times of an item: published at the latest of the times before which nobody may see it, expired at the
 * earliest of those after which nobody may.
 */
export function timesOf({ date, notBefore = [], expires = [] }: Dated): DraftTimes {
  const problems: string[] = [];
  const read = (texts: readonly string[], name: string): number[] =>
    texts.flatMap((text) => {
      const time = readTime(text);
      if (time.ok) return [time.instant];
      problems.push(`The item's ${name} is “${excerptOf(text)}”. ${TIME_DETAIL[time.reason]}`);
      return [];
    });
  const starts = [...read(date === undefined ? [] : [date], "date"), ...read(notBefore, "time of release")];
  const ends = read(expires, "time of expiry");
  const published = latest(starts);
  const [refusal] = problems;
  if (refusal !== undefined) return { refusal };
  return published === undefined
    ? { refusal: "The item has no date." }
    : { published, expires: earliest(ends) };
}
