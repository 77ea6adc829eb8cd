/** HTTP semantics (RFC 9110) and caching (RFC 9111): feeds for readers, preconditions for editors. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { edit, get, put, request, settle, until, withdraw } from "../support/newsroom.ts";
import { ORIGIN } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";

const TAG = /^W\/"([a-z0-9]+)\.(\d+)\.([a-z]+)\.([a-z0-9]+)"$/;
const FEEDS = ["/rss.xml", "/atom.xml", "/feed.json", "/sections/politics/rss.xml", "/feed"];

/** A feed with one article, as a reader first fetches it. */
async function publishedFeed(path = "/rss.xml"): Promise<Response> {
  await put("harbour-bridge", wire());
  return get(path);
}

function header(response: Response, name: string): string {
  const value = response.headers.get(name);
  if (value === null) throw new Error(`The response has no ${name}`);
  return value;
}

/** The parts of a feed's entity tag. */
function tagOf(response: Response): { epoch: string; sequence: number; variant: string; build: string } {
  const [, epoch = "", sequence = "", variant = "", build = ""] = TAG.exec(header(response, "ETag")) ?? [];
  return { epoch, sequence: Number(sequence), variant, build };
}

/** An instant some seconds after a feed's Last-Modified. */
function modified(response: Response, plusSeconds = 0): Date {
  return new Date(Date.parse(header(response, "Last-Modified")) + plusSeconds * 1000);
}

async function statusOf(path: string, headers: Record<string, string>): Promise<number> {
  return (await get(path, headers)).status;
}

