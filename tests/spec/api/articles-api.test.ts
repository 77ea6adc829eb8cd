import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { parseFeed } from "feedsmith";
import { describe, expect, test, vi } from "vitest";
import { Revisions } from "../../../src/desk/ledger/revisions.ts";
import { createApp } from "../../../src/app.ts";
import { desk, edit, get, post, put, request, settle, withdraw } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

const MEBIBYTE = 1024 * 1024;

type Warning = { line: number; field: string; reason: string; found: string; detail: string };
type Shown = {
  id: string;
  guid: string;
  revision: number;
  status: string;
  headline: string;
  text: string;
  published: string;
};
type Answer = { change: string; article: Shown; feeds: string[]; warnings: Warning[] };

/** The API's answer to an upload or a withdrawal, without the article's words. */
async function gist(response: Response) {
  const { change, article, feeds, warnings } = await response.clone().json<Answer>();
  return {
    status: response.status,
    etag: response.headers.get("ETag"),
    location: response.headers.get("Location"),
    change,
    id: article.id,
    revision: article.revision,
    feeds,
    warnings: warnings.map(({ reason, found }) => ({ reason, found })),
  };
}

async function problem(response: Response): Promise<Record<string, unknown>> {
  return { type: response.headers.get("Content-Type"), ...(await response.json<Record<string, unknown>>()) };
}

function sortedStatuses(responses: { status: number }[]): number[] {
  return responses.map(({ status }) => status).toSorted((a, b) => a - b);
}

/** A wire document of exactly this many bytes, whose body is made of `unit`, all ASCII. */
function documentOf(bytes: number, unit: string): { document: string; body: string } {
  const room = bytes - wire({ body: "" }).length;
  const body = unit.repeat(Math.ceil(room / unit.length)).slice(0, room);
  return { document: wire({ body }), body };
}

