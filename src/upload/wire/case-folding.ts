/** Tells whether two texts are the same but for their case, as a language writes it. Pure. */
import { primaryLanguage } from "../../article/language.ts";

const GREEK = "el";

/**
 * Whether two headlines are one. White space, case and typographic quotes don't tell them apart, nor does what a language
 * loses in capitals (Unicode, SpecialCasing.txt): Turkish and Azeri have two letters i, Lithuanian has dots above, Greek has
 * accents and a final sigma, German has ß. A line that was put into capitals without regard to its language counts as well.
 * @param language a BCP 47 tag
 * @returns a test for other texts, in time that is linear in theirs
 */
export function sameAs(headline: string, language: string): (text: string) => boolean {
  const anyhow = folded(headline, "und");
  const locally = folded(headline, language);
  return (text) => folded(text, "und") === anyhow || folded(text, language) === locally;
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
  return primaryLanguage(language) === GREEK ? upper.normalize("NFD").replaceAll(/\p{M}/gu, "") : upper;
}
