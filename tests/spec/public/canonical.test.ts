/** Canonical addresses: other spellings and foreign parameters lead to them, at no cost. */
import { beforeEach, describe, expect, test } from "vitest";
import { faults } from "../../support/faulty-kv.ts";
import { at, get, put, request, settle } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

beforeEach(() => {
  at(Date.parse("2031-11-24T12:00:00Z"));
});

const QUERIES = ["?utm_source=a", "?x=1&y=2", "?&", "?"];
const ADDRESSES = [
  "/",
  "/rss.xml",
  "/atom.xml",
  "/feed.json",
  "/feed",
  "/msn.xml",
  "/archive/1.1/rss.xml",
  "/sections/politics",
  "/sections/politics/rss.xml",
  "/sections/politics/smartnews.xml",
  "/sections/events+politics/rss.xml",
  "/articles/harbour-bridge",
  "/feeds",
  "/feeds.opml",
  "/.well-known/feeds",
  "/sitemap.xml",
  "/sitemap-pages.xml",
  "/sitemap-1.xml",
  "/news-sitemap.xml",
  "/robots.txt",
  "/style.css",
  "/favicon.svg",
  "/site.webmanifest",
  "/health",
  "/problems/not-found",
  "/nowhere",
];

describe("an address with a foreign query", () => {
  test("leads to the address without it, for GET and HEAD, and reads nothing", async () => {
    await put("harbour-bridge", wire());
    await settle();
    for (const path of ADDRESSES) {
      faults.reads.length = 0;
      for (const query of QUERIES) {
        for (const method of ["GET", "HEAD"]) {
          const { status, headers } = await request(`${path}${query}`, { method });
          const location = headers.get("Location");
          expect([path, query, method, status, location]).toEqual([path, query, method, 301, path]);
        }
      }
      expect([path, faults.reads]).toEqual([path, []]);
      expect([200, 404]).toContain((await get(path)).status);
    }
  });

  test("redirects everybody: a person, a script of another site, a client with an entity tag", async () => {
    for (const headers of [
      { "Sec-Fetch-Dest": "document" },
      { Origin: "https://reader.example" },
      { "If-None-Match": "*" },
    ]) {
      const response = await get("/rss.xml?x", headers);
      expect([response.status, response.headers.get("Access-Control-Allow-Origin")]).toEqual([301, "*"]);
    }
  });

  test("gets a redirect that caches may keep, the edge's among them", async () => {
    const { headers } = await get("/rss.xml?x");
    expect([headers.get("Cache-Control"), headers.get("Cloudflare-CDN-Cache-Control")]).toEqual([
      "public, max-age=3600",
      "public, max-age=86400",
    ]);
  });

  test.each(["POST", "PUT", "DELETE"])("doesn't allow %s, as the address without it", async (method) => {
    const { status, headers } = await request("/rss.xml?x", { method });
    expect([status, headers.get("Cache-Control")]).toEqual([405, "no-store"]);
  });

  test("answers a preflight", async () => {
    const { status, headers } = await request("/rss.xml?x", {
      method: "OPTIONS",
      headers: { Origin: "https://reader.example", "Access-Control-Request-Method": "GET" },
    });
    expect([status, headers.get("Access-Control-Allow-Origin")]).toEqual([204, "*"]);
  });

  test("is refused by the editors' API, which redirects nobody", async () => {
    expect((await get("/api/articles?x=1")).status).toBe(401);
  });
});

test.each([
  ["a wrong value", "/rss.xml?limit=0", {}, 400],
  ["a failed precondition", "/rss.xml", { "If-Match": '"other"' }, 412],
  ["a failed precondition of an archive page", "/archive/1.1/atom.xml", { "If-Match": '"other"' }, 412],
  ["a feed that isn't there", "/sections/nowhere/rss.xml", {}, 404],
])(
  "the response to a poll with %s forbids clients to guess another type",
  async (_, path, headers, status) => {
    await put("harbour-bridge", wire());
    await settle();
    const response = await get(path, headers);
    expect([response.status, response.headers.get("X-Content-Type-Options")]).toEqual([status, "nosniff"]);
  },
);

test.each([
  "/sections/" + "A+".repeat(900) + "A/rss.xml",
  "/sections/" + Array.from({ length: 400 }, (_, index) => `S${index}`).join("+") + "/rss.xml",
  "/sections/" + Array.from({ length: 11 }, (_, index) => `s${index}`).join("+"),
  "/sections/" + "A".repeat(5000),
])("a path with too many sections, or with an impossible name, costs no read (%#)", async (path) => {
  faults.reads.length = 0;
  const { status } = await get(path);
  expect([301, 404]).toContain(status);
  expect(faults.reads).toEqual([]);
});
