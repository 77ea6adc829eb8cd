/** A text of the interface among texts of another language. Pure. */
import type { Child } from "hono/jsx";
import type { Words } from "../../words/words.ts";
import { foreignLanguage } from "../../words/foreign-language.ts";

/**
 * A text of the interface, marked with its language where that isn't the language around it.
 * @param language the one around it
 */
export function said(words: Words, language: string, text: Child): Child {
  const foreign = foreignLanguage(words, language);
  if (foreign === undefined) return text;
  return (
    <span lang={foreign} dir="auto">
      {text}
    </span>
  );
}
