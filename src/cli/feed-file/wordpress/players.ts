/** The address of a page on another site → its player, or a link. Pure. */
import { VIMEO, YOUTUBE } from "../../../upload/html/addresses.ts";
import { escapeAttribute, escapeText } from "entities/escape";

// The hosts of the players, and of the films' pages.
const YOUTUBE_HOSTS = new Set([...YOUTUBE, "m.youtube.com"]);
const VIMEO_HOSTS = new Set([VIMEO, "vimeo.com", "www.vimeo.com"]);
const YOUTUBE_PATH = /^\/(?:embed|live|shorts|v)\/([^/]+)/;
const YOUTUBE_ID = /^[\w-]{11}$/;
const VIMEO_PATH =
  /^\/(?:video\/|channels\/[\w-]+\/|groups\/[\w-]+\/videos\/)?(\d{1,12})(?:\/([0-9a-f]{6,20}))?\/?$/;
// `1h2m3s`, `90s`, `90`
const START = /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,5})s?)?$/;

/** Renders an address: the player of YouTube or Vimeo, else a link. */
export function embedOf(address: string): { html: string; isPlayer: boolean } {
  const player = playerHtml(address);
  return player === undefined
    ? { html: linkHtml(address), isPlayer: false }
    : { html: player, isPlayer: true };
}

/** Renders the player for the address of a film at YouTube or Vimeo; undefined for any other address. */
export function playerHtml(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return youtubeAt(url) ?? vimeoAt(url);
}

/**
 * Renders YouTube's player.
 * @param id the film's id, or its address
 */
export function youtubePlayer(id: string): string | undefined {
  return YOUTUBE_ID.test(id) ? youtubeFrame(id) : playerHtml(id);
}

/**
 * Renders Vimeo's player.
 * @param id the film's id, or its address
 */
export function vimeoPlayer(id: string): string | undefined {
  return /^\d{1,12}$/.test(id) ? vimeoFrame(id) : playerHtml(id);
}

function linkHtml(address: string): string {
  return `<a href="${escapeAttribute(address)}">${escapeText(address)}</a>`;
}

function youtubeAt(url: URL): string | undefined {
  const isShort = url.hostname === "youtu.be";
  if (!isShort && !YOUTUBE_HOSTS.has(url.hostname)) return undefined;
  const id = isShort
    ? url.pathname.slice(1)
    : (YOUTUBE_PATH.exec(url.pathname)?.[1] ??
      (url.pathname === "/watch" ? url.searchParams.get("v") : null));
  if (id === null || !YOUTUBE_ID.test(id)) return undefined;
  return youtubeFrame(id, url.searchParams.get("start") ?? url.searchParams.get("t"));
}

function youtubeFrame(id: string, start: string | null = null): string {
  const [, hours = 0, minutes = 0, seconds = 0] = START.exec(start ?? "") ?? [];
  const from = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const address = `https://www.youtube.com/embed/${id}${from > 0 ? `?start=${from}` : ""}`;
  return `<iframe src="${address}" title="YouTube video"></iframe>`;
}

function vimeoAt({ hostname, pathname, searchParams }: URL): string | undefined {
  if (!VIMEO_HOSTS.has(hostname)) return undefined;
  const [, id, key] = VIMEO_PATH.exec(pathname) ?? [];
  return id === undefined ? undefined : vimeoFrame(id, key ?? searchParams.get("h") ?? undefined);
}

/** @param key the key of a film that isn't listed */
function vimeoFrame(id: string, key?: string): string {
  const query = key !== undefined && /^[0-9a-f]+$/.test(key) ? `?h=${key}` : "";
  return `<iframe src="https://${VIMEO}/video/${id}${query}" title="Vimeo video"></iframe>`;
}
