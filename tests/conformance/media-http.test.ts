/** Files of kept pictures as RFC 9110 has representations: validators, conditions and ranges, by its sections. */
import { beforeEach, describe, expect, test } from "vitest";
import { mediaFaults } from "../support/faulty-media.ts";
import { uploaded } from "../support/media.ts";
import { edit, get, request } from "../support/newsroom.ts";
import { makePng } from "../support/pictures.ts";

let png: Uint8Array<ArrayBuffer>;
let path: string;
let etag: string;
let lastModified: string;

beforeEach(async () => {
  png = await makePng(500, 300, { isNoise: true });
  path = new URL((await uploaded(png)).url).pathname;
  const { headers } = await get(path);
  etag = headers.get("ETag") ?? "";
  lastModified = headers.get("Last-Modified") ?? "";
});

/** An HTTP date some seconds from Last-Modified. */
function dateAt(seconds: number): string {
  return new Date(Date.parse(lastModified) + seconds * 1000).toUTCString();
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

describe("a file", () => {
  test("has its type, its length, strong validators and long caching (sections 8.3, 8.6, 8.8)", async () => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(etag).toMatch(/^"[\x21\x23-\x7e]+"$/);
    expect(new Date(lastModified).toUTCString()).toBe(lastModified);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": String(png.length),
      "accept-ranges": "bytes",
      "cache-control": "public, max-age=31536000, immutable",
      "cloudflare-cdn-cache-control": "public, max-age=3600",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
    });
    expect(headers.has("Set-Cookie")).toBe(false);
  });

  test("has the same header fields for HEAD, and no body (section 9.3.2)", async () => {
    const [whole, head] = [await get(path), await request(path, { method: "HEAD" })];
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(undated(head)).toEqual(undated(whole));
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("takes no %s (section 15.5.6)", async (method) => {
    const response = await request(path, { method });
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("has one address: a query redirects to it", async () => {
    const response = await get(`${path}?utm_source=feed`);
    expect([response.status, response.headers.get("Location")]).toEqual([301, path]);
  });

  test.each([
    ["of another id", () => path.replace(/[0-9a-f]{64}/, "0".repeat(64))],
    ["of another type", () => path.replace(".png", ".jpg")],
    ["that is no name of a file", () => path.replace(".png", "-400w.webp.exe")],
  ])("%s is a 404 that is kept briefly (section 15.5.5)", async (_name, missing) => {
    const { status, headers } = await get(missing());
    expect([status, headers.get("Cache-Control")]).toEqual([404, "public, max-age=30"]);
  });

  test("has one address: without a slash at its end", async () => {
    expect((await get(`${path}/`)).status).toBe(301);
  });

  test.each([
    "/media",
    "/media/incoming",
    "/media/%2e%2e/incoming/x",
    "/media/..%2fincoming%2fx",
    "/incoming/x",
  ])("is nowhere but at its name: %s", async (address) => {
    expect([301, 404]).toContain((await get(address)).status);
    expect(mediaFaults.calls.filter((call) => call.startsWith("get incoming/x"))).toEqual([]);
  });

  test("is gone when it was deleted", async () => {
    const [, id] = /([0-9a-f]{64})/.exec(path) ?? [];
    await edit("DELETE", `/api/media/${id}`);
    expect((await get(path)).status).toBe(404);
    expect((await get(path, { Range: "bytes=0-1" })).status).toBe(404);
    expect((await get(path, { "If-None-Match": etag })).status).toBe(404);
  });
});

describe("conditions (section 13)", () => {
  test.each([
    ["If-None-Match: its tag (13.1.2)", () => ({ "If-None-Match": etag }), 304],
    ["If-None-Match: its tag, weak (13.1.2)", () => ({ "If-None-Match": `W/${etag}` }), 304],
    ["If-None-Match: one of several (13.1.2)", () => ({ "If-None-Match": `"x", ${etag}` }), 304],
    ["If-None-Match: any (13.1.2)", () => ({ "If-None-Match": "*" }), 304],
    ["If-None-Match: another (13.1.2)", () => ({ "If-None-Match": '"x"' }), 200],
    ["If-Modified-Since: its date (13.1.3)", () => ({ "If-Modified-Since": lastModified }), 304],
    ["If-Modified-Since: later (13.1.3)", () => ({ "If-Modified-Since": dateAt(1) }), 304],
    ["If-Modified-Since: earlier (13.1.3)", () => ({ "If-Modified-Since": dateAt(-1) }), 200],
    ["If-Modified-Since: no date (13.1.3)", () => ({ "If-Modified-Since": "yesterday" }), 200],
    [
      "If-None-Match before If-Modified-Since (13.2.2)",
      () => ({ "If-None-Match": '"x"', "If-Modified-Since": dateAt(1) }),
      200,
    ],
    ["If-Match: its tag (13.1.1)", () => ({ "If-Match": etag }), 200],
    ["If-Match: any (13.1.1)", () => ({ "If-Match": "*" }), 200],
    ["If-Match: its tag, weak (13.1.1)", () => ({ "If-Match": `W/${etag}` }), 412],
    ["If-Match: another (13.1.1)", () => ({ "If-Match": '"x"' }), 412],
    ["If-Unmodified-Since: its date (13.1.4)", () => ({ "If-Unmodified-Since": lastModified }), 200],
    ["If-Unmodified-Since: earlier (13.1.4)", () => ({ "If-Unmodified-Since": dateAt(-1) }), 412],
    [
      "If-Match before If-Unmodified-Since (13.2.2)",
      () => ({ "If-Match": etag, "If-Unmodified-Since": dateAt(-1) }),
      200,
    ],
    ["If-Match before If-None-Match (13.2.2)", () => ({ "If-Match": etag, "If-None-Match": etag }), 304],
  ])("%s", async (_name, fields, status) => {
    for (const method of ["GET", "HEAD"]) {
      const response = await request(path, { method, headers: fields() });
      const body = await bytesOf(response);
      const isWhole = body.length === png.length && body.every((byte, index) => byte === png[index]);
      expect({ method, status: response.status, isWhole }).toEqual({
        method,
        status,
        isWhole: status === 200 && method === "GET",
      });
    }
  });

  test("a 304 has the validators and the caching of the 200, and no body (section 15.4.5)", async () => {
    const response = await get(path, { "If-None-Match": etag });
    const names = ["ETag", "Last-Modified", "Cache-Control", "Cloudflare-CDN-Cache-Control", "Date"];
    expect(fieldsOf(response, names)).toEqual(fieldsOf(await get(path), names));
    expect(fieldsOf(response, names)).not.toContain(null);
    expect([await response.text(), response.headers.has("Content-Type")]).toEqual(["", false]);
  });
});

describe("ranges (section 14)", () => {
  test.each([
    ["from the start", () => "bytes=0-9", () => [0, 10]],
    ["from the middle", () => "bytes=10-19", () => [10, 20]],
    ["to the end", () => "bytes=10-", () => [10, size()]],
    ["beyond the end", () => `bytes=10-${size() + 100}`, () => [10, size()]],
    ["of the last bytes", () => "bytes=-5", () => [size() - 5, size()]],
    ["of more last bytes than there are", () => `bytes=-${size() + 5}`, () => [0, size()]],
    ["of one byte", () => "bytes=0-0", () => [0, 1]],
    ["of the last byte", () => `bytes=${size() - 1}-`, () => [size() - 1, size()]],
    ["in capitals", () => "BYTES=0-1", () => [0, 2]],
  ])("%s: 206 (sections 14.1.2, 15.3.7)", async (_name, range, part) => {
    const response = await get(path, { Range: range() });
    const [from = 0, to = 0] = part();
    expect(response.status).toBe(206);
    expect(response.headers.get("Content-Range")).toBe(`bytes ${from}-${to - 1}/${size()}`);
    expect(response.headers.get("Content-Length")).toBe(String(to - from));
    const names = ["ETag", "Last-Modified", "Content-Type", "Cache-Control", "Cloudflare-CDN-Cache-Control"];
    expect(fieldsOf(response, names)).toEqual(fieldsOf(await get(path), names));
    expect(fieldsOf(response, names)).not.toContain(null);
    expect(await bytesOf(response)).toEqual(png.slice(from, to));
  });

  test.each([
    () => `bytes=${size()}-`,
    () => `bytes=${size() + 1}-${size() + 2}`,
    () => "bytes=-0",
    () => "bytes=99999999999999999999-",
  ])("that can't be satisfied: 416 with the length (section 15.5.17)", async (range) => {
    const response = await get(path, { Range: range() });
    expect([response.status, response.headers.get("Content-Range")]).toEqual([416, `bytes */${size()}`]);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });

  test.each([
    "items=0-1",
    "bytes=",
    "bytes=-",
    "bytes=5-4",
    "bytes=a-b",
    "bytes=0-1,4-5",
    "bytes 0-1",
    "bytes=0x1-2",
    "bytes=0-1;",
  ])("that aren't one valid range of bytes are ignored: %s (section 14.2)", async (range) => {
    const response = await get(path, { Range: range });
    expect(response.status).toBe(200);
    expect(await bytesOf(response)).toEqual(png);
  });

  test("are for GET alone (section 14.2)", async () => {
    const response = await request(path, { method: "HEAD", headers: { Range: "bytes=0-1" } });
    expect([response.status, response.headers.get("Content-Range")]).toEqual([200, null]);
  });

  test.each([
    ["its tag", () => etag, 206],
    ["another tag", () => '"x"', 200],
    ["its tag, weak", () => `W/${etag}`, 200],
    ["its date", () => lastModified, 206],
    ["an earlier date", () => dateAt(-1), 200],
    ["a later date", () => dateAt(1), 200],
    ["nonsense", () => "x", 200],
  ])("with If-Range: %s (section 13.1.5)", async (_name, condition, status) => {
    const response = await get(path, { Range: "bytes=0-9", "If-Range": condition() });
    expect(response.status).toBe(status);
    expect((await bytesOf(response)).length).toBe(status === 206 ? 10 : size());
  });

  test("come after conditions: If-None-Match first, and If-Match (section 13.2.2)", async () => {
    expect((await get(path, { Range: "bytes=0-9", "If-None-Match": etag })).status).toBe(304);
    expect((await get(path, { Range: "bytes=0-9", "If-Match": '"x"' })).status).toBe(412);
  });

  test("together make the file", async () => {
    const step = Math.ceil(size() / 7);
    const parts: Uint8Array[] = [];
    for (let from = 0; from < size(); from += step)
      parts.push(await bytesOf(await get(path, { Range: `bytes=${from}-${from + step - 1}` })));
    expect(new Uint8Array(await new Blob(parts.map((part) => part.slice())).arrayBuffer())).toEqual(png);
  });
});

test("a script of another site may read it, and ask before (Fetch Standard, CORS protocol)", async () => {
  const response = await request(path, {
    method: "OPTIONS",
    headers: { Origin: "https://reader.example", "Access-Control-Request-Method": "GET" },
  });
  expect([response.status, response.headers.get("Access-Control-Allow-Origin")]).toEqual([204, "*"]);
});

function undated({ headers }: Response): [string, string][] {
  return [...headers].filter(([name]) => name !== "date");
}

/** The values of header fields, in the order of the names; null for one that there isn't. */
function fieldsOf({ headers }: Response, names: readonly string[]): (string | null)[] {
  return names.map((name) => headers.get(name));
}

function size(): number {
  return png.length;
}
