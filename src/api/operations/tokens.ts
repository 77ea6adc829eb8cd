/** Tokens: made, listed, rotated and revoked by administrators. A secret is shown once, and kept nowhere. */
import type * as v from "valibot";
import { formatInstant, timeOf } from "../../article/instant.ts";
import { makeSecret } from "../../auth/token-secret.ts";
import type { TokenAction } from "../../desk/commands/tokens.ts";
import type { Token } from "../../desk/ledger/tokens.ts";
import type { Principal } from "../../desk/principal.ts";
import { digestOf } from "../../digest.ts";
import { Refusal } from "../../http/problems.ts";
import { problemOf } from "../desk-refusals.ts";
import { IssuedToken, TokenList, TokenView } from "../schemas/administration.ts";
import { TokenBody } from "../schemas/requests.ts";
import { jsonBody } from "./body.ts";
import { type Call, NOTHING, type Operation, operation } from "./operation.ts";
import { TOKEN } from "./parameters.ts";

export const TOKENS: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "makeToken",
    method: "post",
    path: "/api/tokens",
    summary: "Make a token",
    description:
      "Makes a token for a person or a program, with the rights that it needs, for all sections or for some. The answer holds its secret, which is shown only once.",
    access: { right: "admin", action: "make-token" },
    body: jsonBody(TokenBody, { description: "Whose the token is, and what it may do.", isRequired: true }),
    answers: [
      {
        status: 201,
        description: "The token, with its secret.",
        content: { "application/json": IssuedToken },
      },
    ],
    problems: ["storage-full"],
    example: {
      address: "/api/tokens",
      body: {
        type: "application/json",
        text: ({ id }) =>
          `{ "name": "Night desk", "rights": ["publish", "withdraw"], "sections": [${JSON.stringify(id)}] }`,
      },
    },
    handle:
      () =>
      async ({ body: grant, actor, desk }) => {
        const { secret, digest } = await newSecret();
        const token = await administer(desk, actor, { kind: "make", grant, digest });
        return Response.json({ token: secret, ...view(token) }, { status: 201 });
      },
  }),
  operation({
    ...NOTHING,
    id: "listTokens",
    method: "get",
    path: "/api/tokens",
    summary: "List tokens",
    description: "Lists all tokens, revoked ones too, the newest first, without their secrets.",
    access: { right: "admin", action: "list-tokens" },
    answers: [{ status: 200, description: "The tokens.", content: { "application/json": TokenList } }],
    problems: [],
    example: { address: "/api/tokens" },
    handle:
      () =>
      async ({ desk }) => {
        const tokens = await desk.tokens();
        return Response.json({ tokens: tokens.map(view) });
      },
  }),
  operation({
    ...NOTHING,
    id: "rotateToken",
    method: "post",
    path: "/api/tokens/{id}/rotate",
    summary: "Give a token a new secret",
    description:
      "Replaces the secret of the token. The old one is refused from now on; the answer holds the new one, which is shown only once. An expired token gets no new secret.",
    access: { right: "admin", action: "rotate-token", subjectPrefix: "token:" },
    params: TOKEN,
    answers: [
      {
        status: 200,
        description: "The token, with its new secret.",
        content: { "application/json": IssuedToken },
      },
    ],
    problems: ["not-found", "token-expired"],
    example: { address: "/api/tokens/night-desk/rotate" },
    handle:
      () =>
      async ({ params: { id }, actor, desk }) => {
        const { secret, digest } = await newSecret();
        const token = await administer(desk, actor, { kind: "rotate", id, digest });
        return Response.json({ token: secret, ...view(token) });
      },
  }),
  operation({
    ...NOTHING,
    id: "revokeToken",
    method: "delete",
    path: "/api/tokens/{id}",
    summary: "Revoke a token",
    description: "From the next request on, the token is refused.",
    access: { right: "admin", action: "revoke-token", subjectPrefix: "token:" },
    params: TOKEN,
    answers: [{ status: 200, description: "The token.", content: { "application/json": TokenView } }],
    problems: ["not-found"],
    example: { address: "/api/tokens/night-desk" },
    handle:
      () =>
      async ({ params: { id }, actor, desk }) =>
        Response.json(view(await administer(desk, actor, { kind: "revoke", id }))),
  }),
];

async function newSecret(): Promise<{ secret: string; digest: string }> {
  const secret = makeSecret();
  const { hex: digest } = await digestOf(secret);
  return { secret, digest };
}

async function administer(desk: Call["desk"], actor: Principal, action: TokenAction): Promise<Token> {
  const outcome = await desk.administer(action, actor);
  if (outcome.ok) return outcome.token;
  if (outcome.reason === "not-found") throw new Refusal("not-found", { detail: "There is no such token." });
  throw problemOf(outcome);
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
