/**
 * Addresses in an article's HTML: makes them absolute, and secure where a page loads them, and checks their schemes.
 * Pure.
 */

/** The schemes of the web, as the URL Standard writes them. */
export const WEB: readonly string[] = ["http:", "https:"];
const LINK: readonly string[] = [...WEB, "mailto:", "tel:"];

/**
 * The address that relative ones start from.
 * `isKnown` says whether the document names it; otherwise it is that of the site, for lack of a better one. `site` is the
 * address of the site whose kept pictures the document may show, where that is known.
 */
export type Base = { url: string; isKnown: boolean; site?: string };

/** Attributes of one address, by hast property name. */
export const ADDRESSES: ReadonlySet<string> = new Set(["href", "cite", "src", "poster"]);

/** Attributes whose addresses a page loads by itself, by hast property name. */
export const LOADED: ReadonlySet<string> = new Set(["src", "srcSet", "poster"]);

// Hosts of the reader's own machine: a site that somebody tries out there is served by http.
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The hosts of YouTube’s players. */
export const YOUTUBE: readonly string[] = [
  "youtube.com",
  "www.youtube.com",
  "youtube-nocookie.com",
  "www.youtube-nocookie.com",
];

/** The host of Vimeo’s player. */
export const VIMEO = "player.vimeo.com";

/** Players that may be framed, by host, with the path of their embeddable pages. */
const PLAYERS = new Map([...YOUTUBE.map((host): [string, string] => [host, "/embed/"]), [VIMEO, "/video/"]]);

// The page of a film in YouTube's former player for Flash: `/v/ID&hl=en`.
const FLASH_PLAYER = /^\/v\/([\w-]{1,64})/;

/** The origins of those players, for the policy that says which frames a page may hold. */
export const PLAYER_ORIGINS: readonly string[] = [...PLAYERS.keys()].map((host) => `https://${host}`);

// Longer than any host (RFC 1035, section 2.3.4: 255 octets). Normalising a longer host that isn't ASCII (UTS #46)
// takes the square of its length.
const MAX_HOST = 300;
// The place of a host (URL Standard, section 4.4): the slashes before it may be missing, or be others.
const HOST = /^(?:[a-z][a-z\d+.-]*:)?[/\\]*([^/\\?#]*)/i;

/**
 * Reads an address as the URL Standard does. Every address of a document is read here.
 * @param base the address from which a relative one starts; without it the address must be absolute
 * @returns undefined for what is no address, or has an impossible host
 */
export function urlOf(written: string, base?: string): URL | undefined {
  // The standard removes these wherever they stand.
  const [, host = ""] = HOST.exec(written.replaceAll(/[\t\n\r]/g, "").trim()) ?? [];
  if (host.length > MAX_HOST && /[^!-~]|%/.test(host)) return undefined;
  return URL.parse(written, base) ?? undefined;
}

/** Whether it is an absolute address of the web. */
export function isWebAddress(written: string): boolean {
  return /^https?:$/.test(urlOf(written)?.protocol ?? "");
}

/**
 * The absolute form of an address, as the URL Standard serialises it: a browser reads the same address that was
 * checked.
 * @param value as written; relative to `base`
 * @returns undefined for an address that can't be read, has another scheme, or points into the document itself, as an
 * article's elements have no ids
 */
export function absolute(value: string, base: string, schemes: readonly string[]): string | undefined {
  const written = value.trim();
  if (written === "" || written.startsWith("#")) return undefined;
  const url = urlOf(written, base);
  return url !== undefined && schemes.includes(url.protocol) ? url.href : undefined;
}

/** Whether an address names its host but no scheme: `//example.com/`, with any slashes that the URL Standard reads. */
export function isProtocolRelative(value: string): boolean {
  return /^[\\/]{2}/.test(value.trim());
}

/** Whether an address needs another one to start from. */
export function isRelative(value: string): boolean {
  return !isProtocolRelative(value) && urlOf(value.trim()) === undefined;
}

/** The schemes that an attribute's address may have. */
export function schemesOf(property: string): readonly string[] {
  return property === "href" ? LINK : WEB;
}

/**
 * An address as a page may load it: http becomes https, as `upgrade-insecure-requests` has it (W3C, Upgrade Insecure
 * Requests, section 3.2), because the policy of pages allows nothing else. Loopback hosts keep http.
 * @param address absolute; a text that is no address, or has another scheme, is returned as it is
 */
export function secured(address: string): string {
  const url = urlOf(address);
  if (url === undefined || url.protocol !== "http:" || LOOPBACK.has(url.hostname)) return address;
  url.protocol = "https:";
  return url.href;
}

/**
 * The page of a player that may be framed.
 * @param address absolute; by http or of YouTube's former player, too
 * @returns its address by https, or undefined for any other address
 */
export function playerOf(address: string): string | undefined {
  const url = urlOf(secured(address));
  if (url === undefined) return undefined;
  const [, film] = FLASH_PLAYER.exec(url.pathname) ?? [];
  if (film !== undefined && YOUTUBE.includes(url.hostname)) return `https://${url.hostname}/embed/${film}`;
  return isPlayer(url.href) ? url.href : undefined;
}

/** Whether an absolute address is the page of a player that may be framed. */
export function isPlayer(address: string): boolean {
  const { protocol, hostname, port, pathname } = new URL(address);
  const path = PLAYERS.get(hostname);
  return protocol === "https:" && port === "" && path !== undefined && pathname.startsWith(path);
}
