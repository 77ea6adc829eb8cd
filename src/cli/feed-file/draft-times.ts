/** The times of an item: when it is published, and when it expires. Pure. */
import { excerptOf } from "../../upload/issue.ts";
import { earliest, latest } from "../../upload/fields/read-visibility.ts";
import { readTime, TIME_DETAIL } from "../../upload/time/time.ts";
import type { FeedItem } from "./item.ts";

/** In milliseconds since the epoch; `refusal` says why there are none. */
export type DraftTimes = { published: number; expires: number | undefined } | { refusal: string };

type Dated = Pick<FeedItem, "date" | "notBefore" | "expires">;

/** The latest of the times before which nobody may see the item; the earliest of those after which nobody may. */
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
