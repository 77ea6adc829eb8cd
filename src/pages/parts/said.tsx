/** A text of the interface among texts of another language. Pure. */
import type { Child } from "hono/jsx";
import { primaryLanguage } from "../../article/language.ts";
import type { Words } from "../../words/words.ts";

/**
 * The language of the interface's texts, where it isn't the language around them: for an element with a label, which is in the
 * language of the element. What the element holds is marked with its own then.
 * @param language the one around it
 */
export function foreignLanguage(words: Pick<Words, "language">, language: string): string | undefined {
  return primaryLanguage(words.language) === primaryLanguage(language) ? undefined : words.language;
}

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
