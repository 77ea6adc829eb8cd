/** Reads the callback of a subscription, and refuses an address that no public server can have. Pure. */
import ipaddr from "ipaddr.js";

export type CallbackRules = {
  /** The site's origin: nobody subscribes the site to itself. */
  siteUrl: string;
  /** Whether `http` to this machine is taken too, on any port: in development alone. */
  isLoopbackAllowed: boolean;
};

export type CallbackRead =
  | {
      ok: true;
      /** The address to fetch, as the URL Standard writes it, with the callback's own query (WebSub, section 5.1). */
      url: string;
      /** In small letters, without a trailing dot: a host's subscriptions are counted by it. */
      host: string;
    }
  /** For a developer; it completes the sentence "The callback …". */
  | { ok: false; reason: string };

// In UTF-16 units: far more than the callback of any known subscriber has.
const MAX_LENGTH = 2048;
const TOO_LONG = `must have at most ${MAX_LENGTH} characters`;
// An empty port is the default one, 443.
const PORTS: ReadonlySet<string> = new Set(["", "8443"]);
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

// The URL Standard removes some of these and turns the backslash into a slash: other software reads another host there.
const MISREAD = /[\s\p{Cc}\\]/u;

// A name of the DNS (RFC 1035, section 2.3.4), with the underscore that some hosts have, and maybe with the root's dot.
const NAME = /^(?=.{1,254}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/;

// Names under which the public DNS has nothing, so that an answer can only come from a private network.
const PRIVATE_NAMES = [
  // RFC 6761, sections 6.2 to 6.5. The names example.com, example.net and example.org exist.
  "localhost|test|invalid|example",
  // RFC 6762 (multicast DNS), RFC 7686 (Tor), RFC 9476 (outside of the DNS).
  "local|onion|alt",
  // Addresses backwards, and home.arpa (RFC 8375).
  "arpa",
  // ICANN's Board on 29 July 2024, and RFC 6762, appendix G.
  "internal|intranet|private|corp|home|lan",
  // The name of this machine in many hosts files.
  "localdomain",
];
const PRIVATE = new RegExp(`(?:^|\\.)(?:${PRIVATE_NAMES.join("|")})$`);

/**
 * Reads a callback. Every IP address is refused, public ones too, in each spelling that the URL Standard reads: decimal,
 * octal, hexadecimal, shortened, with full-width digits. An accepted limit: a name whose DNS entry leads to a private
 * address, such as 127.0.0.1.nip.io, is taken. Cloudflare's egress refuses to go there (`global_fetch_strictly_public`).
 */
export function readCallback(text: string, rules: CallbackRules): CallbackRead {
  if (text.length > MAX_LENGTH) return refused(TOO_LONG);
  if (MISREAD.test(text)) return refused("must have no white space, control character or backslash");
  const url = URL.parse(text);
  if (url === null) return refused("must be a valid absolute URL");
  const host = hostOf(url);
  const isLoopback = rules.isLoopbackAllowed && url.protocol === "http:" && LOOPBACK.has(host);
  const faults: [boolean, string][] = [
    [url.href.length > MAX_LENGTH, TOO_LONG],
    [url.protocol !== "https:" && !isLoopback, "must be https"],
    [url.username !== "" || url.password !== "", "must have no user name and no password"],
    [text.includes("#"), "must have no fragment"],
    [!PORTS.has(url.port) && !isLoopback, "must be on port 443 or 8443"],
    [isOwn(url, new URL(rules.siteUrl), isLoopback), "must not be on this site"],
    [ipaddr.isValid(host.replaceAll(/[[\]]/g, "")) && !isLoopback, "must have a name, not an IP address"],
    [PRIVATE.test(host) && !isLoopback, "must be on the public internet"],
    [!host.includes(".") && !isLoopback, "must have a whole domain name"],
    [!NAME.test(`${url.hostname.replace(/\.$/, "")}.`) && !isLoopback, "must have a valid domain name"],
  ];
  const [, reason] = faults.find(([isFault]) => isFault) ?? [];
  return reason === undefined ? { ok: true, url: url.href, host } : refused(reason);
}

/** Reads a host, in the spelling in which callbacks have it; undefined for what is not a host alone. */
export function readHost(text: string): string | undefined {
  if (text.length > MAX_LENGTH || MISREAD.test(text)) return undefined;
  const url = URL.parse(`https://${text}/`);
  if (url === null || url.href !== `https://${url.hostname}/`) return undefined;
  const host = hostOf(url);
  return host === "" ? undefined : host;
}

function refused(reason: string): CallbackRead {
  return { ok: false, reason };
}

function hostOf(url: URL): string {
  return url.hostname.replace(/\.+$/, "");
}

/** Whether an address is the site's: on its host, whatever the port. On this machine the port tells programs apart. */
function isOwn(url: URL, site: URL, isLoopback: boolean): boolean {
  return isLoopback
    ? LOOPBACK.has(hostOf(site)) && portOf(url) === portOf(site)
    : hostOf(url) === hostOf(site);
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === "https:" ? "443" : "80");
}
