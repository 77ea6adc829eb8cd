/** Language tags. Pure. */

// Knows the registered languages by name: "english" is well formed, but none (RFC 5646, section 2.2.9).
const KNOWN_LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

// RFC 5646, section 4.4.1, has 35 for what a program must be ready for at least. The cost grows with the square.
const MAX_LENGTH = 100;

/** Whether `tag` is a BCP 47 language tag whose language is registered. */
export function isLanguage(tag: string): boolean {
  if (tag.length > MAX_LENGTH) return false;
  try {
    return KNOWN_LANGUAGES.of(new Intl.Locale(tag).language) !== undefined;
  } catch {
    return false;
  }
}
