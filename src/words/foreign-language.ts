/** The language of the interface among texts of another one. Pure. */
import { primaryLanguage } from "../article/language.ts";
import type { Words } from "./words.ts";

/**
 * The language of the interface's texts, where it isn't the language around them: for an element with a label, which is in the
 * language of the element. What the element holds is marked with its own then.
 * @param language the one around it
 */
export function foreignLanguage(words: Pick<Words, "language">, language: string): string | undefined {
  return primaryLanguage(words.language) === primaryLanguage(language) ? undefined : words.language;
}
