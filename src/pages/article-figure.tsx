/** The picture of an article, with its caption and its credit. Pure. */
import type { ItemImage } from "../feed/picture.ts";
import type { Words } from "../words/words.ts";
import { markupOf } from "./parts/markup.ts";
import { isUpright, Picture } from "./parts/picture.tsx";
import { said } from "./parts/said.tsx";

// How wide the picture is shown, as the style sheet has it.
const PICTURE_SIZES = "(min-width: 60rem) 56rem, 100vw";

/** The picture above an article: what readers see first of it, so that the browser fetches it at once. */
export function Figure({ image, language, words }: { image: ItemImage; language: string; words: Words }) {
  const hasCaption = image.caption !== undefined || image.credit !== undefined;
  return (
    <figure class={isUpright(image) ? "picture upright" : "picture"}>
      <Picture image={image} sizes={PICTURE_SIZES} isFirst={true} />
      {hasCaption && (
        <figcaption>
          <Caption {...image} language={language} words={words} />
        </figcaption>
      )}
    </figure>
  );
}

/**
 * The caption and the credit of a picture that the article's body shows itself, as elements in a line of text.
 * @param text the body's: what it says isn't said again
 * @returns HTML; empty where there is nothing to say
 */
export function bodyCaption(image: ItemImage, text: string, language: string, words: Words): string {
  const caption = image.caption !== undefined && text.includes(image.caption) ? undefined : image.caption;
  const isCredited = image.credit !== undefined && text.includes(creditLine(image.credit, words));
  const credit = isCredited ? undefined : image.credit;
  if (caption === undefined && credit === undefined) return "";
  return markupOf(
    <span class="caption">
      <Caption caption={caption} credit={credit} language={language} words={words} />
    </span>,
  );
}

type CaptionProps = Pick<ItemImage, "caption" | "credit"> & { language: string; words: Words };

function Caption({ caption, credit, language, words }: CaptionProps) {
  return (
    <>
      {caption !== undefined && <span dir="auto">{caption} </span>}
      {credit !== undefined && (
        <span class="credit" dir="auto">
          {isLabelled(credit) ? credit : said(words, language, creditLine(credit, words))}
        </span>
      )}
    </>
  );
}

function creditLine(credit: string, words: Words): string {
  return isLabelled(credit) ? credit : words.credit(credit);
}

/** Whether a credit says itself what it is for: "Illustration: …". */
function isLabelled(credit: string): boolean {
  return credit.includes(":");
}
