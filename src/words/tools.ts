/** Names, numbers and plural forms in the texts of one language. Pure. */
import { directionOf } from "../article/language.ts";

/** A text for each plural form that a language has (Unicode CLDR, "Language Plural Rules"); `#` stands for the number. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What fills names and numbers into texts. */
export type Tools = {
  /** A name as it stands in a text: isolated where it is written in the other direction. */
  name: (name: string) => string;
  /** The form for a number, with the number in the language's digits. */
  plural: (count: number, forms: PluralForms) => string;
  /** The number of a page in the language's digits. It counts nothing: no separator stands in it. */
  pageNumber: (page: number) => string;
};

// Unicode's blocks of right-to-left scripts ("DerivedBidiClass.txt": the defaults R and AL).
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const LEFT_TO_RIGHT =
  /(?![\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}])\p{L}/u;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_DIRECTIONAL_ISOLATE = "\u2069";

/** The tools for the texts of a language. @param language a BCP 47 tag */
export function toolsFor(language: string): Tools {
  const foreign = directionOf(language) === "rtl" ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  // Made when a number is written first: each costs more than a page, and feeds write none.
  let rules: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  let pages: Intl.NumberFormat | undefined;
  return {
    // Without a mark, a full stop or a number after the name would move to its other side (Unicode, UAX #9, section 2.4).
    name: (name) => (foreign.test(name) ? FIRST_STRONG_ISOLATE + name + POP_DIRECTIONAL_ISOLATE : name),
    plural: (count, forms) => {
      rules ??= new Intl.PluralRules(language);
      numbers ??= new Intl.NumberFormat(language);
      return (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count));
    },
    pageNumber: (page) => {
      pages ??= new Intl.NumberFormat(language, { useGrouping: false });
      return pages.format(page);
    },
  };
}
