/** Language tags. Pure. */

// Knows the registered languages by name: "english" is well formed, but none (RFC 5646, section 2.2.9).
const KNOWN_LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** Whether `tag` is a BCP 47 language tag whose language is registered. */
export function isLanguage(tag: string): boolean {
  try {
    return KNOWN_LANGUAGES.of(new Intl.Locale(tag).language) !== undefined;
  } catch {
    return false;
  }
}
