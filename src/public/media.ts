/** The files of kept pictures, from R2 alone. */
import { type PictureType, readMediaName } from "../article/media.ts";
import { MEDIA_CACHING } from "../http/caching.ts";
import { evaluateStrong } from "../http/conditional.ts";
import { formatHttpDate } from "../http/http-date.ts";
import { Refusal } from "../http/problems.ts";
import { type ByteRange, contentRange, isRangeCurrent, rangeOf } from "../http/range.ts";
import { fileKey, type MediaBindings } from "../media/bucket.ts";
import type { PublicHandler } from "./door.ts";

// A picture opened by itself is a document: nothing in it may act (Content Security Policy Level 3, "sandbox").
const FIELDS = {
  ...MEDIA_CACHING,
  "Accept-Ranges": "bytes",
  "Access-Control-Allow-Origin": "*",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "X-Content-Type-Options": "nosniff",
} as const;

// Header fields of a request by which something must be decided before the body is sent.
const DECIDING = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Range"];

type Validators = { etag: string; lastModified: number; size: number };

/** GET /media/<name>: a picture's original, or one of its sizes. */
export function serveMedia(): PublicHandler {
  return async (c) => {
    const name = c.req.param("name") ?? "";
    const type = readMediaName(name)?.type;
    const { MEDIA: bucket }: MediaBindings = c.env;
    if (type === undefined || bucket === undefined) throw new Refusal("not-found");
    const request = c.req.raw;
    const key = fileKey(name);
    if (request.method === "GET" && !DECIDING.some((field) => request.headers.has(field))) {
      return wholeFile(bucket, key, type);
    }
    const found = await bucket.head(key);
    if (found === null) throw new Refusal("not-found");
    const validators = validatorsOf(found);
    const headers = fieldsOf(validators);
    const whole = wholeFields(validators, type);
    const now = Date.now();
    const status = evaluateStrong(request.headers, validators, now);
    if (status === 412) {
      const detail = "If-Match or If-Unmodified-Since did not hold: the file is another one.";
      throw new Refusal("precondition-failed", {
        detail,
        headers: { "Access-Control-Allow-Origin": FIELDS["Access-Control-Allow-Origin"] },
      });
    }
    if (status === 304) return new Response(null, { status, headers });
    if (request.method === "HEAD") return new Response(null, { headers: whole });
    const range = wantedRange(request.headers, validators, now);
    if (range === "unsatisfiable") {
      const fields = { ...headers, "Content-Range": `bytes */${validators.size}` };
      return new Response(null, { status: 416, headers: withoutCaching(fields) });
    }
    const object = await bucket.get(key, { onlyIf: { etagMatches: found.etag }, ...(range && { range }) });
    if (object === null) throw new Refusal("not-found");
    // It has come anew since: what was decided was of the former one.
    if (!("body" in object)) return wholeFile(bucket, key, type);
    if (range === undefined) return new Response(object.body, { headers: whole });
    const part = {
      ...whole,
      "Content-Length": String(range.length),
      "Content-Range": contentRange(range, validators.size),
    };
    return new Response(object.body, { status: 206, headers: part });
  };
}

async function wholeFile(bucket: R2Bucket, key: string, type: PictureType): Promise<Response> {
  const object = await bucket.get(key);
  if (object === null) throw new Refusal("not-found");
  return new Response(object.body, { headers: wholeFields(validatorsOf(object), type) });
}

function validatorsOf({ httpEtag, uploaded, size }: R2Object): Validators {
  return { etag: httpEtag, lastModified: Math.floor(uploaded.getTime() / 1000) * 1000, size };
}

/** The header fields of a 304, which every response has. */
function fieldsOf({ etag, lastModified }: Validators): Record<string, string> {
  return { ...FIELDS, ETag: etag, "Last-Modified": formatHttpDate(lastModified) };
}

/** Those of the whole file. */
function wholeFields(validators: Validators, type: PictureType): Record<string, string> {
  return { ...fieldsOf(validators), "Content-Type": type, "Content-Length": String(validators.size) };
}

function wantedRange(
  headers: Headers,
  validators: Validators,
  now: number,
): ByteRange | "unsatisfiable" | undefined {
  const range = headers.get("Range");
  if (range === null) return undefined;
  const condition = headers.get("If-Range");
  if (condition !== null && !isRangeCurrent(condition, validators, now)) return undefined;
  return rangeOf(range, validators.size);
}

/** An error says nothing of what a cache may keep. */
function withoutCaching(fields: Record<string, string>): Record<string, string> {
  return { ...fields, "Cache-Control": "no-store", "Cloudflare-CDN-Cache-Control": "no-store" };
}
