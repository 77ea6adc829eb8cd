/** The addresses in an article's HTML: made absolute, and only those with a harmless scheme. Pure. */

const WEB: readonly string[] = ["http:", "https:"];
const LINK: readonly string[] = [...WEB, "mailto:", "tel:"];
const SECURE: readonly string[] = ["https:"];

// Of one picture in its sizes; nobody makes more.
const MAX_CANDIDATES = 50;
const DESCRIPTOR = /^(\d{1,5}(\.\d{1,5})?[wx])?$/;

/** Attributes of one address, by hast property name. */
export const ADDRESSES: ReadonlySet<string> = new Set(["href", "cite", "src", "poster"]);

/** Players that may be framed: their host, and where their embeddable pages lie. */
const PLAYERS = new Map([
  ["youtube.com", "/embed/"],
  ["www.youtube.com", "/embed/"],
  ["youtube-nocookie.com", "/embed/"],
  ["www.youtube-nocookie.com", "/embed/"],
  ["player.vimeo.com", "/video/"],
]);

/** The origins of those players, for whoever says which frames a page may hold. */
export const PLAYER_ORIGINS: readonly string[] = [...PLAYERS.keys()].map((host) => `https://${host}`);

/**
 * The absolute form of an address, as the URL Standard serialises it: what a browser reads there is what was checked.
 * @param value as written; relative to `base`
 * @returns undefined for one that can't be read, has another scheme, or points into the document itself: an article's
 * elements have no ids
 */
export function absolute(value: string, base: string, schemes: readonly string[]): string | undefined {
  const written = value.trim();
  if (written === "" || written.startsWith("#") || !URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  return schemes.includes(url.protocol) ? url.href : undefined;
}

/** The schemes that an attribute's address may have. Pictures may come over http, whatever plays may not. */
export function schemesOf(tagName: string, property: string): readonly string[] {
  if (property === "href") return LINK;
  return property === "cite" || tagName === "img" ? WEB : SECURE;
}

/**
 * A `srcset` (HTML Standard, section 4.8.4.2.1) with absolute addresses.
 * @returns undefined when one of its candidates can't be used
 */
export function absoluteCandidates(
  srcset: string,
  base: string,
  schemes: readonly string[],
): string | undefined {
  const found: string[] = [];
  let rest = srcset.trim();
  while (rest !== "") {
    const [word = ""] = /^\S+/.exec(rest) ?? [];
    const written = withoutFinalCommas(word);
    rest = rest.slice(word.length);
    // An address ends at white space, and at commas only where they are its last characters.
    const [descriptor = ""] = written === word ? (/^[^,]*/.exec(rest) ?? []) : [];
    rest = rest.slice(descriptor.length + (written === word ? 1 : 0)).trimStart();
    const address = absolute(written, base, schemes);
    if (found.length === MAX_CANDIDATES) return undefined;
    if (address === undefined || !DESCRIPTOR.test(descriptor.trim())) return undefined;
    found.push(`${address} ${descriptor.trim()}`.trim());
  }
  return found.length === 0 ? undefined : found.join(", ");
}

function withoutFinalCommas(word: string): string {
  let end = word.length;
  while (word[end - 1] === ",") end--;
  return word.slice(0, end);
}

/** Whether an absolute address is the page of a player that may be framed. */
export function isPlayer(address: string): boolean {
  const { protocol, hostname, port, pathname } = new URL(address);
  const path = PLAYERS.get(hostname);
  return protocol === "https:" && port === "" && path !== undefined && pathname.startsWith(path);
}
