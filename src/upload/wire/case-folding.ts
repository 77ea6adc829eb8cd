/** Compares texts regardless of case, by the rules of a language. Pure. */
import { inForm } from "../../article/characters.ts";
import { primaryLanguage } from "../../article/language.ts";

const GREEK = "el";

/**
 * Finds a headline among texts. White space, case and typographic quotes don't matter, nor does what a language loses
 * in capitals (Unicode, SpecialCasing.txt): Turkish and Azeri have two letters i, Lithuanian has dots above, Greek
 * has accents and a final sigma, German has ß. A line in capitals that ignores the rules of its language counts as
 * well.
 * @param language a BCP 47 tag
 * @param texts clean: none of them holds a control character
 * @returns the index of the first of the texts that is the headline, or -1
 */
export function indexOfSame(headline: string, texts: readonly string[], language: string): number {
  const generally = allFolded([headline, ...texts], "und");
  const locally = allFolded([headline, ...texts], language);
  return texts.findIndex((_, index) => [generally, locally].some((all) => all[index + 1] === all[0]));
}

// No clean text holds it, and no rule of case looks across it.
const BETWEEN = "\0";

/** Folds all texts at once: calling the library for each line of a long text takes longer than its work. */
function allFolded(texts: readonly string[], language: string): string[] {
  return folded(texts.join(BETWEEN), language).split(BETWEEN);
}

/** Upper case comes last: in it ß and ẞ are both SS, and both forms of sigma are one. */
function folded(text: string, language: string): string {
  const upper = text
    .replaceAll(/[‘’‚‛′´`]/gu, "'")
    .replaceAll(/[“”„‟″«»]/gu, '"')
    .replaceAll(/\s+/gu, " ")
    .toLocaleLowerCase(language)
    .toLocaleUpperCase(language);
  // Some capitals keep the accent (Ή, “or”), and writers don't agree on the dialytika.
  return primaryLanguage(language) === GREEK ? inForm("NFD", upper).replaceAll(/\p{M}/gu, "") : upper;
}
