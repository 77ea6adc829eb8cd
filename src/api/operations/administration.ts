/** What administrators do: tokens and the audit. */
import { AuditQuery, RefusalQuery } from "../handlers/audit.ts";
import type { Operation } from "./operation.ts";
import { TOKEN } from "./parameters.ts";
import { AuditList, IssuedToken, RefusalList, TokenList, TokenView } from "../schemas/administration.ts";
import { TokenBody } from "../schemas/requests.ts";

export const ADMINISTRATION: readonly Operation[] = [
  {
    id: "makeToken",
    method: "post",
    path: "/api/tokens",
    summary: "Make a token",
    description:
      "Makes a token for a person or a program, with the rights that it needs and, if wanted, for some sections alone. The answer holds its secret, which is shown this once.",
    access: "admin",
    body: {
      description: "Whose the token is, and what it may do.",
      isRequired: true,
      content: { "application/json": TokenBody },
    },
    answers: [
      {
        status: 201,
        description: "The token, with its secret.",
        content: { "application/json": IssuedToken },
      },
    ],
    problems: ["unreadable-document", "forbidden", "too-large", "invalid-document", "storage-full"],
    example: {
      address: "/api/tokens",
      body: {
        type: "application/json",
        text: ({ id }) =>
          `{ "name": "Night desk", "rights": ["publish", "withdraw"], "sections": [${JSON.stringify(id)}] }`,
      },
    },
  },
  {
    id: "listTokens",
    method: "get",
    path: "/api/tokens",
    summary: "List tokens",
    description: "Lists every token there ever was, the newest first, without its secret.",
    access: "admin",
    answers: [{ status: 200, description: "The tokens.", content: { "application/json": TokenList } }],
    problems: ["forbidden"],
    example: { address: "/api/tokens" },
  },
  {
    id: "rotateToken",
    method: "post",
    path: "/api/tokens/{id}/rotate",
    summary: "Give a token a new secret",
    description:
      "The former secret is refused from now on. The answer holds the new one, which is shown this once. A token that has expired gets none.",
    access: "admin",
    parameters: TOKEN,
    answers: [
      {
        status: 200,
        description: "The token, with its new secret.",
        content: { "application/json": IssuedToken },
      },
    ],
    problems: ["forbidden", "not-found", "token-expired"],
    example: { address: "/api/tokens/night-desk/rotate" },
  },
  {
    id: "revokeToken",
    method: "delete",
    path: "/api/tokens/{id}",
    summary: "Revoke a token",
    description: "The very next request with it is refused.",
    access: "admin",
    parameters: TOKEN,
    answers: [{ status: 200, description: "The token.", content: { "application/json": TokenView } }],
    problems: ["forbidden", "not-found"],
    example: { address: "/api/tokens/night-desk" },
  },
  {
    id: "listAudit",
    method: "get",
    path: "/api/audit",
    summary: "Read the audit",
    description:
      "Shows who did what, when, and to which revision, the newest first, a page at a time. It is kept for good.",
    access: "admin",
    query: AuditQuery,
    answers: [
      { status: 200, description: "A page of the audit.", content: { "application/json": AuditList } },
    ],
    problems: ["invalid-query", "invalid-cursor", "forbidden"],
    example: { address: "/api/audit?article=harbour-bridge&limit=10" },
  },
  {
    id: "listRefusals",
    method: "get",
    path: "/api/audit/refusals",
    summary: "Read what was refused",
    description:
      "Shows what was refused to whoever had signed in, reads and dry runs too: counted by actor, action, reason and minute, the newest minute first, a page at a time. The last 10,000 are kept.",
    access: "admin",
    query: RefusalQuery,
    answers: [
      {
        status: 200,
        description: "A page of refusals.",
        content: { "application/json": RefusalList },
      },
    ],
    problems: ["invalid-query", "invalid-cursor", "forbidden"],
    example: { address: "/api/audit/refusals?result=forbidden&limit=10" },
  },
];
