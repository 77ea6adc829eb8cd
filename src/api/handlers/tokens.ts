/** Tokens over HTTP: made, listed, rotated and revoked by administrators. A secret is shown once, and kept nowhere. */
import { formatInstant } from "../../article/instant.ts";
import type { Context } from "hono";
import type * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { TokenAction } from "../../desk/commands/tokens.ts";
import type { Principal } from "../../desk/principal.ts";
import type { Token } from "../../desk/ledger/tokens.ts";
import type { TokenView } from "../schemas/administration.ts";
import { TokenBody } from "../schemas/requests.ts";
import { digestOf } from "../../digest.ts";
import { bodyBy } from "../authorised-body.ts";
import { readBody } from "../decode.ts";
import { theDesk } from "../../desk/stub.ts";
import { requireRight } from "../missing-permission.ts";
import { problemOf } from "../desk-refusals.ts";
import { Refusal } from "../../http/problems.ts";
import { makeSecret } from "../../auth/token-secret.ts";

type ApiContext = Context<{ Bindings: Env }>;

export class TokenHandlers {
  /** GET /api/tokens lists every token there ever was, without its secret. */
  async list(c: ApiContext, actor: Principal): Promise<Response> {
    requireRight(actor, "admin", "list-tokens");
    const tokens = await theDesk(c.env).tokens();
    return c.json({ tokens: tokens.map(view) });
  }

  /** POST /api/tokens makes one. */
  async make(c: ApiContext, actor: Principal): Promise<Response> {
    const grant = readBody(await bodyBy(c, actor, "admin", "make-token"), TokenBody);
    const secret = makeSecret();
    const { hex: digest } = await digestOf(secret);
    const token = await this.#act(c, actor, { kind: "make", grant, digest });
    return c.json({ token: secret, ...view(token) }, 201);
  }

  /** POST /api/tokens/:id/rotate gives it a new secret; the former one is refused from now on. */
  async rotate(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    const secret = makeSecret();
    const { hex: digest } = await digestOf(secret);
    const token = await this.#act(c, actor, { kind: "rotate", id, digest });
    return c.json({ token: secret, ...view(token) });
  }

  /** DELETE /api/tokens/:id revokes it: its very next request is refused. */
  async revoke(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    return c.json(view(await this.#act(c, actor, { kind: "revoke", id })));
  }

  async #act(c: ApiContext, actor: Principal, action: TokenAction): Promise<Token> {
    const outcome = await theDesk(c.env).administer(action, actor);
    if (outcome.ok) return outcome.token;
    if (outcome.reason === "not-found") throw new Refusal("not-found", { detail: "There is no such token." });
    throw problemOf(outcome);
  }
}

function view({
  id,
  name,
  rights,
  sections,
  created,
  expires,
  revoked,
}: Token): v.InferOutput<typeof TokenView> {
  return {
    id,
    name,
    rights,
    sections,
    created: formatInstant(created),
    expires: timeOf(expires),
    revoked: timeOf(revoked),
  };
}

function timeOf(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}
