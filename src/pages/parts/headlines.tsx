/** A list of articles, newest first. Pure. */
import { directionOf } from "../../article/language.ts";
import type { FeedItem } from "../../feed/document.ts";
import { textDirection } from "./text-direction.ts";
import { Day } from "./time.tsx";

type HeadlinesProps = {
  items: FeedItem[];
  /** The site's. */
  timeZone: string;
};

export function Headlines({ items, timeZone }: HeadlinesProps) {
  if (items.length === 0)
    return (
      <p lang="en" dir="ltr">
        Nothing has been published here yet.
      </p>
    );
  return (
    <ol class="headlines">
      {items.map((item) => (
        <li lang={item.language} dir={directionOf(item.language)}>
          <h2 dir={textDirection(item.language)}>
            <a href={item.url}>{item.title}</a>
          </h2>
          <p dir={textDirection(item.language)}>{item.description}</p>
          <p class="faint">
            <Day instant={item.published} language={item.language} timeZone={timeZone} />
            {" · "}
            {item.categories.map(({ label }, index) => (
              <>
                {index > 0 && ", "}
                <bdi>{label}</bdi>
              </>
            ))}
          </p>
        </li>
      ))}
    </ol>
  );
}
