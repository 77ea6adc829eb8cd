/** Language tags (BCP 47): their validity, their direction of writing, their code in a news sitemap. No I/O. */
import { LRUCache } from "lru-cache";

// Every article that is read asks for its language: Intl's answers for the languages of the site and of its newest
// articles are kept.
const MAX_LANGUAGES = 100;

// The right-to-left scripts (Unicode, property Bidi_Class R and AL) that newsrooms write in.
const RIGHT_TO_LEFT = new Set([
  "Adlm",
  "Arab",
  "Aran",
  "Hebr",
  "Mand",
  "Nkoo",
  "Rohg",
  "Samr",
  "Syrc",
  "Thaa",
]);

/** The parts of a tag. The language of a malformed tag is empty. */
type Tag = { language: string; script: string | undefined; region: string | undefined };

const tags = new LRUCache<string, Tag>({
  max: MAX_LANGUAGES,
  memoMethod: (tag) => {
    try {
      const locale = new Intl.Locale(tag);
      const { script, region } = locale.maximize();
      return { language: locale.language, script, region };
    } catch {
      return { language: "", script: undefined, region: undefined };
    }
  },
});

/**
 * The direction in which a language is written.
 * @param language a BCP 47 tag; without a script it has the one in which the language is mostly written
 */
export function directionOf(language: string): "ltr" | "rtl" {
  const { script } = tags.memo(language);
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
}

/** The primary subtag of a language tag, in lower case (RFC 5646, section 2.2.1). */
export function primaryLanguage(language: string): string {
  const [primary = ""] = language.toLowerCase().split("-");
  return primary;
}

/**
 * A language as Open Graph writes it, `language_TERRITORY` ("The Open Graph protocol", og:locale).
 * @param language a BCP 47 tag; without a region it has the one in which the language is mostly written
 * @returns undefined for a malformed tag, and a language without a region
 */
export function openGraphLocale(language: string): string | undefined {
  const { language: code, region } = tags.memo(language);
  return code === "" || region === undefined ? undefined : `${code}_${region}`;
}

/**
 * The code of a language in a news sitemap: an ISO 639 code, or `zh-cn` and `zh-tw` for Chinese in its two scripts.
 * @param language a BCP 47 tag
 * @returns undefined for a language without such a code
 */
export function newsLanguage(language: string): string | undefined {
  const { language: code, script } = tags.memo(language);
  if (code === "zh") return script === "Hant" ? "zh-tw" : "zh-cn";
  return /^[a-z]{2,3}$/.test(code) && code !== "und" ? code : undefined;
}

// Programs must take at least 35 characters (RFC 5646, section 4.4.1). The cost grows with the square of the length.
const MAX_LENGTH = 100;

// Has a name for every registered language: "english" is well formed, but not registered (RFC 5646, section 2.2.9).
const KNOWN_LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** Whether `tag` is a BCP 47 language tag whose language is registered. */
export function isLanguage(tag: string): boolean {
  return isLanguageTag(tag) && KNOWN_LANGUAGES.of(tags.memo(tag).language) !== undefined;
}

/**
 * Whether `tag` is well formed (RFC 5646, section 2.2.9): every formatter takes it, even if its language is unknown.
 */
export function isLanguageTag(tag: string): boolean {
  return tag.length <= MAX_LENGTH && tags.memo(tag).language !== "";
}
