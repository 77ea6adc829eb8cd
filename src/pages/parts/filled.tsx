/** A text of the interface with elements in the places of its names. Pure. */
import type { Child } from "hono/jsx";

// Characters for private use (Unicode, section 23.5): no text of the interface has them.
const FIRST_PLACE = 0xe000;
const PLACE = /([\uE000-\uE00F])/;

type FilledProps = {
  /** A function of `Words`. */
  text: (...names: string[]) => string;
  /** What stands in the place of each name; an element isolates a name of its own (`<bdi>`). */
  with: readonly Child[];
};

/** Fills elements into a text: `<Filled text={words.publishedBy} with={[<bdi>{name}</bdi>]} />`. */
export function Filled({ text, with: elements }: FilledProps) {
  const places = elements.map((_, index) => String.fromCharCode(FIRST_PLACE + index));
  const parts = text(...places).split(PLACE);
  return (
    <>
      {parts.map((part) => {
        const index = part === "" ? -1 : places.indexOf(part);
        return index < 0 ? part : elements[index];
      })}
    </>
  );
}
