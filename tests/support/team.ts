/** A Cloudflare Access team: its keys, the assertions that it signs, and the Worker that trusts it. */
import { sign } from "hono/jwt";
import { vi } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Access } from "../../src/settings.ts";
import { askIsolate } from "./ask-isolate.ts";
import { site } from "./site.ts";

export const TEAM: Access = { issuer: "https://courier.cloudflareaccess.com", audience: "the-aud-tag" };

/** Both halves of a key of RSASSA-PKCS1-v1_5 with SHA-256, named by `kid`. */
export type Keys = { kid: string; open: JsonWebKey; secret: JsonWebKey };

export async function makeKeys(kid: string): Promise<Keys> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  };
  const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("A pair of keys was expected");
  const [open, secret] = await Promise.all([exportKey(pair.publicKey), exportKey(pair.privateKey)]);
  return { kid, open: { ...open, use: "sig" }, secret };
}

async function exportKey(key: CryptoKey): Promise<JsonWebKey> {
  const exported = await crypto.subtle.exportKey("jwk", key);
  if (exported instanceof ArrayBuffer) throw new Error("A JWK was expected");
  return exported;
}

/** Serves these keys at the address of the team's keys, and nothing else. @returns the number of requests for them */
export function serveKeys(keys: readonly Keys[], status = 200): () => number {
  const spy = vi.spyOn(globalThis, "fetch").mockImplementation((input) => {
    const { url } = new Request(input);
    if (url !== `${TEAM.issuer}/cdn-cgi/access/certs`) throw new Error(`Nobody answers at ${url}`);
    return Promise.resolve(
      Response.json({ keys: keys.map(({ kid, open }) => ({ ...open, kid, alg: "RS256" })) }, { status }),
    );
  });
  return () => spy.mock.calls.length;
}

export type Claims = Record<string, string | number | string[] | undefined>;

/** The claims of a member, valid for a minute. */
export function claimsOf(differences: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: TEAM.issuer,
    aud: [TEAM.audience],
    email: "jane@courier.example",
    iat: now,
    exp: now + 60,
    ...differences,
  };
}

export function assertion({ kid, secret }: Keys, differences: Claims = {}): Promise<string> {
  return sign(claimsOf(differences), { ...secret, kid, alg: "RS256" });
}

/** A request to a Worker that is configured for the team, or for none. */
export function ask(path: string, init: RequestInit, access: Access | undefined = TEAM): Promise<Response> {
  return askIsolate(createApp(site, "build", access), path, init);
}
