import { describe, expect, test } from "vitest";
import { get, put, request, settle, withdraw } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

const RSS = "application/rss+xml; charset=utf-8";
const ATOM = "application/atom+xml; charset=utf-8";
const JSON_FEED = "application/feed+json; charset=utf-8";
const FEEDS = [
  "/rss.xml",
  "/atom.xml",
  "/feed.json",
  "/feed",
  "/sections/politics/rss.xml",
  "/sections/politics/feed",
];

async function redirect(path: string) {
  const response = await get(path);
  return { status: response.status, location: response.headers.get("Location") };
}

describe("another spelling of an address", () => {
  // Every spelling: tests/unit/public/canonical.test.ts.
  test.each([
    ["/rss", "/rss.xml"],
    ["/sections/Politics", "/sections/politics"],
    ["/feeds.xml", "/feeds.opml"],
  ])("%s leads to %s for good", async (path, location) => {
    expect(await redirect(path)).toEqual({ status: 301, location });
  });

  test.each([
    ["/rss.xml/", "/rss.xml"],
    ["//rss.xml", "/rss.xml"],
  ])("%s, with a slash too many, leads to %s", async (path, location) => {
    const response = await request(`${ORIGIN}${path}`);
    expect({ status: response.status, location: response.headers.get("Location") }).toEqual({
      status: 301,
      location,
    });
  });

  test("leads to an address that answers after one redirect", async () => {
    await put("harbour-bridge", wire());
    const paths = [
      "/rss",
      "/atom/",
      "/sections/Politics/index.json",
      "/articles/harbour-bridge/",
      "/articles",
    ];
    const targets = await Promise.all(paths.map(async (path) => (await redirect(path)).location ?? ""));
    const answers = await Promise.all(targets.map((target) => get(target)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  test("gets a redirect that every cache may keep for an hour", async () => {
    const response = await get("/rss");
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=3600");
  });

  test("is redirected for HEAD too, and for no method that writes", async () => {
    const [head, write] = await Promise.all([
      request("/rss", { method: "HEAD" }),
      request("/rss", { method: "POST", body: "x" }),
    ]);
    expect([head.status, head.headers.get("Location"), write.status]).toEqual([301, "/rss.xml", 404]);
  });

  test.each([
    "//evil.example/",
    "/%5Cevil.example/",
    "/%5C%5Cevil.example//",
    "/%5C/evil.example/",
    "/%09/evil.example/",
    "/%0A/evil.example/",
    "/sections/%5Cevil.example/",
    "/https:%2F%2Fevil.example/",
  ])("never leads off the site, not even for %s", async (path) => {
    const response = await request(`${ORIGIN}${path}`);
    const target = new URL(response.headers.get("Location") ?? "/", `${ORIGIN}${path}`);
    expect({ status: [301, 404].includes(response.status), origin: target.origin }).toEqual({
      status: true,
      origin: ORIGIN,
    });
  });

  test.each([
    ["/caf%C3%A9/", "/caf%C3%A9"],
    ["/two%20words/", "/two%20words"],
    ["/50%25/", "/50%25"],
  ])("[RFC 9110 10.2.2] %s leads to a URI reference, %s", async (path, location) => {
    expect(await redirect(path)).toEqual({ status: 301, location });
  });

  test.each(["/constructor", "/toString", "/__proto__", "/sections/politics/hasOwnProperty"])(
    "isn't %s, the name of a property that every object has",
    async (path) => {
      expect(await redirect(path)).toEqual({ status: 404, location: null });
    },
  );
});

describe("a negotiated feed", () => {
  // What each field prefers: tests/unit/http/negotiation.test.ts.
  test.each([
    ["Atom before RSS by its quality", "application/rss+xml;q=0.5, application/atom+xml;q=0.9", ATOM],
    ["JSON", "application/json", JSON_FEED],
    ["XML as text", "text/xml", RSS],
    ["a picture", "image/png", RSS],
  ])("gives a client that accepts %s the format that it prefers", async (_, accept, type) => {
    const headers = accept === undefined ? undefined : { Accept: accept };
    const [site, section] = await Promise.all([
      get("/feed", headers),
      get("/sections/politics/feed", headers),
    ]);
    expect(
      [site, section].map((response) => [response.status, response.headers.get("Content-Type")]),
    ).toEqual([
      [200, type],
      [200, type],
    ]);
  });

  test("names Accept in Vary, in a 304 as in a 200", async () => {
    const full = await get("/feed");
    const short = await get("/feed", { "If-None-Match": full.headers.get("ETag") ?? "" });
    expect([full, short].map(({ status, headers }) => [status, headers.get("Vary")])).toEqual([
      [200, "Accept, Sec-Fetch-Dest"],
      [304, "Accept, Sec-Fetch-Dest"],
    ]);
  });

  test("is the same feed as at its format's own address, and it names that address", async () => {
    await put("harbour-bridge", wire());
    const [negotiated, fixed] = await Promise.all([
      get("/feed", { Accept: "application/atom+xml" }),
      get("/atom.xml"),
    ]);
    expect({ body: await negotiated.text(), link: negotiated.headers.get("Link") }).toEqual({
      body: await fixed.text(),
      link: `<${ORIGIN}/hub>; rel="hub", <${ORIGIN}/atom.xml>; rel="self"`,
    });
  });

  test("has a tag of its own for each format", async () => {
    const types = ["application/rss+xml", "application/atom+xml", "application/feed+json"];
    const responses = await Promise.all(types.map((type) => get("/feed", { Accept: type })));
    expect(new Set(responses.map(({ headers }) => headers.get("ETag"))).size).toBe(3);
  });

  test("doesn't depend on Accept at its format's own address", async () => {
    const response = await get("/rss.xml", { Accept: "application/atom+xml" });
    expect([response.headers.get("Content-Type"), response.headers.get("Vary")]).toEqual([
      RSS,
      "Sec-Fetch-Dest",
    ]);
  });
});

describe("the feed of a section", () => {
  test.each([
    "/sections/tides/rss.xml",
    "/sections/tides/atom.xml",
    "/sections/tides/feed.json",
    "/sections/tides/feed",
  ])("%s is a 404, kept briefly, while nobody has named the section", async (path) => {
    const response = await get(path);
    expect({
      status: response.status,
      caching: response.headers.get("Cache-Control"),
      edge: response.headers.get("Cloudflare-CDN-Cache-Control"),
      type: response.headers.get("Content-Type"),
    }).toEqual({
      status: 404,
      caching: "public, max-age=30",
      edge: "public, max-age=10",
      type: "application/problem+json",
    });
  });

  test("exists as soon as an article names the section", async () => {
    expect((await get("/sections/tides/rss.xml")).status).toBe(404);
    await put("harbour-bridge", wire({ sections: "Tides" }));
    const response = await get("/sections/tides/rss.xml");
    expect({ status: response.status, body: await response.text() }).toEqual({
      status: 200,
      body: expect.stringContaining("Harbour bridge reopens"),
    });
  });

  test("exists, and is empty, for a declared section without articles", async () => {
    const feed = await (
      await get("/sections/weather/feed.json")
    ).json<{ items: unknown[]; home_page_url: string }>();
    expect([feed.items, feed.home_page_url]).toEqual([[], `${ORIGIN}/sections/weather`]);
  });

  test("stays, and is empty, when all articles that named the section are withdrawn", async () => {
    await put("harbour-bridge", wire({ sections: "Tides" }));
    await withdraw("harbour-bridge");
    await settle();
    const response = await get("/sections/tides/feed.json");
    expect([response.status, (await response.json<{ items: unknown[] }>()).items]).toEqual([200, []]);
  });

  test("isn't opened by an article under embargo", async () => {
    await put("budget", wire({ sections: "Tides", time: "2099-01-01T00:00:00Z" }));
    expect((await get("/sections/tides/rss.xml")).status).toBe(404);
  });
});

describe("[Fetch 3.3] a feed", () => {
  const ORIGIN_OF_READER = { Origin: "https://reader.example" };

  test.each(FEEDS)("%s may be read by any origin, with its validators, in 304 as in 200", async (path) => {
    const full = await get(path, ORIGIN_OF_READER);
    const short = await get(path, { ...ORIGIN_OF_READER, "If-None-Match": full.headers.get("ETag") ?? "" });
    const seen = [full, short].map(({ status, headers }) => ({
      status,
      origin: headers.get("Access-Control-Allow-Origin"),
      exposed: headers.get("Access-Control-Expose-Headers")?.split(/, ?/).toSorted(),
      credentials: headers.get("Access-Control-Allow-Credentials"),
    }));
    const open = { origin: "*", exposed: ["ETag", "Last-Modified", "Link"], credentials: null };
    expect(seen).toEqual([
      { status: 200, ...open },
      { status: 304, ...open },
    ]);
  });

  test.each(FEEDS)("%s answers a preflight for a conditional GET", async (path) => {
    const response = await request(path, {
      method: "OPTIONS",
      headers: {
        ...ORIGIN_OF_READER,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
      },
    });
    expect({
      status: response.status,
      origin: response.headers.get("Access-Control-Allow-Origin"),
      methods: response.headers.get("Access-Control-Allow-Methods"),
      headers: response.headers.get("Access-Control-Allow-Headers"),
      body: await response.text(),
    }).toEqual({ status: 204, origin: "*", methods: "GET,HEAD", headers: "if-none-match", body: "" });
  });

  test("that doesn't exist can be distinguished from one that can't be reached", async () => {
    const response = await get("/sections/tides/rss.xml", ORIGIN_OF_READER);
    expect([response.status, response.headers.get("Access-Control-Allow-Origin")]).toEqual([404, "*"]);
  });

  test("is open to other origins, unlike pages and the API", async () => {
    await put("harbour-bridge", wire());
    const paths = ["/", "/sections/politics", "/articles/harbour-bridge", "/api/articles", "/health"];
    const responses = await Promise.all(paths.map((path) => get(path, ORIGIN_OF_READER)));
    expect(responses.map(({ headers }) => headers.get("Access-Control-Allow-Origin"))).toEqual(
      paths.map(() => null),
    );
  });
});

describe("/health", () => {
  test("says that the Worker is alive, and no cache stores it", async () => {
    const response = await get("/health");
    expect({
      status: response.status,
      type: response.headers.get("Content-Type"),
      caching: response.headers.get("Cache-Control"),
      body: await response.json(),
    }).toEqual({ status: 200, type: "application/json", caching: "no-store", body: { status: "ok" } });
  });
});

test.each(["/rss.xml", "/feed"])(
  "a poll of %s gets a date, a caching time and no field that only a page needs",
  async (path) => {
    const { headers } = await get(path);
    expect([...headers.keys()].toSorted()).toEqual([
      "access-control-allow-origin",
      "access-control-expose-headers",
      "cache-control",
      "cache-tag",
      "cloudflare-cdn-cache-control",
      "content-type",
      "date",
      "etag",
      "link",
      "vary",
      "x-content-type-options",
    ]);
  },
);

test("/rss.xml, opened in a browser, carries the security fields of a page", async () => {
  const { headers } = await get("/rss.xml", { "Sec-Fetch-Dest": "document" });
  expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; /);
});

describe("every response except a poll's", () => {
  const ADDRESSES: [string, number][] = [
    ["/", 200],
    ["/sections/politics", 200],
    ["/feeds", 200],
    ["/feeds.opml", 200],
    ["/sitemap.xml", 200],
    ["/style.css", 200],
    ["/favicon.svg", 200],
    ["/site.webmanifest", 200],
    ["/health", 200],
    ["/rss", 301],
    ["/favicon.ico", 302],
    ["/api/articles", 401],
    ["/nowhere", 404],
    ["/articles/nothing", 404],
  ];

  test.each(ADDRESSES)(
    "such as %s (%i) has a date, a caching time and the security fields",
    async (path, status) => {
      const response = await get(path);
      const field = (name: string) => response.headers.get(name);
      expect({
        status: response.status,
        date: new Date(field("Date") ?? "").toUTCString() === field("Date"),
        isCachingSaid: (field("Cache-Control") ?? "") !== "",
        sniffing: field("X-Content-Type-Options"),
        referrer: field("Referrer-Policy"),
        transport: field("Strict-Transport-Security")?.startsWith("max-age="),
        policy: field("Content-Security-Policy")?.startsWith("default-src 'none'; "),
        isFramed: !field("Content-Security-Policy")?.endsWith("; frame-ancestors 'none'"),
        embedding: field("Cross-Origin-Resource-Policy"),
        software: field("X-Powered-By"),
      }).toEqual({
        status,
        date: true,
        isCachingSaid: true,
        sniffing: "nosniff",
        referrer: "strict-origin-when-cross-origin",
        transport: true,
        policy: true,
        isFramed: false,
        embedding: "cross-origin",
        software: null,
      });
    },
  );

  test.each([
    ["POST", "/rss.xml", "GET, HEAD, OPTIONS"],
    ["DELETE", "/articles/harbour-bridge", "GET, HEAD"],
    ["PUT", "/", "GET, HEAD"],
    ["POST", "/health", "GET, HEAD"],
  ])("to %s %s, which isn't allowed, names the allowed methods", async (method, path, allow) => {
    const response = await request(path, { method });
    expect({
      status: response.status,
      allow: response.headers.get("Allow"),
      type: response.headers.get("Content-Type"),
    }).toEqual({ status: 405, allow, type: "application/problem+json" });
  });

  test("uses the configured address, whatever host was requested", async () => {
    await put("harbour-bridge", wire());
    const response = await request("https://evil.example/rss.xml", {
      headers: { "X-Forwarded-Host": "evil.example" },
    });
    const body = await response.text();
    expect({ link: response.headers.get("Link"), isNamed: body.includes("evil.example") }).toEqual({
      link: `<${ORIGIN}/hub>; rel="hub", <${ORIGIN}/rss.xml>; rel="self"`,
      isNamed: false,
    });
  });
});
