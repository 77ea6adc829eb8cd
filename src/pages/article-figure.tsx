/** The picture above an article, with its caption and its credit. Pure. */
import type { ItemImage } from "../feed/picture.ts";
import type { Words } from "../words/words.ts";
import { isUpright, Picture } from "./parts/picture.tsx";
import { said } from "./parts/said.tsx";

// How wide the picture is shown, as the style sheet has it.
const PICTURE_SIZES = "(min-width: 60rem) 56rem, 100vw";

/** The article's picture: what readers see first of it, so that the browser fetches it at once. */
export function Figure({ image, language, words }: { image: ItemImage; language: string; words: Words }) {
  const { caption, credit } = image;
  return (
    <figure class={isUpright(image) ? "picture upright" : "picture"}>
      <Picture image={image} sizes={PICTURE_SIZES} isFirst={true} />
      {(caption !== undefined || credit !== undefined) && (
        <figcaption>
          {caption !== undefined && <span dir="auto">{caption} </span>}
          {credit !== undefined && <Credit credit={credit} language={language} words={words} />}
        </figcaption>
      )}
    </figure>
  );
}

/** A credit that says itself what it is for ("Illustration: …") stands as it is. */
function Credit({ credit, language, words }: { credit: string; language: string; words: Words }) {
  return (
    <span class="credit" dir="auto">
      {credit.includes(":") ? credit : said(words, language, words.credit(credit))}
    </span>
  );
}
