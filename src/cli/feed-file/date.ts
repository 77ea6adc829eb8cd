/** The dates of feeds. Pure. */

// RFC 822 with years of four digits, as RSS 2.0 has it, must name its zone, or nobody knows the instant.
const ZONE = /(?:[+-]\d{4}|\b(?:GMT|UTC?|Z|[ECMP][SD]T))$/i;

/**
 * @param text `Tue, 04 Nov 2025 07:07:06 +0000` (RFC 822) or an RFC 3339 time
 * @returns an RFC 3339 time; the text itself, when it looks like one already, for the site to judge; undefined for
 *   anything else
 */
export function timeOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^\d{4}-\d{2}-\d{2}T/i.test(trimmed)) return trimmed;
  const instant = ZONE.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString();
}
