/** The site of a command, and the token that authenticates it there. */
import { knownToken } from "./editor-token.ts";
import { WrongUsage } from "../wrong-usage.ts";

export const DEFAULT_ORIGIN = "http://localhost:8787";

const DEV_VARS = ".dev.vars";
const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);
// The characters of a field value (RFC 9110, section 5.5) without white space.
const TOKEN = /^[\x21-\x7e]+$/;

/** An origin such as `https://news.example`, and the token that opens its API. */
export type Site = { origin: string; token: string };

/**
 * Reads `--to` and finds the token: DATELINE_TOKEN, else, for a site on this machine, the EDITOR_TOKEN that `npm start`
 * made in `.dev.vars`. No other site gets that one.
 * @param to an http or https origin
 * @param env the environment
 * @throws WrongUsage when `to` is no origin, when the token would travel unencrypted, or when there is no token
 */
export async function siteAt(to: string, env: NodeJS.ProcessEnv): Promise<Site> {
  const url = originOf(to);
  const isLocal = LOCAL_HOSTS.has(url.hostname);
  if (url.protocol === "http:" && !isLocal) {
    throw new WrongUsage(
      `${url.origin} is not encrypted: others on the network could read the token. Use https.`,
    );
  }
  const given = env["DATELINE_TOKEN"]?.trim() ?? "";
  const token = given === "" && isLocal ? await knownToken(DEV_VARS) : given;
  if (token === undefined || token === "") throw new WrongUsage(missing(url.origin, isLocal));
  if (!TOKEN.test(token)) {
    throw new WrongUsage("The token holds characters that no token has. Was it copied whole?");
  }
  return { origin: url.origin, token };
}

function originOf(to: string): URL {
  const url = URL.parse(to);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new WrongUsage(`--to takes an address such as https://news.example, not ${to}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new WrongUsage("--to takes an address without a user name and a password.");
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new WrongUsage(`--to takes only the site's address: ${url.origin}`);
  }
  return url;
}

function missing(origin: string, isLocal: boolean): string {
  return isLocal
    ? `There is no token: set DATELINE_TOKEN, or run npm start once, which makes one in ${DEV_VARS}.`
    : `There is no token for ${origin}: set DATELINE_TOKEN. (The token in ${DEV_VARS} stays on this machine.)`;
}
