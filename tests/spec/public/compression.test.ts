/** Content coding (RFC 9110, section 8.4) of the feeds that the edge doesn't compress. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { at } from "../../support/newsroom.ts";
import { gunzip } from "../../support/reading/gunzip.ts";
import { ORIGIN } from "../../support/site.ts";
import { publishAll, series } from "../../support/stories/stories.ts";
import { ordinary } from "../../support/stories/varied.ts";
import worker from "../../support/worker.ts";

const COMPRESSED = ["/atom.xml", "/feed.json"];

beforeEach(() => {
  at(Date.parse("2031-11-24T12:00:00Z"));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Calls the Worker directly: the runtime would decode a coded body on its way. */
async function ask(
  path: string,
  accepted: string | undefined,
  fields: Record<string, string> = {},
  method = "GET",
): Promise<Response> {
  const ctx = createExecutionContext();
  const headers = new Headers(fields);
  if (accepted !== undefined) headers.set("Accept-Encoding", accepted);
  const request = new Request<unknown, IncomingRequestCfProperties>(`${ORIGIN}${path}`, { method, headers });
  const response = await worker.fetch(request, env, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await response.arrayBuffer());
}

function varyOf(response: Response): string[] {
  return (response.headers.get("Vary") ?? "").toLowerCase().split(/\s*,\s*/);
}

describe.each(COMPRESSED)("%s", (path) => {
  // The grammar of the field: tests/unit/http/compression.test.ts.
  test.each([
    ["gzip, deflate, br", true],
    ["br", false],
  ])("is in gzip for a client that accepts %j: %j", async (accepted, isCoded) => {
    const response = await ask(path, accepted);
    expect([response.status, response.headers.get("Content-Encoding")]).toEqual([
      200,
      isCoded ? "gzip" : null,
    ]);
  });

  test("decompresses to exactly the bytes that other clients get, under the same weak tag", async () => {
    await publishAll(series("s", 3));
    const [plain, coded] = [await ask(path, undefined), await ask(path, "gzip")];
    expect(coded.headers.get("ETag")).toMatch(/^W\/"/);
    expect(coded.headers.get("ETag")).toBe(plain.headers.get("ETag"));
    expect(coded.headers.get("Last-Modified")).toBe(plain.headers.get("Last-Modified"));
    expect(await gunzip(await bytesOf(coded))).toBe(await plain.text());
  });

  test("names Accept-Encoding in Vary, also in a 304", async () => {
    await publishAll(series("s", 3));
    for (const accepted of ["gzip", "br", undefined]) {
      const response = await ask(path, accepted);
      const tag = response.headers.get("ETag") ?? "";
      const unchanged = await ask(path, accepted, { "If-None-Match": tag });
      expect([unchanged.status, unchanged.headers.get("Content-Encoding")]).toEqual([304, null]);
      expect(varyOf(response)).toEqual(["sec-fetch-dest", "accept-encoding"]);
      expect(varyOf(unchanged)).toEqual(varyOf(response));
    }
  });

  test.each(["gzip", undefined])("has the same header fields by HEAD as by GET, for %j", async (accepted) => {
    await publishAll(series("s", 3));
    const [whole, head] = [await ask(path, accepted), await ask(path, accepted, {}, "HEAD")];
    expect([head.status, Object.fromEntries(head.headers)]).toEqual([200, Object.fromEntries(whole.headers)]);
    expect(await head.text()).toBe("");
  });

  test("is compressed once, however often it is polled", async () => {
    await publishAll(series("s", 3));
    let compressions = 0;
    const count = (target: typeof CompressionStream, args: unknown[]): object => {
      compressions++;
      return Reflect.construct(target, args);
    };
    vi.stubGlobal("CompressionStream", new Proxy(CompressionStream, { construct: count }));
    const bodies = new Set<string>();
    for (let poll = 0; poll < 5; poll++) bodies.add((await bytesOf(await ask(path, "gzip"))).join());
    await ask(path, "br");
    await ask(path, "gzip", {}, "HEAD");
    expect([bodies.size, compressions]).toEqual([1, 1]);
  });
});

test("fifty ordinary articles take at most a third of the bytes", async () => {
  await publishAll(ordinary(50));
  for (const path of COMPRESSED) {
    const plain = await bytesOf(await ask(path, undefined));
    const coded = await bytesOf(await ask(path, "gzip"));
    expect(plain.byteLength).toBeGreaterThan(100_000);
    expect([path, coded.byteLength / plain.byteLength < 1 / 3]).toEqual([path, true]);
  }
}, 120_000);

test.each(["/feed", "/archive/1.3/atom.xml", "/archive/1.3/feed.json", "/sections/events+politics/atom.xml"])(
  "%s is compressed when its format is one that the edge doesn't compress",
  async (path) => {
    await publishAll(series("s", 3));
    const headers = { Accept: "application/atom+xml" };
    const response = await ask(path, "gzip", headers);
    expect(response.headers.get("Content-Encoding")).toBe("gzip");
    expect(varyOf(response)).toContain("accept-encoding");
    const plain = await (await ask(path, undefined, headers)).text();
    expect(await gunzip(await bytesOf(response))).toBe(plain);
  },
);

test.each(["/rss.xml", "/archive/1.3/rss.xml"])(
  "%s is left to the edge, which compresses it",
  async (path) => {
    await publishAll(series("s", 3));
    const response = await ask(path, "gzip");
    expect([response.headers.get("Content-Encoding"), varyOf(response)]).toEqual([null, ["sec-fetch-dest"]]);
    expect(await response.text()).toContain("<rss");
  },
);
