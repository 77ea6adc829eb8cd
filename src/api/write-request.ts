/** What comes with a write besides its document: expectation, Idempotency-Key, and whether it is a dry run. */
import type { Context } from "hono";
import type { Preconditions, Revisions } from "../desk/preconditions.ts";
import type { WriteRequest } from "../desk/messages.ts";
import type { Principal } from "../desk/principal.ts";
import { digestOf } from "../digest.ts";
import { parseEntityTags } from "../http/entity-tag.ts";
import { Refusal } from "../http/problems.ts";

// An sf-string as the IETF's draft wants it, or the same without its quotes, as most clients send it.
const KEY = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/;

/**
 * @param body of the request: under one Idempotency-Key it must stay the same
 * @throws Refusal "invalid-idempotency-key"
 */
export async function writeRequestOf(
  c: Context,
  actor: Principal,
  body: Uint8Array,
  isDryRun = false,
): Promise<WriteRequest> {
  const key = c.req.method === "POST" ? c.req.header("Idempotency-Key") : undefined;
  const writeRequest = { actor, preconditions: preconditionsOf(c), isDryRun };
  if (key === undefined) return writeRequest;
  const [, quoted, bare] = KEY.exec(key) ?? [];
  const word = quoted ?? bare;
  if (word === undefined) throw new Refusal("invalid-idempotency-key");
  return { ...writeRequest, idempotency: { key: word, digest: await requestDigest(c, body) } };
}

/** What the editor expects to find (RFC 9110, sections 13.1.1 and 13.1.2): If-Match compares strongly, If-None-Match weakly. */
export function preconditionsOf(c: Context): Preconditions {
  return {
    ifMatch: revisions(c.req.header("If-Match"), "strong"),
    ifNoneMatch: revisions(c.req.header("If-None-Match"), "weak"),
  };
}

function revisions(field: string | undefined, comparison: "strong" | "weak"): Revisions | undefined {
  if (field === undefined) return undefined;
  const tags = parseEntityTags(field);
  if (tags === "*") return "*";
  return tags
    .filter(({ isWeak, opaque }) => /^[1-9]\d*$/.test(opaque) && !(isWeak && comparison === "strong"))
    .map(({ opaque }) => Number(opaque));
}

async function requestDigest(c: Context, body: Uint8Array): Promise<string> {
  const { pathname, search } = new URL(c.req.url);
  const head = `${pathname}${search}\n${c.req.header("Content-Type") ?? ""}`;
  return (await digestOf(`${head}\n${(await digestOf(body)).hex}`)).hex;
}
