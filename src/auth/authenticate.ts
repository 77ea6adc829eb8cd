/** Sign-in (RFC 6750): names the holder of EDITOR_TOKEN or of a token, or a member of a Cloudflare Access team. */
import { parse as parseCookies } from "hono/utils/cookie";
import type { Instant } from "../article/article.ts";
import type { Principal } from "../desk/principal.ts";
import { report } from "../report.ts";
import type { Access } from "../settings.ts";
import { Attempts } from "./attempts.ts";
import { BearerTokens, type SignInEnv } from "./bearer-tokens.ts";
import { unauthorized } from "./challenge.ts";
import { Refusal } from "../http/problems.ts";
import { AccessTeam, type DecodedAssertion } from "./access-team.ts";
import { PAUSE_SECONDS } from "./access-keys.ts";

// RFC 6750, section 2.1.
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i;
const ACCESS_TOKEN = "Cf-Access-Jwt-Assertion";
// Access keeps a browser's assertion here. The browser also sends it to pages that Access doesn't protect.
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
   * Names the sender of a request.
   * @throws Refusal "unauthorized"; "too-many-attempts" when too many from one address have failed; "sign-in-unavailable"
   *   for an assertion that can't be verified at present
   */
  async authenticate(request: Request, env: SignInEnv): Promise<Principal> {
    const team = this.#team;
    const field = request.headers.get("Authorization");
    const assertion = request.headers.get(ACCESS_TOKEN);
    if (team !== undefined && assertion !== null && field === null) {
      return this.#member(team, assertion, request, env);
    }
    // Another scheme is no error in this one (RFC 6750, section 3.1).
    if (field === null || !/^bearer\b/i.test(field)) throw unauthorized();
    const [, token] = BEARER.exec(field) ?? [];
    if (token === undefined) throw unauthorized("invalid_request");
    return this.#bearers.principalOf(token, request, env, Date.now());
  }

  /**
   * Names the sender of a request for a page that everybody may see.
   * @returns undefined for a visitor. One with a cookie that has expired, or that was never worth anything, is a visitor: browsers
   *   send them unasked.
   * @throws Refusal for an Authorization field or an assertion that is wrong, as `authenticate` does
   */
  async authenticateOptional(request: Request, env: SignInEnv): Promise<Principal | undefined> {
    const { method, headers } = request;
    // Another scheme is meant for a server in front of this Worker.
    if (/^bearer\b/i.test(headers.get("Authorization") ?? "")) return this.authenticate(request, env);
    const team = this.#team;
    if (team === undefined) return undefined;
    if (headers.has(ACCESS_TOKEN)) return this.authenticate(request, env);
    const cookies = method === "GET" || method === "HEAD" ? (headers.get("Cookie") ?? "") : "";
    const cookie = parseCookies(cookies, ACCESS_COOKIE)[ACCESS_COOKIE];
    return cookie === undefined ? undefined : this.#memberByCookie(team, cookie, request, env);
  }

  async #member(team: AccessTeam, assertion: string, request: Request, env: SignInEnv): Promise<Principal> {
    if (isForeign(request)) {
      throw new Refusal("forbidden", { detail: "Another site's page can't write in the name of a member." });
    }
    const now = Date.now();
    const decoded = team.decode(assertion, now);
    if (decoded === undefined) {
      reportFailure("wrong-claims");
      throw await this.#attempts.refuse(request, env);
    }
    const principal = await this.#verify(team, decoded, request, env, now, reportFailure);
    if (principal instanceof Refusal) throw principal;
    return principal;
  }

  /** A cookie that has expired, or is another application's, costs nothing and isn't counted: browsers send such ones. */
  async #memberByCookie(
    team: AccessTeam,
    cookie: string,
    request: Request,
    env: SignInEnv,
  ): Promise<Principal | undefined> {
    const now = Date.now();
    const decoded = team.decode(cookie, now);
    if (decoded === undefined || this.#attempts.isBlocked(request, now)) return undefined;
    const principal = await this.#verify(team, decoded, request, env, now, () => undefined);
    return principal instanceof Refusal ? undefined : principal;
  }

  /**
   * Verifies an assertion; an attempt for which keys must be fetched counts before they are.
   * @param onFailure is called with the reason why an assertion is wrong
   * @returns the refusal of an assertion that is wrong, or that can't be verified at present
   * @throws Refusal "too-many-attempts" when the keys would have to be fetched for an address that is blocked
   */
  async #verify(
    team: AccessTeam,
    decoded: DecodedAssertion,
    request: Request,
    env: SignInEnv,
    now: Instant,
    onFailure: (reason: string) => void,
  ): Promise<Principal | Refusal> {
    const hasKey = team.hasKey(decoded, now);
    if (!hasKey) this.#attempts.begin(request, now);
    const verified = await team.verify(decoded, now);
    if (verified === "unknown-key" || verified === "wrong-signature") {
      onFailure(verified);
      return this.#attempts.fail(request, env, now);
    }
    if (!hasKey) this.#attempts.takeBack(request, now);
    if (verified !== "unavailable") return verified;
    return new Refusal("sign-in-unavailable", { headers: { "Retry-After": String(PAUSE_SECONDS) } });
  }
}

function reportFailure(reason: string): void {
  report("access-sign-in-failed", { reason });
}

/**
 * Whether a page of another site sends a write. A browser adds the member's assertion to such a request too; it never does so
 * with a token.
 */
function isForeign({ method, headers, url }: Request): boolean {
  if (method === "GET" || method === "HEAD") return false;
  const site = headers.get("Sec-Fetch-Site") ?? "none";
  const origin = headers.get("Origin") ?? new URL(url).origin;
  return !["same-origin", "none"].includes(site) || origin !== new URL(url).origin;
}
