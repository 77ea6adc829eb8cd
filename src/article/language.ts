/** Language tags (BCP 47): their direction, their code in a news sitemap, and whether they are any. No I/O. */
import { LRUCache } from "lru-cache";

// Asked for with every article that is read: what Intl says of the languages of the site and of its newest articles is kept.
const MAX_LANGUAGES = 100;

// The scripts that run from right to left (Unicode, property Bidi_Class R and AL), of those that newsrooms write in.
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

/** What a tag says; its language is empty where it is malformed. */
type Tag = { language: string; script: string | undefined };

const tags = new LRUCache<string, Tag>({
  max: MAX_LANGUAGES,
  memoMethod: (tag) => {
    try {
      const locale = new Intl.Locale(tag);
      return { language: locale.language, script: locale.maximize().script };
    } catch {
      return { language: "", script: undefined };
    }
  },
});

/** @param language a BCP 47 tag; one without a script has that in which the language is mostly written */
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
 * A language as a news sitemap names it: an ISO 639 code, or `zh-cn` and `zh-tw` for Chinese in its two scripts.
 * @param language a BCP 47 tag
 * @returns undefined for one whose language has no such code
 */
export function newsLanguage(language: string): string | undefined {
  const { language: code, script } = tags.memo(language);
  if (code === "zh") return script === "Hant" ? "zh-tw" : "zh-cn";
  return /^[a-z]{2,3}$/.test(code) && code !== "und" ? code : undefined;
}

// RFC 5646, section 4.4.1, has 35 for what a program must be ready for at least. The cost grows with the square.
const MAX_LENGTH = 100;

// Knows the registered languages by name: "english" is well formed, but none (RFC 5646, section 2.2.9).
const KNOWN_LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** Whether `tag` is a BCP 47 language tag whose language is registered. */
export function isLanguage(tag: string): boolean {
  return isLanguageTag(tag) && KNOWN_LANGUAGES.of(tags.memo(tag).language) !== undefined;
}

/** Whether `tag` is well formed (RFC 5646, section 2.2.9): every formatter takes it, whether its language is known or not. */
export function isLanguageTag(tag: string): boolean {
  return tag.length <= MAX_LENGTH && tags.memo(tag).language !== "";
}
