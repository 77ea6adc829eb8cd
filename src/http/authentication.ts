/** Who may write: the holder of the editor token (RFC 6750). */
import { bearerAuth } from "hono/bearer-auth";
import type { MiddlewareHandler } from "hono";
import { report } from "../report.ts";
import { problemResponse } from "./problems.ts";

/** The name under which the holder of the EDITOR_TOKEN secret stands in the audit. */
export const EDITOR = "editor";

/**
 * Lets only those through who hold the editor token; without a configured token, nobody.
 * @param siteUrl for the problem documents
 */
export function requireEditor(siteUrl: string): MiddlewareHandler<{ Bindings: Env }> {
  const challenge = (error?: string): Response =>
    problemResponse(siteUrl, "unauthorized", {
      headers: {
        "WWW-Authenticate": `Bearer realm="Dateline"${error === undefined ? "" : `, error="${error}"`}`,
      },
    });
  return bearerAuth({
    verifyToken: (token, { env }) => isEditorToken(token, env),
    noAuthenticationHeader: { message: () => challenge() },
    invalidAuthenticationHeader: {
      // Another scheme is no error in this one (RFC 6750, section 3.1).
      message: (c) =>
        challenge(/^bearer\b/i.test(c.req.header("Authorization") ?? "") ? "invalid_request" : undefined),
    },
    invalidToken: { message: () => challenge("invalid_token") },
  });
}

async function isEditorToken(token: string, env: { EDITOR_TOKEN?: string }): Promise<boolean> {
  if (!env.EDITOR_TOKEN) {
    report("no-editor-token", { hint: "Set the secret EDITOR_TOKEN: until then every write is refused." });
    return false;
  }
  // Digests have one length, so that the comparison takes the same time for every token.
  const [given, expected] = await Promise.all([token, env.EDITOR_TOKEN].map(digest));
  return given !== undefined && expected !== undefined && crypto.subtle.timingSafeEqual(given, expected);
}

function digest(token: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
}
