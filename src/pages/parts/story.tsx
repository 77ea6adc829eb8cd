/** One story in a list of stories: picture, section, headline, summary, day. Pure. */
import { directionOf } from "../../article/language.ts";
import type { FeedItem } from "../../feed/document.ts";
import { Picture } from "./picture.tsx";
import { textDirection } from "./text-direction.ts";
import { Day } from "./time.tsx";

/**
 * How a story looks: `lead` is the first of the front page, `card` has its picture above the headline, `row` beside it, and
 * `line` has none.
 */
export type Look = "lead" | "card" | "row" | "line";

export type StoryProps = {
  item: FeedItem;
  look: Look;
  /** The site's. */
  timeZone: string;
  /** The element: of a list, or one that stands alone. */
  as?: "li" | "article";
  /** The level of its heading. */
  level?: 2 | 3;
  /** Whether it names its section. */
  hasKicker?: boolean;
  /** Whether it shows its summary even beside a picture. */
  hasSummary?: boolean;
  /** Whether readers see it before they scroll. */
  isFirst?: boolean;
};

// How wide the pictures are, as the style sheet has it.
const SIZES: Record<Look, string> = {
  lead: "(min-width: 60rem) 44rem, 100vw",
  card: "(min-width: 60rem) 20rem, (min-width: 40rem) 46vw, 100vw",
  row: "(min-width: 40rem) 15rem, 33vw",
  line: "1px",
};

/** A story, in its own language and direction. A card without a picture has its summary. */
export function Story({
  item,
  look,
  timeZone,
  as: Tag = "li",
  level = 2,
  hasKicker = true,
  hasSummary = false,
  isFirst = false,
}: StoryProps) {
  const { language, image, categories } = item;
  const Heading = level === 2 ? "h2" : "h3";
  const direction = textDirection(language);
  const [section] = categories;
  const picture = look === "line" ? undefined : image;
  return (
    <Tag class={`story ${look}`} lang={language} dir={directionOf(language)}>
      {picture !== undefined && (
        <div class="thumb">
          <Picture image={picture} sizes={SIZES[look]} isFirst={isFirst} isBeside={true} />
        </div>
      )}
      <div class="text">
        {hasKicker && section !== undefined && (
          <p class="kicker">
            <bdi>{section.label}</bdi>
          </p>
        )}
        <Heading dir={direction}>
          <a href={item.url}>
            {item.shortTitle !== undefined && look === "line" ? item.shortTitle : item.title}
          </a>
        </Heading>
        {(hasSummary || (look === "card" && picture === undefined)) && (
          <p class="summary" dir={direction}>
            {item.description}
          </p>
        )}
        <p class="when">
          <Day instant={item.published} language={language} timeZone={timeZone} />
        </p>
      </div>
    </Tag>
  );
}
