/** A list of articles, newest first. Pure. */
import type { FeedItem } from "../../feed/document.ts";
import { Story } from "./story.tsx";

type HeadlinesProps = {
  items: readonly FeedItem[];
  /** The site's. */
  timeZone: string;
  /** Whether each names its section: not where all of them have the same. */
  hasKickers?: boolean;
};

// So many rows may stand on the first screen.
const FIRST_ROWS = 3;

/** A list of articles; nothing where there are none. */
export function Headlines({ items, timeZone, hasKickers = true }: HeadlinesProps) {
  if (items.length === 0) return <></>;
  const first = items.slice(0, FIRST_ROWS).findIndex(({ image }) => image !== undefined);
  return (
    <ol class="headlines">
      {items.map((item, index) => (
        <Story
          item={item}
          look="row"
          timeZone={timeZone}
          hasKicker={hasKickers}
          hasSummary={true}
          isFirst={index === first}
        />
      ))}
    </ol>
  );
}
