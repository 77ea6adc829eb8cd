/** Tells whether two texts are the same but for their case, as a language writes it. Pure. */
import { inForm } from "../../article/characters.ts";
import { primaryLanguage } from "../../article/language.ts";

const GREEK = "el";

/**
 * Whether two headlines are one. White space, case and typographic quotes don't tell them apart, nor does what a language
 * loses in capitals (Unicode, SpecialCasing.txt): Turkish and Azeri have two letters i, Lithuanian has dots above, Greek has
 * accents and a final sigma, German has ß. A line that was put into capitals without regard to its language counts as well.
 * @param language a BCP 47 tag
 * @param texts clean: none of them holds a control character
 * @returns the index of the first of the texts that is the headline, or -1
 */
export function indexOfSame(headline: string, texts: readonly string[], language: string): number {
  const anyhow = allFolded([headline, ...texts], "und");
  const locally = allFolded([headline, ...texts], language);
  return texts.findIndex((_, index) => [anyhow, locally].some((all) => all[index + 1] === all[0]));
}

// Stands in no clean text, and no rule of case looks across it.
const BETWEEN = "\0";

/** Folds all at once: to call the library for each line of a long text takes longer than what it does. */
function allFolded(texts: readonly string[], language: string): string[] {
  return folded(texts.join(BETWEEN), language).split(BETWEEN);
}

/** Upper case comes last: there, ß and ẞ are both SS, and both forms of sigma are one. */
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
