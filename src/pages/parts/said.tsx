/** A text of the interface among texts of another language. Pure. */
import type { Child } from "hono/jsx";
import { primaryLanguage } from "../../article/language.ts";
import type { Words } from "../../words/words.ts";

/**
 * A text of the interface, marked with its language where that isn't the language around it.
 * @param language the one around it
 */
export function said(words: Words, language: string, text: Child): Child {
  if (primaryLanguage(words.language) === primaryLanguage(language)) return text;
  return (
    <span lang={words.language} dir="auto">
      {text}
    </span>
  );
}
