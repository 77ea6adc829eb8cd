/** A time for people and for machines, in UTC, so that the same article always gives the same page. Pure. */
import { LRUCache } from "lru-cache";
import type { Instant } from "../../article/article.ts";
import { dateOf, formatInstant } from "../../article/instant.ts";

// Making a format costs more time than rendering a page.
const formats = new LRUCache<string, Intl.DateTimeFormat>({
  max: 100,
  memoMethod: (language) =>
    new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }),
});

export function Time({ instant, language }: { instant: Instant; language: string }) {
  return (
    <time datetime={formatInstant(instant)} dir="auto">
      {formats.memo(language).format(dateOf(instant))} UTC
    </time>
  );
}
