/** Who sends a request (RFC 6750): the holder of the EDITOR_TOKEN secret or of a token, or a member of a Cloudflare Access team. */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { verifyWithJwks } from "hono/jwt";
import * as v from "valibot";
import { lackOf, type Principal, type Right, RIGHTS } from "../desk/principal.ts";
import { digestOf } from "../digest.ts";
import { report } from "../report.ts";
import type { Access } from "../settings.ts";
import { theDesk } from "./desk.ts";
import { addressOf } from "./address.ts";
import { unauthorized } from "./outcomes.ts";
import { Refusal } from "./problems.ts";
import { LackOfRight } from "./refusal-notes.ts";

type ApiContext = Context<{ Bindings: Env }>;

// RFC 6750, section 2.1.
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i;
const ACCESS_TOKEN = "Cf-Access-Jwt-Assertion";
// Where Access keeps a browser's assertion, which it sends to pages that Access doesn't guard as well.
const ACCESS_COOKIE = "CF_Authorization";
// The period of FAILED_ATTEMPTS in wrangler.toml.
const RETRY_SECONDS = 60;
const KEYS_SECONDS = 3600;

// A person has an address, a service token a common name. A token without an end is none of Access.
const name = v.pipe(v.string(), v.nonEmpty());
const Claims = v.union([
  v.pipe(
    v.object({ exp: v.number(), email: name }),
    v.transform(({ email }) => email),
  ),
  v.pipe(
    v.object({ exp: v.number(), common_name: name }),
    v.transform(({ common_name }) => common_name),
  ),
]);

export class Gate {
  readonly #access: Access | undefined;

  /** @param access the Cloudflare Access team whose members may sign in */
  constructor(access: Access | undefined) {
    this.#access = access;
  }

  /** @throws Refusal "unauthorized", or "too-many-attempts" when too many from one address have failed */
  async principal(c: ApiContext): Promise<Principal> {
    const access = this.#access;
    const assertion = c.req.header(ACCESS_TOKEN);
    if (access !== undefined && assertion !== undefined && c.req.header("Authorization") === undefined) {
      return this.#memberOf(access, assertion, c);
    }
    const field = c.req.header("Authorization");
    // Another scheme is no error in this one (RFC 6750, section 3.1).
    if (field === undefined || !/^bearer\b/i.test(field)) throw unauthorized();
    const [, token] = BEARER.exec(field) ?? [];
    if (token === undefined) throw unauthorized("invalid_request");
    const holder = await holderOf(token, c.env);
    if (holder === undefined) throw await failed(c);
    return holder;
  }

  /**
   * Who opens a page that everybody may see.
   * @returns undefined for a visitor. A cookie that has expired, or that was never worth anything, is one: browsers send
   *   them unasked.
   * @throws Refusal for an Authorization field or an assertion that is wrong, as `principal` does
   */
  async visitor(c: ApiContext): Promise<Principal | undefined> {
    // Another scheme is for somebody before this Worker.
    if (/^bearer\b/i.test(c.req.header("Authorization") ?? "")) return this.principal(c);
    const access = this.#access;
    if (access === undefined) return undefined;
    if (c.req.header(ACCESS_TOKEN) !== undefined) return this.principal(c);
    const { method } = c.req;
    const cookie = method === "GET" || method === "HEAD" ? getCookie(c, ACCESS_COOKIE) : undefined;
    return cookie === undefined ? undefined : memberOf(access, cookie, () => undefined);
  }

  async #memberOf(access: Access, token: string, c: ApiContext): Promise<Principal> {
    if (isForeign(c.req.raw)) {
      throw new Refusal("forbidden", { detail: "Another site's page can't write in the name of a member." });
    }
    const member = await memberOf(access, token, (reason) => report("access-sign-in-failed", { reason }));
    if (member === undefined) throw await failed(c);
    return member;
  }
}

/**
 * The member of the team in whose name an assertion is signed.
 * @param onFailure is told why one couldn't be verified
 */
async function memberOf(
  { issuer, audience }: Access,
  token: string,
  onFailure: (reason: string) => void,
): Promise<Principal | undefined> {
  const payload = await verifyWithJwks(
    token,
    {
      jwks_uri: `${issuer}/cdn-cgi/access/certs`,
      allowedAlgorithms: ["RS256"],
      verification: { iss: issuer, aud: audience },
    },
    { cf: { cacheTtl: KEYS_SECONDS } },
    // The message of such an error may hold the token.
  ).catch((thrown: unknown) => onFailure(thrown instanceof Error ? thrown.name : "unknown"));
  const claims = v.safeParse(Claims, payload);
  return claims.success ? { name: `access:${claims.output}`, rights: ["publish", "withdraw"] } : undefined;
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

/** Counts a failed attempt. A valid token is never kept out: a newsroom shares one address. */
async function failed(c: ApiContext): Promise<Refusal> {
  const { success } = await c.env.FAILED_ATTEMPTS.limit({ key: addressOf(c.req.raw) });
  if (success) return unauthorized("invalid_token");
  return new Refusal("too-many-attempts", { headers: { "Retry-After": String(RETRY_SECONDS) } });
}

/**
 * @param action what is tried, for the list of refusals
 * @throws LackOfRight when the right is lacking
 */
export function requireRight(actor: Principal, right: Right, action: string): void {
  const lack = lackOf(actor, right, []);
  if (lack !== undefined) throw new LackOfRight(lack, action);
}

/** The first administrator holds the secret; everybody else's token is known to the Desk. */
async function holderOf(token: string, env: Env): Promise<Principal | undefined> {
  const given = await digestOf(token);
  if (!env.EDITOR_TOKEN) {
    report("no-editor-token", { hint: "Set the secret EDITOR_TOKEN: it is the first administrator's." });
  } else if (crypto.subtle.timingSafeEqual(given.bytes, (await digestOf(env.EDITOR_TOKEN)).bytes)) {
    return { name: "EDITOR_TOKEN", rights: RIGHTS };
  }
  return theDesk(env).principal(given.hex);
}
