/** Who sends a request (RFC 6750): the holder of the EDITOR_TOKEN secret or of a token, or a member of a Cloudflare Access team. */
import type { Context } from "hono";
import { verifyWithJwks } from "hono/jwt";
import * as v from "valibot";
import { lackOf, type Principal, type Right, RIGHTS } from "../desk/principal.ts";
import { digestOf } from "../digest.ts";
import { report } from "../report.ts";
import type { Access } from "../settings.ts";
import { theDesk } from "./desk.ts";
import { addressOf } from "./address.ts";
import { refusalOf, unauthorized } from "./outcomes.ts";
import { Refusal } from "./problems.ts";

type ApiContext = Context<{ Bindings: Env }>;

// RFC 6750, section 2.1.
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i;
const ACCESS_TOKEN = "Cf-Access-Jwt-Assertion";
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

  async #memberOf({ issuer, audience }: Access, token: string, c: ApiContext): Promise<Principal> {
    if (isForeign(c.req.raw)) {
      throw new Refusal("forbidden", { detail: "Another site's page can't write in the name of a member." });
    }
    const payload = await verifyWithJwks(
      token,
      {
        jwks_uri: `${issuer}/cdn-cgi/access/certs`,
        allowedAlgorithms: ["RS256"],
        verification: { iss: issuer, aud: audience },
      },
      { cf: { cacheTtl: KEYS_SECONDS } },
    ).catch((thrown: unknown) => {
      // The message of such an error may hold the token.
      report("access-sign-in-failed", { reason: thrown instanceof Error ? thrown.name : "unknown" });
    });
    const claims = v.safeParse(Claims, payload);
    if (!claims.success) throw await failed(c);
    return { name: `access:${claims.output}`, rights: ["publish", "withdraw"] };
  }
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

/** @throws Refusal "forbidden" when the right is lacking */
export function requireRight(actor: Principal, right: Right): void {
  const lack = lackOf(actor, right, []);
  if (lack !== undefined) throw refusalOf({ ok: false, reason: "forbidden", lack });
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