describe("PUT", () => {
  test("creates an article, and shows it whole", async () => {
    const response = await put("harbour-bridge", wire({ sections: "Politics Events" }));
    expect(await gist(response)).toEqual({
      status: 201,
      etag: '"1"',
      location: "/api/articles/harbour-bridge",
      change: "created",
      id: "harbour-bridge",
      revision: 1,
      feeds: ["all", "section:politics", "section:events"],
      warnings: [],
    });
    const { article } = await response.json<{ article: Record<string, unknown> }>();
    expect(article).toEqual({
      version: 1,
      id: "harbour-bridge",
      guid: expect.stringMatching(/^tag:[a-z.]+,\d{4}-\d\d-\d\d:harbour-bridge$/),
      url: `${ORIGIN}/articles/harbour-bridge`,
      revision: 1,
      status: "published",
      sections: [
        { id: "politics", title: "Politics" },
        { id: "events", title: "Events" },
      ],
      headline: "Harbour bridge reopens",
      summary: "The bridge over the harbour is open again.",
      html: "<p>Cars crossed the bridge at noon.</p>\n<p>The repairs took four months.</p>",
      text: "Cars crossed the bridge at noon.\n\nThe repairs took four months.",
      authors: [],
      tags: [],
      language: "en",
      attachments: [],
      published: "2026-11-04T07:07:06.000Z",
      updated: "2026-11-04T07:07:06.000Z",
      changed: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test("of another document revises the article", async () => {
    await put("harbour-bridge", wire());
    const response = await put("harbour-bridge", wire({ headline: "Harbour bridge closes again" }));
    expect(await gist(response)).toEqual({
      status: 200,
      etag: '"2"',
      location: null,
      change: "revised",
      id: "harbour-bridge",
      revision: 2,
      feeds: ["all", "section:politics"],
      warnings: [],
    });
  });

  test("of the very same document changes nothing", async () => {
    await put("harbour-bridge", wire());
    expect(await gist(await put("harbour-bridge", wire()))).toEqual({
      status: 200,
      etag: '"1"',
      location: null,
      change: "unchanged",
      id: "harbour-bridge",
      revision: 1,
      feeds: [],
      warnings: [],
    });
  });

  test("keeps id and guid when headline and date change", async () => {
    const first = await (await put("harbour-bridge", wire())).json<Answer>();
    const changed = wire({ headline: "Ferries stop", time: "2026-10-01T00:00:00Z", sections: "Sport" });
    const second = await (await put("harbour-bridge", changed)).json<Answer>();
    expect({ id: second.article.id, guid: second.article.guid }).toEqual({
      id: "harbour-bridge",
      guid: first.article.guid,
    });
  });

  test("takes the article out of the sections that it left", async () => {
    await put("harbour-bridge", wire({ sections: "Politics" }));
    const moved = await gist(await put("harbour-bridge", wire({ sections: "Sport" })));
    await settle();
    const feeds = await Promise.all(
      ["/sections/politics/feed.json", "/sections/sport/feed.json"].map(async (path) =>
        (await get(path)).text(),
      ),
    );
    expect(new Set(moved.feeds)).toEqual(new Set(["all", "section:politics", "section:sport"]));
    expect(feeds.map((feed) => feed.includes("harbour-bridge"))).toEqual([false, true]);
  });

  test.each([
    ["Harbour-Bridge"],
    ["harbour_bridge"],
    ["-bridge"],
    ["a".repeat(81)],
    ["caf%C3%A9"],
    ["a%2Fb"],
  ])("refuses the id %s", async (id) => {
    expect(await problem(await put(id, wire()))).toMatchObject({
      type: `${ORIGIN}/problems/invalid-id`,
      status: 422,
    });
  });

  test("takes an id of 80 characters", async () => {
    expect((await put("a".repeat(80), wire())).status).toBe(201);
  });

  test("of a withdrawn article is refused for good", async () => {
    await put("harbour-bridge", wire());
    await withdraw("harbour-bridge");
    expect(await problem(await put("harbour-bridge", wire({ headline: "It is back" })))).toMatchObject({
      type: `${ORIGIN}/problems/withdrawn`,
      status: 410,
      article: "harbour-bridge",
    });
  });
});

describe("POST", () => {
  test("makes the id from the day and the headline, and gives the article's address", async () => {
    expect(await gist(await post(wire({ time: "2026-11-04T23:30:00-02:00" })))).toMatchObject({
      status: 201,
      etag: '"1"',
      location: "/api/articles/2026-11-05-harbour-bridge-reopens",
      id: "2026-11-05-harbour-bridge-reopens",
    });
  });

  test("numbers another article of the same day and headline", async () => {
    const days = [
      "2026-11-04T07:00:00Z",
      "2026-11-04T09:00:00Z",
      "2026-11-04T11:00:00Z",
      "2026-11-05T07:00:00Z",
    ];
    const ids: string[] = [];
    for (const time of days) ids.push((await gist(await post(wire({ time })))).id);
    expect(ids).toEqual([
      "2026-11-04-harbour-bridge-reopens",
      "2026-11-04-harbour-bridge-reopens-2",
      "2026-11-04-harbour-bridge-reopens-3",
      "2026-11-05-harbour-bridge-reopens",
    ]);
  });

  test("of two different articles at the same time makes two ids", async () => {
    const bodies = ["Cars crossed at noon.", "Four months of repairs are over.", "The mayor cut a ribbon."];
    const responses = await Promise.all(bodies.map((body) => post(wire({ body }))));
    const ids = await Promise.all(responses.map(async (response) => (await gist(response)).id));
    expect(new Set(ids)).toEqual(
      new Set([
        "2026-11-04-harbour-bridge-reopens",
        "2026-11-04-harbour-bridge-reopens-2",
        "2026-11-04-harbour-bridge-reopens-3",
      ]),
    );
  });

  test("of one document many times at once makes one article", async () => {
    const responses = await Promise.all(Array.from({ length: 5 }, () => post(wire())));
    const gists = await Promise.all(responses.map(gist));
    expect(sortedStatuses(gists)).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(gists.map(({ id }) => id))).toEqual(new Set(["2026-11-04-harbour-bridge-reopens"]));
  });

  test("of an article that is almost the same as another is accepted with a warning that names the other", async () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`);
    await put("harbour-bridge", wire({ body: words.join(" ") }));
    const second = wire({
      headline: "Bridge in the harbour reopens",
      body: words.with(30, "other").join(" "),
    });
    expect(await gist(await post(second))).toMatchObject({
      status: 201,
      id: "2026-11-04-bridge-in-the-harbour-reopens",
      warnings: [{ reason: "resembles-article", found: "harbour-bridge" }],
    });
  });

  test.each([
    ["time", { time: "2026-11-04T07:07:07+00:00" }],
    ["sections", { sections: "Sport" }],
    ["body", { body: "Rovers came from behind in the second half, and won." }],
  ])("of an article with another %s is accepted without a warning", async (_, difference) => {
    await put("harbour-bridge", wire());
    const { status, warnings } = await gist(await post(wire({ headline: "Other", ...difference })));
    expect({ status, warnings }).toEqual({ status: 201, warnings: [] });
  });

  test("of a document whose article has been revised since then changes nothing, and names the article", async () => {
    await post(wire());
    const id = "2026-11-04-harbour-bridge-reopens";
    await put(id, wire({ headline: "Harbour bridge closes again" }));
    expect(await gist(await post(wire()))).toMatchObject({
      status: 200,
      etag: '"2"',
      change: "unchanged",
      id,
      revision: 2,
    });
  });

  test("of a document that was put under an editor's own id names that article", async () => {
    await put("harbour-bridge", wire());
    expect(await gist(await post(wire()))).toMatchObject({
      status: 200,
      change: "unchanged",
      id: "harbour-bridge",
    });
  });

  test("of a withdrawn article's document is refused, and names the article", async () => {
    await post(wire());
    await withdraw("2026-11-04-harbour-bridge-reopens");
    expect(await problem(await post(wire()))).toMatchObject({
      type: `${ORIGIN}/problems/withdrawn`,
      status: 410,
      article: "2026-11-04-harbour-bridge-reopens",
    });
  });

  test("doesn't use a withdrawn article's id for another", async () => {
    await post(wire());
    await withdraw("2026-11-04-harbour-bridge-reopens");
    expect((await gist(await post(wire({ body: "Another story." })))).id).toBe(
      "2026-11-04-harbour-bridge-reopens-2",
    );
  });

  test("makes an id of a headline in any script", async () => {
    const { status, id } = await gist(await post(wire({ headline: "北京的雨" })));
    expect({ status, id }).toEqual({ status: 201, id: expect.stringMatching(/^2026-11-04-[0-9a-f]{8}$/) });
  });
});

describe("the warnings of a document", () => {
  test("come back with the answer, each with its line", async () => {
    const document = wire({ sections: "Politcs", headline: "Bridge\u0007 reopens" });
    const { status, warnings } = await gist(await put("harbour-bridge", document));
    expect({ status, warnings }).toEqual({
      status: 201,
      warnings: expect.arrayContaining([
        { reason: "new-section", found: "Politcs" },
        { reason: "forbidden-characters", found: "U+0007" },
      ]),
    });
  });

  test("name the section that was probably meant", async () => {
    const { warnings } = await (await put("harbour-bridge", wire({ sections: "Politcs" }))).json<Answer>();
    expect(warnings.map(({ line, field, detail }) => ({ line, field, detail }))).toEqual([
      { line: 1, field: "sections", detail: expect.stringContaining("“Politics”") },
    ]);
  });

  test("come back with every error when the document is refused", async () => {
    const response = await put("harbour-bridge", "Politcs 2026-11-04T07:07:06\n\nHarbour bridge reopens\n");
    const { type, status, issues, warnings } = await response.json<{
      type: string;
      status: number;
      issues: Warning[];
      warnings: Warning[];
    }>();
    expect({
      type,
      status,
      issues: issues.map(({ line, reason }) => ({ line, reason })),
      warnings: warnings.map(({ reason }) => reason),
    }).toEqual({
      type: `${ORIGIN}/problems/invalid-document`,
      status: 422,
      issues: [
        { line: 1, reason: "time-without-offset" },
        { line: 4, reason: "missing-body" },
      ],
      warnings: expect.arrayContaining(["new-section"]),
    });
  });

  test("don't come with bytes that aren't UTF-8, which are another problem", async () => {
    const response = await edit("PUT", "/api/articles/a", new Uint8Array([0x50, 0xff, 0xfe]));
    expect(await problem(response)).toMatchObject({
      type: `${ORIGIN}/problems/unreadable-document`,
      status: 400,
    });
  });
});

/** An article in the words of GET. */
async function show(id: string) {
  const response = await edit("GET", `/api/articles/${id}`);
  const { status, revision } = await response.json<Shown>();
  return { http: response.status, etag: response.headers.get("ETag"), status, revision };
}

describe("GET of one article", () => {
  test("shows it while it is published, revised or not", async () => {
    await put("harbour-bridge", wire());
    await put("harbour-bridge", wire({ body: "Closed." }));
    expect(await show("harbour-bridge")).toEqual({
      http: 200,
      etag: '"2"',
      status: "published",
      revision: 2,
    });
  });

  test("shows it under embargo", async () => {
    await put("budget", wire({ time: "2099-01-01T00:00:00Z" }));
    expect(await show("budget")).toEqual({ http: 200, etag: '"1"', status: "scheduled", revision: 1 });
  });

  test("shows it after it was withdrawn", async () => {
    await put("harbour-bridge", wire());
    await withdraw("harbour-bridge");
    expect(await show("harbour-bridge")).toEqual({
      http: 200,
      etag: '"2"',
      status: "withdrawn",
      revision: 2,
    });
  });

  test("is a 404 for one that never existed", async () => {
    expect(await problem(await edit("GET", "/api/articles/harbour-bridge"))).toMatchObject({
      type: `${ORIGIN}/problems/not-found`,
      status: 404,
    });
  });
});

describe("the list of articles", () => {
  type Page = { articles: Shown[]; next?: string };

  const list = async (query: string): Promise<Page> =>
    (await edit("GET", `/api/articles${query}`)).json<Page>();

  test("shows articles of every status in the order of a feed, without their bodies", async () => {
    await put("old", wire({ time: "2026-11-03T00:00:00Z" }));
    await put("a", wire({ body: "One." }));
    await put("b", wire({ body: "Two." }));
    await put("budget", wire({ time: "2099-01-01T00:00:00Z" }));
    await withdraw("old");
    const { articles, next } = await list("");
    expect({ listed: articles.map(({ id, status }) => [id, status]), next }).toEqual({
      listed: [
        ["budget", "scheduled"],
        ["b", "published"],
        ["a", "published"],
        ["old", "withdrawn"],
      ],
      next: undefined,
    });
    expect(articles.flatMap((article) => Object.keys(article))).not.toContain("text");
  });

  test("is empty before anything is uploaded", async () => {
    expect(await list("")).toEqual({ articles: [] });
  });

  test("walks through every article exactly once, a page at a time, times and ids mixed", async () => {
    // Several articles share a time, so that a page ends among them; the earliest lies before 1970.
    const times = ["1969-12-31T23:59:59Z", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"];
    for (let index = 0; index < 7; index++) {
      await put(`a-${index}`, wire({ time: times[index % 3] ?? "", body: `Body ${index}.` }));
    }
    const walked: string[][] = [];
    let query: string | undefined = "?limit=2";
    while (query !== undefined) {
      const { articles, next }: Page = await list(query);
      walked.push(articles.map(({ id }) => id));
      query = next === undefined ? undefined : `?limit=2&cursor=${next}`;
    }
    expect(walked).toEqual([["a-5", "a-2"], ["a-4", "a-1"], ["a-6", "a-3"], ["a-0"]]);
  });

  test("has no page after the last one, even when that is full", async () => {
    await put("a", wire({ body: "One." }));
    await put("b", wire({ body: "Two." }));
    const { articles, next } = await list("?limit=2");
    expect({ ids: articles.map(({ id }) => id), next }).toEqual({ ids: ["b", "a"], next: undefined });
  });

  test("continues from the same place while articles are added in front", async () => {
    await put("a", wire({ time: "2026-11-01T00:00:00Z" }));
    await put("b", wire({ time: "2026-11-02T00:00:00Z" }));
    const { next } = await list("?limit=1");
    await put("c", wire({ time: "2026-11-03T00:00:00Z" }));
    const { articles } = await list(`?limit=1&cursor=${next}`);
    expect(articles.map(({ id }) => id)).toEqual(["a"]);
  });

  test.each([
    ["?limit=0"],
    ["?limit=101"],
    ["?limit=-1"],
    ["?limit=2.5"],
    ["?limit=many"],
    ["?limit="],
    ["?cursor="],
    ["?cursor=nonsense"],
    ["?cursor=%00"],
    [`?cursor=${btoa("1762240026000 NOT-AN-ID")}`],
    [`?cursor=${btoa("harbour-bridge")}`],
  ])("refuses %s", async (query) => {
    expect(await problem(await edit("GET", `/api/articles${query}`))).toMatchObject({
      type: `${ORIGIN}/problems/invalid-cursor`,
      status: 400,
      max: 100,
    });
  });

  test("accepts a limit of 1 and of 100", async () => {
    const responses = await Promise.all(
      ["?limit=1", "?limit=100"].map((query) => edit("GET", `/api/articles${query}`)),
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe("DELETE", () => {
  test("withdraws the article", async () => {
    await put("harbour-bridge", wire());
    expect(await gist(await withdraw("harbour-bridge"))).toEqual({
      status: 200,
      etag: '"2"',
      location: null,
      change: "withdrawn",
      id: "harbour-bridge",
      revision: 2,
      feeds: ["all", "section:politics"],
      warnings: [],
    });
  });

  test("again changes nothing", async () => {
    await put("harbour-bridge", wire());
    await withdraw("harbour-bridge");
    expect(await gist(await withdraw("harbour-bridge"))).toMatchObject({
      status: 200,
      etag: '"2"',
      change: "unchanged",
      revision: 2,
      feeds: [],
    });
  });

  test("takes the article out of every feed", async () => {
    await put("harbour-bridge", wire());
    await withdraw("harbour-bridge");
    await settle();
    const paths = ["/rss.xml", "/sections/politics/rss.xml", "/feed.json"];
    const feeds = await Promise.all(paths.map(async (path) => (await get(path)).text()));
    expect(feeds.filter((feed) => feed.includes("Harbour bridge reopens"))).toEqual([]);
  });

  test("of an article that never existed is a 404", async () => {
    expect((await withdraw("harbour-bridge")).status).toBe(404);
  });

  test("of an article under embargo withdraws it and announces nothing in public", async () => {
    await put("budget", wire({ time: "2099-01-01T00:00:00Z" }));
    expect(await gist(await withdraw("budget"))).toMatchObject({ change: "withdrawn", feeds: [] });
    expect((await get("/articles/budget")).status).toBe(404);
  });
});

describe("[RFC 9110 13.1] an editor's precondition", () => {
  test("lets through exactly one of two editors who revise the same revision at once", async () => {
    await put("harbour-bridge", wire());
    const responses = await Promise.all(
      ["Jane’s version.", "Joe’s version."].map((body) =>
        put("harbour-bridge", wire({ body }), { "If-Match": '"1"' }),
      ),
    );
    expect(sortedStatuses(responses)).toEqual([200, 412]);
    const loser = responses.find(({ status }) => status === 412);
    expect(loser?.headers.get("ETag")).toBe('"2"');
    expect(await loser?.json()).toMatchObject({
      type: `${ORIGIN}/problems/precondition-failed`,
      article: "harbour-bridge",
      revision: 2,
    });
  });

  test("lets exactly one of two editors create an article under one id", async () => {
    const responses = await Promise.all(
      ["Jane’s.", "Joe’s."].map((body) => put("harbour-bridge", wire({ body }), { "If-None-Match": "*" })),
    );
    expect(sortedStatuses(responses)).toEqual([201, 412]);
  });

  test.each([
    ['"1"', 200],
    ['"9", "1"', 200],
    ["*", 200],
    ['"2"', 412],
    ['W/"1"', 412],
    ["1", 412],
    ['"01"', 412],
    ['""', 412],
  ])("If-Match: %s, against the first revision, is answered with %i", async (field, status) => {
    await put("harbour-bridge", wire());
    const response = await put("harbour-bridge", wire({ body: "New." }), { "If-Match": field });
    expect(response.status).toBe(status);
  });

  test("If-Match never creates an article", async () => {
    expect((await put("harbour-bridge", wire(), { "If-Match": "*" })).status).toBe(412);
    expect((await edit("GET", "/api/articles/harbour-bridge")).status).toBe(404);
  });

  test("holds for a withdrawal too", async () => {
    await put("harbour-bridge", wire());
    const stale = await withdraw("harbour-bridge", { "If-Match": '"7"' });
    const right = await withdraw("harbour-bridge", { "If-Match": '"1"' });
    expect([stale.status, right.status]).toEqual([412, 200]);
  });
});

describe("every answer of the API", () => {
  const oversized = "x".repeat(MEBIBYTE + 1);
  const ANSWERS: [string, number, () => Promise<Response>][] = [
    ["a creation", 201, () => put("harbour-bridge", wire())],
    ["an article", 200, async () => (await put("a", wire()), edit("GET", "/api/articles/a"))],
    ["a list", 200, () => edit("GET", "/api/articles")],
    ["a bad cursor", 400, () => edit("GET", "/api/articles?cursor=x")],
    ["a missing token", 401, () => request("/api/articles", { method: "POST", body: wire() })],
    ["a wrong token", 401, () => put("a", wire(), { Authorization: "Bearer wrong" })],
    ["an unknown article", 404, () => edit("GET", "/api/articles/a")],
    ["an unknown address", 404, () => edit("GET", "/api/nothing")],
    ["a wrong method", 405, () => edit("PATCH", "/api/articles/a", wire())],
    [
      "a preflight",
      401,
      () => request("/api/articles", { method: "OPTIONS", headers: { Origin: "https://a.example" } }),
    ],
    ["a withdrawn article", 410, async () => (await put("a", wire()), await withdraw("a"), put("a", wire()))],
    ["a failed precondition", 412, () => put("a", wire(), { "If-Match": '"1"' })],
    ["a document too large", 413, () => put("a", oversized)],
    ["a wrong media type", 415, () => put("a", "{}", { "Content-Type": "text/html" })],
    ["a document with errors", 422, () => put("a", "Politics")],
    ["a bad id", 422, () => put("A", wire())],
  ];

  test.each(ANSWERS)(
    "such as %s (%i) is stored by no cache, changed by no proxy and open to no other origin",
    async (_, status, ask) => {
      const response = await ask();
      expect({
        status: response.status,
        caching: response.headers.get("Cache-Control"),
        cors: [...response.headers.keys()].filter((name) => name.startsWith("access-control-")),
      }).toEqual({ status, caching: "private, no-store, no-transform", cors: [] });
    },
  );

  test("names the allowed methods when another was used", async () => {
    const response = await edit("PATCH", "/api/articles/a", wire());
    const allowed = response.headers.get("Allow")?.split(", ").toSorted();
    expect(allowed).toEqual(["DELETE", "GET", "HEAD", "PUT"]);
  });

  test.each([
    ["no token", {}, 'Bearer realm="Dateline"'],
    ["a wrong token", { Authorization: "Bearer wrong" }, 'Bearer realm="Dateline", error="invalid_token"'],
    [
      "a token that is longer by one",
      { Authorization: `Bearer ${env.EDITOR_TOKEN}x` },
      'Bearer realm="Dateline", error="invalid_token"',
    ],
    ["another scheme", { Authorization: `Basic ${env.EDITOR_TOKEN}` }, 'Bearer realm="Dateline"'],
    ["an empty token", { Authorization: "Bearer " }, 'Bearer realm="Dateline", error="invalid_request"'],
  ])("[RFC 6750 3] is a challenge for %s", async (_, headers, challenge) => {
    const response = await request("/api/articles/harbour-bridge", {
      method: "PUT",
      headers: { "Content-Type": "text/plain", ...headers },
      body: wire(),
    });
    expect({
      status: response.status,
      challenge: response.headers.get("WWW-Authenticate"),
      type: response.headers.get("Content-Type"),
    }).toEqual({ status: 401, challenge, type: "application/problem+json" });
    expect((await edit("GET", "/api/articles/harbour-bridge")).status).toBe(404);
  });

  test("names the accepted media types when another was sent", async () => {
    const response = await post("{}", { "Content-Type": "text/html" });
    const types = "text/plain, text/markdown, application/json, application/vnd.iptc.ninjs+json";
    expect({
      status: response.status,
      accept: response.headers.get("Accept"),
      acceptPost: response.headers.get("Accept-Post"),
    }).toEqual({ status: 415, accept: types, acceptPost: types });
  });
});

describe("without a configured token", () => {
  test.each([
    ["PUT", "/api/articles/a", "Bearer "],
    ["PUT", "/api/articles/a", "Bearer a-long-token-for-all-the-tests"],
    ["POST", "/api/articles", "Bearer undefined"],
    ["DELETE", "/api/articles/a", "Bearer null"],
    ["GET", "/api/articles", "Bearer a-long-token-for-all-the-tests"],
  ])("%s %s with %j is refused", async (method, path, authorization) => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const ctx = createExecutionContext();
    const write = new Request(`${ORIGIN}${path}`, {
      method,
      headers: { Authorization: authorization, "Content-Type": "text/plain" },
      ...(["PUT", "POST"].includes(method) && { body: wire() }),
    });
    const response = await createApp(site, "build", undefined).fetch(
      write,
      { ...env, EDITOR_TOKEN: "" },
      ctx,
    );
    await waitOnExecutionContext(ctx);
    expect(response.status).toBe(401);
  });
});

describe("a long document", () => {
  test("of the greatest length that feeds show comes back whole from the API and in all three formats", async () => {
    const { document, body } = documentOf(195_000, "Cars crossed the bridge at noon. ");
    expect(await gist(await put("long", document))).toMatchObject({ status: 201, warnings: [] });
    const { text } = await (await edit("GET", "/api/articles/long")).json<Shown>();
    expect(text === body.trim()).toBe(true);
    const html = `<p>${body.trim()}</p>`;
    const [rss, atom, json] = await Promise.all(
      ["/rss.xml", "/atom.xml", "/feed.json"].map(async (path) => parseFeed(await (await get(path)).text())),
    );
    expect([
      rss?.format === "rss" && rss.feed.items?.[0]?.content?.encoded === html,
      atom?.format === "atom" && atom.feed.entries?.[0]?.content?.value === html,
      json?.format === "json" && json.feed.items?.[0]?.content_html === html,
    ]).toEqual([true, true, true]);
  });

  test("of a greater length is on its page and in the archive, and its upload gets a warning", async () => {
    const { document, body } = documentOf(130_000, "[Cars] [crossed] [the] [bridge] [at] [noon]. ");
    const { status, warnings } = await gist(await put("long", document));
    expect([status, warnings.map(({ reason }) => reason)]).toEqual([201, ["too-heavy-for-feeds"]]);
    const inside = await Promise.all(
      ["/articles/long", "/archive/1.1/atom.xml", "/atom.xml"].map(async (path) =>
        (await (await get(path)).text()).includes(body.trim()),
      ),
    );
    expect(inside).toEqual([true, true, false]);
  });

  test("of a mebibyte is refused because its record is longer than the limit", async () => {
    const { document } = documentOf(MEBIBYTE, "Cars crossed the bridge at noon. ");
    expect(new TextEncoder().encode(document).byteLength).toBe(MEBIBYTE);
    expect(await problem(await put("long", document))).toMatchObject({
      status: 422,
      issues: [{ line: 10, field: "body", reason: "too-long", detail: expect.stringContaining("400000") }],
    });
    expect((await edit("GET", "/api/articles/long")).status).toBe(404);
  });

  test.each([
    ["announced", (document: string) => document],
    ["unknown until it is read", (document: string) => new Blob([document]).stream()],
  ])("of a byte more, with a length that is %s, is refused with the limit", async (_, bodyOf) => {
    const { document } = documentOf(MEBIBYTE + 1, "Cars crossed the bridge at noon. ");
    const response = await edit("PUT", "/api/articles/long", bodyOf(document));
    expect(await problem(response)).toMatchObject({
      type: `${ORIGIN}/problems/too-large`,
      status: 413,
      max: MEBIBYTE,
    });
  });

  test("of nothing but ampersands, five times as long as markup, survives the ledger and the archive", async () => {
    const { document, body } = documentOf(60_000, "&");
    expect((await put("ampersands", document)).status).toBe(201);
    const { text } = await (await edit("GET", "/api/articles/ampersands")).json<Shown>();
    expect(text === body).toBe(true);
    const { items } = await (
      await get("/archive/1.1/feed.json")
    ).json<{ items: { content_html: string }[] }>();
    expect(items.map(({ content_html: html }) => html === `<p>${"&amp;".repeat(body.length)}</p>`)).toEqual([
      true,
    ]);
  });

  // Earlier releases stored longer records, in pieces: of two headlines that differ by a letter, one splits every emoji across the
  // ends of pieces.
  test.each(["Tide", "Tides"])(
    "of emoji under the headline %s loses none when an earlier release accepted it",
    async (headline) => {
      const body = "🌊".repeat(250_000);
      await put("waves", wire({ headline }));
      await runInDurableObject(desk(), (_instance, { storage }) => {
        const revisions = new Revisions(storage.sql);
        const article = revisions.article({ id: "waves", revision: 1 });
        revisions.store({ ...article, html: `<p>${body}</p>`, text: body }, undefined);
      });
      const { text } = await (await edit("GET", "/api/articles/waves")).json<Shown>();
      expect({ isWhole: text === body, damaged: text.split("\uFFFD").length - 1 }).toEqual({
        isWhole: true,
        damaged: 0,
      });
    },
  );
});