/** Every header field but those that change from one response to the next. */
function fields(response: Response): Record<string, string> {
  const { date: _date, ...rest } = Object.fromEntries(response.headers);
  return rest;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** RFC 9110, section 5.6.7: the same instant in the three forms that a recipient accepts. */
function threeForms(date: Date): Record<"IMF-fixdate" | "RFC 850" | "asctime", string> {
  const fixdate = date.toUTCString();
  const [, day = "", month = "", year = "", time = ""] = fixdate.split(" ");
  return {
    "IMF-fixdate": fixdate,
    "RFC 850": `${DAYS[date.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
    asctime: `${fixdate.slice(0, 3)} ${month} ${day.replace(/^0/, " ")} ${time} ${year}`,
  };
}

// Validators

test.each(FEEDS)(
  "[RFC 9110 8.8.3] %s has a weak entity tag, since it may be compressed on the way",
  async (path) => {
    expect(header(await publishedFeed(path), "ETag")).toMatch(TAG);
  },
);

test("[RFC 9110 8.8.3] each format of a feed has an entity tag of its own", async () => {
  await put("harbour-bridge", wire());
  const responses = await Promise.all(["/rss.xml", "/atom.xml", "/feed.json"].map((path) => get(path)));
  expect(new Set(responses.map((response) => header(response, "ETag"))).size).toBe(3);
});

test("[RFC 9110 8.8.3] the entity tag stays the same while the feed stays the same", async () => {
  const first = await publishedFeed();
  await put("harbour-bridge", wire());
  expect(header(await get("/rss.xml"), "ETag")).toBe(header(first, "ETag"));
});

test("[RFC 9110 8.8.2, 8.8.3] a change gives a feed another entity tag, and moves Last-Modified by at least a second", async () => {
  const first = await publishedFeed();
  await put("harbour-bridge", wire({ headline: "Bridge closes again" }));
  await settle();
  await until("/rss.xml", (body) => body.includes("Bridge closes again"));
  const second = await get("/rss.xml");
  expect(header(second, "ETag")).not.toBe(header(first, "ETag"));
  expect(modified(second).getTime()).toBeGreaterThanOrEqual(modified(first, 1).getTime());
});

test("[RFC 9110 8.8.2.1] Last-Modified is never later than Date", async () => {
  const response = await publishedFeed();
  expect(modified(response).getTime()).toBeLessThanOrEqual(Date.parse(header(response, "Date")));
});

test.each(["/rss.xml", "/", "/articles/nowhere", "/api/articles"])(
  "[RFC 9110 6.6.1] the response at %s has a Date, in the preferred form",
  async (path) => {
    const date = header(await get(path), "Date");
    expect(new Date(Date.parse(date)).toUTCString()).toBe(date);
  },
);

// If-None-Match

test.each(FEEDS)("[RFC 9110 13.1.2] %s answers 304 to the entity tag that it gave", async (path) => {
  const tag = header(await publishedFeed(path), "ETag");
  expect(await statusOf(path, { "If-None-Match": tag })).toBe(304);
});

test("[RFC 9110 13.1.2] the tag's strong form matches too, since the comparison is weak", async () => {
  const tag = header(await publishedFeed(), "ETag");
  expect(await statusOf("/rss.xml", { "If-None-Match": tag.replace("W/", "") })).toBe(304);
});

test.each([
  ["at its beginning", (tag: string) => `${tag}, "other"`],
  ["at its end", (tag: string) => `"other", W/"more" ,${tag}`],
  ["after a tag that holds a comma", (tag: string) => `"one,two",${tag}`],
  ["between empty members", (tag: string) => `, ,${tag}, ,`],
  ["among tags without blanks", (tag: string) => `"a",${tag},"b"`],
])("[RFC 9110 13.1.2, 5.6.1] a list with the tag %s matches", async (_where, list) => {
  const tag = header(await publishedFeed(), "ETag");
  expect(await statusOf("/rss.xml", { "If-None-Match": list(tag) })).toBe(304);
});

test("[RFC 9110 13.1.2] an asterisk matches every state of the feed", async () => {
  await put("harbour-bridge", wire());
  expect(await statusOf("/rss.xml", { "If-None-Match": "*" })).toBe(304);
});

test.each([
  ["another tag", () => '"other"'],
  ["a tag that the feed's is only a part of", (tag: string) => tag.replace('"', '"x')],
  ["a part of the tag", (tag: string) => `${tag.slice(0, -2)}"`],
  ["the tag as a part of another", (tag: string) => `"${tag.replaceAll('"', "")}"`],
  ["the tag in upper case", (tag: string) => tag.toUpperCase()],
  ["the tag without its quotes", (tag: string) => tag.replaceAll('"', "")],
  ["an asterisk in quotes", () => '"*"'],
  ["an empty list", () => ","],
])("[RFC 9110 13.1.2] %s does not match", async (_what, field) => {
  const tag = header(await publishedFeed(), "ETag");
  expect(await statusOf("/rss.xml", { "If-None-Match": field(tag) })).toBe(200);
});

test("[RFC 9110 13.1.2] an old entity tag does not match after a change", async () => {
  const tag = header(await publishedFeed(), "ETag");
  await put("harbour-bridge", wire({ headline: "Bridge closes again" }));
  await settle();
  await until("/rss.xml", (body) => body.includes("Bridge closes again"));
  expect(await statusOf("/rss.xml", { "If-None-Match": tag })).toBe(200);
});

test("[RFC 9110 13.1.2] a reader who saw a later edition elsewhere does not go back in time", async () => {
  const { epoch, sequence, variant, build } = tagOf(await publishedFeed());
  const later = `W/"${epoch}.${sequence + 1}.${variant}.${build}"`;
  expect(await statusOf("/rss.xml", { "If-None-Match": later })).toBe(304);
});

test("[RFC 9110 13.1.2] sequences in tags are compared as numbers, not as text", async () => {
  const { epoch, sequence, variant, build } = tagOf(await publishedFeed());
  const later = `W/"${epoch}.${sequence + 9}.${variant}.${build}"`;
  const earlier = `W/"${epoch}.0.${variant}.${build}"`;
  expect([
    await statusOf("/rss.xml", { "If-None-Match": later }),
    await statusOf("/rss.xml", { "If-None-Match": earlier }),
  ]).toEqual([304, 200]);
});

test.each([
  ["of another epoch, however high its sequence", { epoch: "00000000", sequence: 999 }],
  ["of another format with the same sequence", { variant: "atom" }],
  ["of another format with a higher sequence", { variant: "atom", sequence: 999 }],
  ["of another build with the same sequence", { build: "older" }],
])("[RFC 9110 13.1.2] a tag %s does not match", async (_what, change) => {
  const { epoch, sequence, variant, build } = { ...tagOf(await publishedFeed()), ...change };
  expect(
    await statusOf("/rss.xml", { "If-None-Match": `W/"${epoch}.${sequence}.${variant}.${build}"` }),
  ).toBe(200);
});

// If-Modified-Since

test.each(["IMF-fixdate", "RFC 850", "asctime"] as const)(
  "[RFC 9110 13.1.3, 5.6.7] the date of Last-Modified as %s gives 304, the second before it gives 200",
  async (form) => {
    const feed = await publishedFeed();
    expect([
      await statusOf("/rss.xml", { "If-Modified-Since": threeForms(modified(feed))[form] }),
      await statusOf("/rss.xml", { "If-Modified-Since": threeForms(modified(feed, -1))[form] }),
    ]).toEqual([304, 200]);
  },
);

test("[RFC 9110 13.1.3] a date that is later than Last-Modified matches: the two needn't be equal", async () => {
  const feed = await publishedFeed();
  expect([
    await statusOf("/rss.xml", { "If-Modified-Since": modified(feed, 1).toUTCString() }),
    await statusOf("/rss.xml", { "If-Modified-Since": modified(feed, 3600).toUTCString() }),
  ]).toEqual([304, 304]);
});

test("[RFC 9110 5.6.7] a year of two digits that would lie more than fifty years ahead belongs to the century before", async () => {
  await put("harbour-bridge", wire());
  const year = String((new Date().getUTCFullYear() + 52) % 100).padStart(2, "0");
  expect(await statusOf("/rss.xml", { "If-Modified-Since": `Friday, 04-Nov-${year} 07:07:06 GMT` })).toBe(
    200,
  );
});

test("[RFC 9110 5.6.7] a leap second is a valid time of day", async () => {
  await put("harbour-bridge", wire());
  expect(await statusOf("/rss.xml", { "If-Modified-Since": "Sun, 31 Dec 2056 23:59:60 GMT" })).toBe(304);
});

test.each([
  "yesterday",
  "2099-11-04T07:07:06Z",
  "4084000000",
  "Wed, 04 Nov 2099 07:07:06",
  "Wed, 04 Nov 2099 07:07:06 CET",
  "Wed, 4 Nov 2099 07:07:06 GMT",
  "Wed, 04 Nov 2099 25:07:06 GMT",
  "Wed, 31 Feb 2099 07:07:06 GMT",
  "Wed, 31 Jun 2099 07:07:06 GMT",
  "wed, 04 nov 2099 07:07:06 gmt",
  "Wed, 04 Nov 2099 07:07:06 GMT, Thu, 05 Nov 2099 07:07:06 GMT",
])("[RFC 9110 13.1.3] If-Modified-Since is ignored where it is no HTTP date: “%s”", async (date) => {
  await put("harbour-bridge", wire());
  expect(await statusOf("/rss.xml", { "If-Modified-Since": date })).toBe(200);
});

// Precedence

test("[RFC 9110 13.2.2] If-None-Match wins over If-Modified-Since, in both directions", async () => {
  const feed = await publishedFeed();
  const tag = header(feed, "ETag");
  expect([
    await statusOf("/rss.xml", {
      "If-None-Match": '"other"',
      "If-Modified-Since": modified(feed, 3600).toUTCString(),
    }),
    await statusOf("/rss.xml", {
      "If-None-Match": tag,
      "If-Modified-Since": modified(feed, -3600).toUTCString(),
    }),
  ]).toEqual([200, 304]);
});

test("[RFC 9110 13.2.2] If-Match wins over If-Unmodified-Since", async () => {
  const feed = await publishedFeed();
  expect(
    await statusOf("/rss.xml", {
      "If-Match": "*",
      "If-Unmodified-Since": modified(feed, -3600).toUTCString(),
    }),
  ).toBe(200);
});

test("[RFC 9110 13.2.2] a failed If-Match is answered 412, whatever If-None-Match says", async () => {
  const tag = header(await publishedFeed(), "ETag");
  expect(await statusOf("/rss.xml", { "If-Match": '"other"', "If-None-Match": tag })).toBe(412);
});

test("[RFC 9110 13.2.1] a precondition doesn't change the 404 of an unknown address", async () => {
  expect(await statusOf("/sections/nowhere/rss.xml", { "If-Match": '"other"', "If-None-Match": "*" })).toBe(
    404,
  );
});

// If-Match and If-Unmodified-Since

test("[RFC 9110 13.1.1] If-Match on a feed fails with its weak tag, its strong form and any other", async () => {
  const tag = header(await publishedFeed(), "ETag");
  const fieldsToTry = [tag, tag.replace("W/", ""), '"other"', `"other", ${tag}`];
  const statuses = await Promise.all(fieldsToTry.map((field) => statusOf("/rss.xml", { "If-Match": field })));
  expect(statuses).toEqual([412, 412, 412, 412]);
});

test("[RFC 9110 13.1.1] If-Match: * holds for a feed that exists", async () => {
  await put("harbour-bridge", wire());
  expect(await statusOf("/rss.xml", { "If-Match": "*" })).toBe(200);
});

test("[RFC 9110 13.1.4] If-Unmodified-Since fails for a feed modified later, and holds from Last-Modified on", async () => {
  const feed = await publishedFeed();
  const statuses = await Promise.all(
    [-1, 0, 1].map((seconds) =>
      statusOf("/rss.xml", { "If-Unmodified-Since": modified(feed, seconds).toUTCString() }),
    ),
  );
  expect(statuses).toEqual([412, 200, 200]);
});

test("[RFC 9110 13.1.4] If-Unmodified-Since is ignored where it is no HTTP date", async () => {
  await put("harbour-bridge", wire());
  expect(await statusOf("/rss.xml", { "If-Unmodified-Since": "Thu, 31 Feb 1999 07:07:06" })).toBe(200);
});

// 304 and HEAD

test.each(FEEDS)(
  "[RFC 9110 15.4.5] a 304 from %s has no body, and every field of the 200 but its Content-Type",
  async (path) => {
    const full = await publishedFeed(path);
    const unmodified = await get(path, { "If-None-Match": header(full, "ETag") });
    const { "content-type": _type, ...expected } = fields(full);
    expect({ status: unmodified.status, body: await unmodified.text(), fields: fields(unmodified) }).toEqual({
      status: 304,
      body: "",
      fields: expected,
    });
  },
);

test("[RFC 9110 15.4.5] a 304 repeats ETag, Cache-Control, Vary, Link, Last-Modified and the fields of CORS", async () => {
  const full = await publishedFeed();
  const unmodified = await get("/rss.xml", {
    "If-None-Match": header(full, "ETag"),
    Origin: "https://reader.example",
  });
  const names = ["ETag", "Cache-Control", "Vary", "Link", "Last-Modified", "Access-Control-Allow-Origin"];
  expect(Object.fromEntries(names.map((name) => [name, unmodified.headers.get(name)]))).toEqual({
    ETag: header(full, "ETag"),
    "Cache-Control": "public, max-age=300",
    Vary: "Sec-Fetch-Dest",
    Link: `<${ORIGIN}/hub>; rel="hub", <${ORIGIN}/rss.xml>; rel="self"`,
    "Last-Modified": header(full, "Last-Modified"),
    "Access-Control-Allow-Origin": "*",
  });
});

test.each([...FEEDS, "/", "/sections/politics", "/articles/harbour-bridge", "/style.css"])(
  "[RFC 9110 9.3.2] HEAD at %s has the status and the fields of GET, and no body",
  async (path) => {
    const full = await publishedFeed(path);
    const head = await request(path, { method: "HEAD" });
    expect({ status: head.status, fields: fields(head), body: await head.text() }).toEqual({
      status: full.status,
      fields: fields(full),
      body: "",
    });
  },
);

test("[RFC 9110 9.3.2, 13.1.2] HEAD honours If-None-Match as GET does", async () => {
  const tag = header(await publishedFeed(), "ETag");
  const head = await request("/rss.xml", { method: "HEAD", headers: { "If-None-Match": tag } });
  expect(head.status).toBe(304);
});

test("[RFC 9110 9.3.2] HEAD of an article in the editor's API has the status and the fields of GET", async () => {
  await put("harbour-bridge", wire());
  const full = await edit("GET", "/api/articles/harbour-bridge");
  const head = await edit("HEAD", "/api/articles/harbour-bridge");
  expect({ status: head.status, fields: fields(head), body: await head.text() }).toEqual({
    status: 200,
    fields: fields(full),
    body: "",
  });
});

// Methods

test.each([
  ["POST", "/rss.xml", "GET, HEAD, OPTIONS"],
  ["PUT", "/sections/politics/feed.json", "GET, HEAD, OPTIONS"],
  ["DELETE", "/feed", "GET, HEAD, OPTIONS"],
  ["POST", "/", "GET, HEAD"],
  ["PATCH", "/articles/harbour-bridge", "GET, HEAD"],
  ["DELETE", "/api/articles", "GET, HEAD, POST"],
  ["PATCH", "/api/articles/harbour-bridge", "DELETE, GET, HEAD, PUT"],
])("[RFC 9110 15.5.6, 10.2.1] %s at %s is answered 405 with Allow: %s", async (method, path, allowed) => {
  const response = await edit(method, path, wire());
  const allow = header(response, "Allow").split(", ").toSorted().join(", ");
  expect({ status: response.status, allow }).toEqual({ status: 405, allow: allowed });
});

// Negotiation

test.each([
  ["application/atom+xml", "application/atom+xml"],
  ["application/feed+json, */*;q=0.1", "application/feed+json"],
  ["application/json", "application/feed+json"],
  ["application/rss+xml;q=0.5, application/atom+xml;q=0.9", "application/atom+xml"],
  ["application/rss+xml;q=0, application/atom+xml", "application/atom+xml"],
  ["text/xml", "application/rss+xml"],
  ["*/*", "application/rss+xml"],
  ["image/png", "application/rss+xml"],
])("[RFC 9110 12.5.1] a reader that accepts “%s” gets %s at the negotiated address", async (accept, type) => {
  const response = await get("/feed", { Accept: accept });
  expect({
    status: response.status,
    type: header(response, "Content-Type"),
    vary: header(response, "Vary").split(", ").toSorted(),
  }).toEqual({
    status: 200,
    type: `${type}; charset=utf-8`,
    // The edge doesn't compress this media type: the Worker does, for clients that accept it.
    vary:
      type === "application/rss+xml"
        ? ["Accept", "Sec-Fetch-Dest"]
        : ["Accept", "Accept-Encoding", "Sec-Fetch-Dest"],
  });
});

// Caching

test.each(FEEDS)("[RFC 9111 5.2.2] any cache may keep %s for five minutes", async (path) => {
  expect(header(await publishedFeed(path), "Cache-Control")).toBe("public, max-age=300");
});

test.each([
  ["a page", "GET", "/", {}],
  ["a section's page", "GET", "/sections/politics", {}],
  ["an article's page", "GET", "/articles/harbour-bridge", {}],
  ["a feed shown to a person", "GET", "/rss.xml", { "Sec-Fetch-Dest": "document" }],
  ["a problem's page", "GET", "/problems/not-found", {}],
  ["the style sheet", "GET", "/style.css", {}],
  ["the picture", "GET", "/favicon.svg", {}],
  ["the picture's old address", "GET", "/favicon.ico", {}],
  ["the manifest", "GET", "/site.webmanifest", {}],
  ["the state of health", "GET", "/health", {}],
  ["another spelling's redirect", "GET", "/rss", {}],
  ["a page that is not there", "GET", "/nowhere", { Accept: "text/html" }],
  ["a feed that is not there", "GET", "/sections/nowhere/rss.xml", {}],
  ["a method that is not allowed", "POST", "/rss.xml", {}],
  ["a failed precondition", "GET", "/rss.xml", { "If-Match": '"other"' }],
  ["a missing token", "GET", "/api/articles", {}],
  [
    "a preflight",
    "OPTIONS",
    "/rss.xml",
    { Origin: "https://reader.example", "Access-Control-Request-Method": "GET" },
  ],
] as const)(
  "[RFC 9111 4.2.2] %s says how long it may be kept (%s %s)",
  async (_what, method, path, headers) => {
    await put("harbour-bridge", wire());
    const response = await request(path, { method, headers });
    expect(response.headers.get("Cache-Control")).toMatch(
      /^(no-store|public, max-age=\d+|private, no-store, no-transform)$/,
    );
  },
);

test("[RFC 9111 4.2.2] a cache may keep the 410 of a withdrawn article's page for half a minute", async () => {
  await put("harbour-bridge", wire());
  await withdraw("harbour-bridge");
  await settle();
  await until("/articles/harbour-bridge", (body) => !body.includes("Harbour bridge reopens"));
  const response = await get("/articles/harbour-bridge");
  expect({ status: response.status, caching: header(response, "Cache-Control") }).toEqual({
    status: 410,
    caching: "public, max-age=30",
  });
});

test("[RFC 9111 5.2.2.5] no cache may store or transform a response of the editor's API", async () => {
  const created = await put("harbour-bridge", wire());
  const responses = [
    created,
    await put("harbour-bridge", wire()),
    await edit("GET", "/api/articles/harbour-bridge"),
    await edit("GET", "/api/articles"),
    await edit("GET", "/api/articles/nowhere"),
    await edit("PATCH", "/api/articles/harbour-bridge"),
    await put("harbour-bridge", "nonsense"),
    await put("harbour-bridge", wire(), { "If-Match": '"9"' }),
    await put("harbour-bridge", wire(), { "Content-Type": "image/png" }),
    await request("/api/articles"),
    await withdraw("harbour-bridge"),
  ];
  const found = responses.map((response) => `${response.status} ${header(response, "Cache-Control")}`);
  const statuses = [201, 200, 200, 200, 404, 405, 422, 412, 415, 401, 200];
  expect(found).toEqual(statuses.map((status) => `${status} private, no-store, no-transform`));
});

// An editor's preconditions

async function headlineOf(id: string): Promise<unknown> {
  return (await (await edit("GET", `/api/articles/${id}`)).json<{ headline?: string }>()).headline;
}

test("[RFC 9110 13.1.2] PUT with If-None-Match: * creates a new article, and refuses one that exists", async () => {
  const first = await put("harbour-bridge", wire(), { "If-None-Match": "*" });
  const second = await put("harbour-bridge", wire({ headline: "Other" }), { "If-None-Match": "*" });
  expect([first.status, second.status]).toEqual([201, 412]);
  expect(await headlineOf("harbour-bridge")).toBe("Harbour bridge reopens");
});

test("[RFC 9110 13.1.1] PUT revises an article with If-Match of its present revision, and not with that of an older one", async () => {
  const tag = header(await put("harbour-bridge", wire()), "ETag");
  const first = await put("harbour-bridge", wire({ headline: "Second" }), { "If-Match": tag });
  const second = await put("harbour-bridge", wire({ headline: "Third" }), { "If-Match": tag });
  expect([first.status, second.status]).toEqual([200, 412]);
  expect(await headlineOf("harbour-bridge")).toBe("Second");
});

test("[RFC 9110 13.1.1] a refusal by If-Match carries the present revision's tag", async () => {
  await put("harbour-bridge", wire());
  const response = await put("harbour-bridge", wire({ headline: "Other" }), { "If-Match": '"7"' });
  expect({ status: response.status, tag: header(response, "ETag") }).toEqual({ status: 412, tag: '"1"' });
});

test.each([
  ["its tag among others", '"7", "1"', 200],
  ["an asterisk", "*", 200],
  ["its tag in the weak form", 'W/"1"', 412],
  ["its weak form among others", '"7", W/"1"', 412],
  ["another tag", '"2"', 412],
  ["its number without quotes", "1", 412],
  ["its number written otherwise", '"01"', 412],
  ["an empty list", ",", 412],
])(
  "[RFC 9110 13.1.1, 8.8.3.2] PUT to revision 1 with If-Match of %s (%s) answers %d",
  async (_what, field, status) => {
    await put("harbour-bridge", wire());
    const response = await put("harbour-bridge", wire({ headline: "Other" }), { "If-Match": field });
    expect(response.status).toBe(status);
  },
);

test.each(["*", '"1"'])("[RFC 9110 13.1.1] PUT with If-Match: %s creates no article", async (field) => {
  const response = await put("harbour-bridge", wire(), { "If-Match": field });
  expect(response.status).toBe(412);
  expect((await edit("GET", "/api/articles/harbour-bridge")).status).toBe(404);
});

test.each([
  ["its tag", '"1"', 412],
  ["its tag in the weak form", 'W/"1"', 412],
  ["another tag", '"2"', 200],
])(
  "[RFC 9110 13.1.2] PUT to revision 1 with If-None-Match of %s (%s) answers %d",
  async (_what, field, status) => {
    await put("harbour-bridge", wire());
    const response = await put("harbour-bridge", wire({ headline: "Other" }), { "If-None-Match": field });
    expect(response.status).toBe(status);
  },
);

test("[RFC 9110 13.1.1] DELETE with If-Match of an older revision withdraws nothing", async () => {
  await put("harbour-bridge", wire());
  await put("harbour-bridge", wire({ headline: "Second" }));
  expect((await withdraw("harbour-bridge", { "If-Match": '"1"' })).status).toBe(412);
  expect((await withdraw("harbour-bridge", { "If-Match": 'W/"2"' })).status).toBe(412);
  expect((await withdraw("harbour-bridge", { "If-Match": '"2"' })).status).toBe(200);
});

test("[RFC 9110 13.1.2] DELETE with If-None-Match: * withdraws nothing", async () => {
  await put("harbour-bridge", wire());
  expect((await withdraw("harbour-bridge", { "If-None-Match": "*" })).status).toBe(412);
  expect(await headlineOf("harbour-bridge")).toBe("Harbour bridge reopens");
});

test("[RFC 9110 13.2.1] a failed precondition doesn't hide another reason for which a request is refused", async () => {
  await put("harbour-bridge", wire());
  await withdraw("harbour-bridge");
  const headers = { "If-Match": '"99"' };
  const statuses = [
    await put("harbour-bridge", wire(), headers),
    await put("new-article", "nonsense", headers),
    await withdraw("nowhere", headers),
    await request("/api/articles/harbour-bridge", { method: "DELETE", headers }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([410, 422, 404, 401]);
});

test("[RFC 9110 13.1.3, 13.1.4] PUT ignores If-Modified-Since, and If-Unmodified-Since, since an article has no Last-Modified", async () => {
  await put("harbour-bridge", wire());
  const date = "Sat, 01 Jan 2000 00:00:00 GMT";
  const response = await put("harbour-bridge", wire({ headline: "Second" }), {
    "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT",
    "If-Unmodified-Since": date,
  });
  expect(response.status).toBe(200);
});

test("[RFC 9110 13.1.2] an editor's GET with the revision's tag in If-None-Match is answered 304", async () => {
  await put("harbour-bridge", wire());
  const response = await edit("GET", "/api/articles/harbour-bridge", undefined, { "If-None-Match": '"1"' });
  expect({ status: response.status, tag: header(response, "ETag") }).toEqual({ status: 304, tag: '"1"' });
});

test("[RFC 9110 13.1.1] an editor's GET with another revision's tag in If-Match is answered 412", async () => {
  await put("harbour-bridge", wire());
  const response = await edit("GET", "/api/articles/harbour-bridge", undefined, { "If-Match": '"2"' });
  expect(response.status).toBe(412);
});

// Authentication

test.each(["Bearer", "bearer", "BEARER"])(
  "[RFC 9110 11.1] the authentication scheme is understood in any case: %s",
  async (scheme) => {
    const headers = { Authorization: `${scheme} ${env.EDITOR_TOKEN}` };
    expect((await request("/api/articles", { headers })).status).toBe(200);
  },
);
