/** The parts of a write besides its document: preconditions, Idempotency-Key, and whether it is a dry run. */
import type { ExpectedTags, Preconditions, Revisions } from "../desk/preconditions.ts";
import type { WriteRequest } from "../desk/messages.ts";
import type { Principal } from "../desk/principal.ts";
import { digestOf } from "../digest.ts";
import { parseEntityTags } from "../http/entity-tag.ts";
import { Refusal } from "../http/problems.ts";

// A string of Structured Fields, as the IETF's draft demands, or the same without quotes, as most clients send it.
const KEY = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/;

/**
 * Reads what goes to the Desk with a write. Only a POST has an Idempotency-Key: PUT and DELETE are idempotent (RFC 9110, section 9.2.2).
 * @param body of the request, as it was sent: under one Idempotency-Key it must stay the same
 * @throws Refusal "invalid-idempotency-key"
 */
export async function writeRequestOf(
  request: Request,
  actor: Principal,
  body: Uint8Array,
  isDryRun = false,
): Promise<WriteRequest> {
  const key = request.method === "POST" ? request.headers.get("Idempotency-Key") : null;
  const writeRequest = { actor, preconditions: preconditionsOf(request), isDryRun };
  if (key === null) return writeRequest;
  const [, quoted, bare] = KEY.exec(key) ?? [];
  const word = quoted ?? bare;
  if (word === undefined) throw new Refusal("invalid-idempotency-key");
  return { ...writeRequest, idempotency: { key: word, digest: await requestDigest(request, body) } };
}

/** The preconditions of a request (RFC 9110, sections 13.1.1 and 13.1.2): If-Match compares strongly, If-None-Match weakly. */
export function preconditionsOf({ headers }: Request): Preconditions {
  return {
    ifMatch: revisions(headers.get("If-Match"), "strong"),
    ifNoneMatch: revisions(headers.get("If-None-Match"), "weak"),
  };
}

/** The strong entity tags in the If-Match of a request. */
export function expectedTags({ headers }: Request): ExpectedTags {
  return tagsIn(headers.get("If-Match"), "strong");
}

function revisions(field: string | null, comparison: "strong" | "weak"): Revisions | undefined {
  const tags = tagsIn(field, comparison);
  return Array.isArray(tags) ? tags.filter((tag) => /^[1-9]\d*$/.test(tag)).map(Number) : tags;
}

/** The entity tags of a field that may count in a comparison; undefined where there is no such field. */
function tagsIn(field: string | null, comparison: "strong" | "weak"): ExpectedTags {
  if (field === null) return undefined;
  const tags = parseEntityTags(field);
  if (tags === "*") return tags;
  return tags.filter(({ isWeak }) => !(isWeak && comparison === "strong")).map(({ opaque }) => opaque);
}

async function requestDigest({ url, headers }: Request, body: Uint8Array): Promise<string> {
  const { pathname, search } = new URL(url);
  const head = `${pathname}${search}\n${headers.get("Content-Type") ?? ""}`;
  return (await digestOf(`${head}\n${(await digestOf(body)).hex}`)).hex;
}
