/** A list of articles, newest first. Pure. */
import { type FeedId, isUnion, sectionOf } from "../../article/feed-id.ts";
import type { FeedItem } from "../../feed/document.ts";
import { Story } from "./story.tsx";

type HeadlinesProps = {
  /** The feed that has the articles: where it is that of one section, none of them names it. */
  feed: FeedId;
  items: readonly FeedItem[];
  /** The site's. */
  timeZone: string;
};

// So many rows may stand on the first screen.
const FIRST_ROWS = 3;

/** A list of articles; nothing where there are none. */
export function Headlines({ feed, items, timeZone }: HeadlinesProps) {
  if (items.length === 0) return <></>;
  const isOfOneSection = sectionOf(feed) !== undefined && !isUnion(feed);
  const first = items.slice(0, FIRST_ROWS).findIndex(({ image }) => image !== undefined);
  return (
    <ol class="headlines">
      {items.map((item, index) => (
        <Story
          item={item}
          look="row"
          timeZone={timeZone}
          hasKicker={!isOfOneSection}
          hasSummary={true}
          isFirst={index === first}
        />
      ))}
    </ol>
  );
}
