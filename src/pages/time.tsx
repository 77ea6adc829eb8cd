/** An instant, for people and for machines; in UTC, so that the same article gives the same page. Pure. */
import type { Instant } from "../article/article.ts";
import { dateOf } from "../article/instant.ts";

export function Time({ instant, language }: { instant: Instant; language: string }) {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });
  const date = dateOf(instant);
  return (
    <time datetime={date.toISOString()} dir="auto">
      {format.format(date)} UTC
    </time>
  );
}
