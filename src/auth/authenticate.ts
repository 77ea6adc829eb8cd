/** The sign-in (RFC 6750): names the holder of EDITOR_TOKEN or of a token, or a member of a Cloudflare Access team. */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { Instant } from "../article/article.ts";
import type { Principal } from "../desk/principal.ts";
import { report } from "../report.ts";
import type { Access } from "../settings.ts";
import { Attempts } from "./attempts.ts";
import { BearerTokens } from "./bearer-tokens.ts";
import { unauthorized } from "./challenge.ts";
import { Refusal } from "../http/problems.ts";
import { type Claimed, AccessTeam } from "./access-team.ts";
import { PAUSE_SECONDS } from "./access-keys.ts";

type ApiContext = Context<{ Bindings: Env }>;

// RFC 6750, section 2.1.
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i;
const ACCESS_TOKEN = "Cf-Access-Jwt-Assertion";
// Where Access keeps a browser's assertion, which it sends to pages that Access doesn't guard as well.
const ACCESS_COOKIE = "CF_Authorization";

export class Authenticator {
  readonly #attempts = new Attempts();
  readonly #bearers = new BearerTokens(this.#attempts);
  readonly #team: AccessTeam | undefined;

  /** @param access the Cloudflare Access team whose members may sign in */
  constructor(access: Access | undefined) {
    this.#team = access && new AccessTeam(access);
  }

  /**
   * @throws Refusal "unauthorized"; "too-many-attempts" when too many from one address have failed; "sign-in-unavailable"
   *   for an assertion that can't be verified at present
   */
  async authenticate(c: ApiContext): Promise<Principal> {
    const team = this.#team;
    const field = c.req.header("Authorization");
    const assertion = c.req.header(ACCESS_TOKEN);
    if (team !== undefined && assertion !== undefined && field === undefined) {
      return this.#member(team, assertion, c);
    }
    // Another scheme is no error in this one (RFC 6750, section 3.1).
    if (field === undefined || !/^bearer\b/i.test(field)) throw unauthorized();
    const [, token] = BEARER.exec(field) ?? [];
    if (token === undefined) throw unauthorized("invalid_request");
    return this.#bearers.holder(c, token, Date.now());
  }

  /**
   * Who opens a page that everybody may see.
   * @returns undefined for a visitor. A cookie that has expired, or that was never worth anything, is one: browsers send
   *   them unasked.
   * @throws Refusal for an Authorization field or an assertion that is wrong, as `principal` does
   */
  async visitor(c: ApiContext): Promise<Principal | undefined> {
    // Another scheme is for somebody before this Worker.
    if (/^bearer\b/i.test(c.req.header("Authorization") ?? "")) return this.authenticate(c);
    const team = this.#team;
    if (team === undefined) return undefined;
    if (c.req.header(ACCESS_TOKEN) !== undefined) return this.authenticate(c);
    const { method } = c.req;
    const cookie = method === "GET" || method === "HEAD" ? getCookie(c, ACCESS_COOKIE) : undefined;
    return cookie === undefined ? undefined : this.#memberByCookie(team, cookie, c);
  }

  async #member(team: AccessTeam, assertion: string, c: ApiContext): Promise<Principal> {
    if (isForeign(c.req.raw)) {
      throw new Refusal("forbidden", { detail: "Another site's page can't write in the name of a member." });
    }
    const now = Date.now();
    const claimed = team.read(assertion, now);
    if (claimed === undefined) {
      reportFailure("wrong-claims");
      throw await this.#attempts.refuse(c.req.raw, c.env);
    }
    const verified = await this.#verified(team, claimed, c, now, reportFailure);
    if (verified instanceof Refusal) throw verified;
    return verified;
  }

  /** A cookie that is past its time or another application's costs nothing and isn't counted: browsers send such ones. */
  async #memberByCookie(team: AccessTeam, cookie: string, c: ApiContext): Promise<Principal | undefined> {
    const now = Date.now();
    const claimed = team.read(cookie, now);
    if (claimed === undefined || this.#attempts.isBarred(c.req.raw, now)) return undefined;
    const verified = await this.#verified(team, claimed, c, now, () => undefined);
    return verified instanceof Refusal ? undefined : verified;
  }

  /**
   * Verifies an assertion; an attempt for which keys must be fetched counts before they are.
   * @param onFailure is told why an assertion is wrong
   * @throws Refusal "too-many-attempts" when the keys would have to be fetched for an address that is barred
   */
  async #verified(
    team: AccessTeam,
    claimed: Claimed,
    c: ApiContext,
    now: Instant,
    onFailure: (reason: string) => void,
  ): Promise<Principal | Refusal> {
    const isKeyAtHand = team.isKeyAtHand(claimed, now);
    if (!isKeyAtHand) this.#attempts.begin(c.req.raw, now);
    const verdict = await team.verify(claimed, now);
    if (verdict === "unknown-key" || verdict === "wrong-signature") {
      onFailure(verdict);
      return this.#attempts.failed(c.req.raw, c.env, now);
    }
    if (!isKeyAtHand) this.#attempts.takeBack(c.req.raw, now);
    if (verdict !== "unavailable") return verdict;
    return new Refusal("sign-in-unavailable", { headers: { "Retry-After": String(PAUSE_SECONDS) } });
  }
}

function reportFailure(reason: string): void {
  report("access-sign-in-failed", { reason });
}

/**
 * Whether a page of another site sends a write. A browser adds the member's assertion to it as to any other request, which
 * it never does with a token.
 */
function isForeign({ method, headers, url }: Request): boolean {
  if (method === "GET" || method === "HEAD") return false;
  const site = headers.get("Sec-Fetch-Site") ?? "none";
  const origin = headers.get("Origin") ?? new URL(url).origin;
  return !["same-origin", "none"].includes(site) || origin !== new URL(url).origin;
}
