import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { act, at, desk, edit, get, put, settle, sweep, withdraw } from "../../support/newsroom.ts";
import { faults } from "../../support/faulty-kv.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { publishAll, series } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";
import { type Element, named, only, parseXml, texts } from "../../support/reading/xml.ts";

const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS = "http://www.google.com/schemas/sitemap-news/0.9";
const NOON = Date.parse("2026-11-24T12:00:00Z");
const HOUR = 3_600_000;
const LONG = 120_000;

/** The pages of the stories with these numbers. */
function urls(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${ORIGIN}/articles/story-${from + index}`);
}

/** Orders by the number at the end. */
function inOrder(one = "", other = ""): number {
  return Number(one.split("-").at(-1)) - Number(other.split("-").at(-1));
}

async function read(path: string): Promise<Element> {
  return parseXml(await (await get(path)).text(), SITEMAP);
}

/** The list of a sitemap: the address of each page, and the time of its change if given. */
async function pages(path: string): Promise<string[][]> {
  return named(await read(path), "url").map((url) => url.children.map(({ text }) => text));
}

/** The addresses of all sitemaps. */
async function sitemaps(): Promise<string[]> {
  return named(await read("/sitemap.xml"), "sitemap").flatMap((sitemap) => texts(sitemap, "loc"));
}

/** All that search engines see. */
function everything(): Promise<string[]> {
  const paths = ["/sitemap.xml", "/sitemap-pages.xml", "/sitemap-1.xml", "/news-sitemap.xml"];
  return Promise.all(paths.map(async (path) => (await get(path)).text()));
}

async function tagOf(): Promise<string> {
  return (await get("/sitemap-1.xml")).headers.get("ETag") ?? "";
}

async function statusOf(tag: string): Promise<number> {
  return (await get("/sitemap-1.xml", { "If-None-Match": tag })).status;
}

/** The titles in the news sitemap. */
async function news(): Promise<string[]> {
  return named(await read("/news-sitemap.xml"), "url").flatMap((url) =>
    texts(only(named(url, `{${NEWS}}news`)), `{${NEWS}}title`),
  );
}

function putJson(id: string, members: Record<string, unknown>): Promise<Response> {
  const document = {
    title: "Harbour bridge reopens",
    date_published: "2026-11-24T09:00:00Z",
    sections: ["Politics"],
    content_text: "Cars crossed the bridge at noon.",
    ...members,
  };
  return edit("PUT", `/api/articles/${id}`, JSON.stringify(document), { "Content-Type": "application/json" });
}

describe("/robots.txt", () => {
  test("[RFC 9309] keeps robots out of the API alone, and leads to both sitemaps", async () => {
    const response = await get("/robots.txt");
    expect([response.status, response.headers.get("Content-Type"), await response.text()]).toEqual([
      200,
      "text/plain; charset=utf-8",
      `User-agent: *\nAllow: /\nDisallow: /api/\n\nSitemap: ${ORIGIN}/sitemap.xml\nSitemap: ${ORIGIN}/news-sitemap.xml\n`,
    ]);
  });
});

describe("/sitemap.xml", () => {
  test("lists only the sitemap of pages when nothing has been published", async () => {
    expect((await read("/sitemap.xml")).name).toBe("sitemapindex");
    expect(await sitemaps()).toEqual([`${ORIGIN}/sitemap-pages.xml`]);
  });
});

describe("/sitemap-pages.xml", () => {
  test("lists the front page, the owner's feeds, and the lists of feeds, sections and authors; these have sitemaps of their own", async () => {
    layout.feeds = [{ id: "harbour", title: "Harbour", all: [], any: ["politics"], none: [], tags: [] }];
    startAnotherIsolate();
    await putJson("bridge", { authors: [{ name: "Ann Lee" }] });
    await settle();
    expect(await pages("/sitemap-pages.xml")).toEqual(
      ["/", "/feeds/harbour", "/feeds", "/sections", "/authors"].map((path) => [`${ORIGIN}${path}`]),
    );
    expect(await pages("/sitemap-sections-1.xml")).toEqual([[`${ORIGIN}/sections/politics`]]);
    expect(await pages("/sitemap-authors-1.xml")).toEqual([[`${ORIGIN}/authors/ann-lee`]]);
    expect(await sitemaps()).toEqual(
      ["pages", "sections-1", "authors-1", "1"].map((name) => `${ORIGIN}/sitemap-${name}.xml`),
    );
    const paths = ["/feeds/harbour", "/authors/ann-lee", "/feeds", "/sections", "/authors"];
    const answers = await Promise.all(paths.map((path) => get(path)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  });
});

describe("a sitemap of articles", () => {
  test("lists each article with the time of its last visible change", async () => {
    at(NOON);
    await put("bridge", wire());
    await put("ferry", wire({ headline: "Ferry returns", time: "2026-11-05T07:07:06Z" }));
    await settle();
    await put("bridge", wire({ headline: "Harbour bridge closes" }));
    const updated = new Date(Date.now()).toISOString();
    await settle();
    expect((await pages("/sitemap-1.xml")).toReversed()).toEqual([
      [`${ORIGIN}/articles/bridge`, updated],
      [`${ORIGIN}/articles/ferry`, "2026-11-05T07:07:06.000Z"],
    ]);
  });

  test(
    "has the articles of twenty archive pages, and a later page doesn't move them",
    async () => {
      at(NOON);
      await publishAll(series("story", 1000));
      const first = (await pages("/sitemap-1.xml")).map(([url]) => url);
      expect(first.toSorted(inOrder)).toEqual(urls(1, 1000));
      expect((await get("/sitemap-2.xml")).status).toBe(404);
      await publishAll(series("story", 1001).slice(1000));
      expect((await pages("/sitemap-1.xml")).map(([url]) => url)).toEqual(first);
      expect((await pages("/sitemap-2.xml")).map(([url]) => url)).toEqual(urls(1001, 1001));
      expect(await sitemaps()).toEqual(
        ["pages", "sections-1", "1", "2"].map((name) => `${ORIGIN}/sitemap-${name}.xml`),
      );
    },
    LONG,
  );

  test("costs one read of its own, and one of the window that counts the sitemaps", async () => {
    await put("bridge", wire());
    await settle();
    startAnotherIsolate();
    faults.reads.length = 0;
    await get("/sitemap-1.xml");
    expect([faults.reads, faults.lists]).toEqual([["window:all", "sitemap:1"], 0]);
  });

  test("exists after an upgrade from a release that wrote none", async () => {
    await put("bridge", wire());
    await settle();
    const before = await pages("/sitemap-1.xml");
    await env.ARTICLES.delete("sitemap:1");
    await runInDurableObject(desk(), (_instance, { storage }) =>
      storage.sql.exec(`UPDATE filing SET definition = '[1,[]]'`),
    );
    await evictDurableObject(desk());
    startAnotherIsolate();
    expect((await get("/sitemap-1.xml")).status).toBe(404);
    await sweep();
    await settle();
    startAnotherIsolate();
    expect(await pages("/sitemap-1.xml")).toEqual(before);
  });

  test("is a 404 when KV has that of another ledger, and empty when its record can't be parsed", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await put("bridge", wire());
    await settle();
    const { metadata } = await env.ARTICLES.getWithMetadata("sitemap:1");
    await env.ARTICLES.put("sitemap:1", '{"version":1,"articles":[{"id":"x","updated":0}]}', {
      metadata: { epoch: "f", sequence: 1, changed: 0 },
    });
    startAnotherIsolate();
    expect((await get("/sitemap-1.xml")).status).toBe(404);
    await env.ARTICLES.put("sitemap:1", "{", { metadata });
    startAnotherIsolate();
    expect(await pages("/sitemap-1.xml")).toEqual([]);
    expect(log).toHaveBeenCalledOnce();
  });

  test("is a 304 for a client that has it, until one of its articles changes or another one comes", async () => {
    at(NOON);
    await put("bridge", wire());
    await settle();
    const first = await tagOf();
    const unchanged = await statusOf(first);
    await put("ferry", wire({ headline: "Ferry returns" }));
    await settle();
    const added = await statusOf(first);
    const second = await tagOf();
    await put("bridge", wire({ headline: "Harbour bridge closes" }));
    await settle();
    expect([unchanged, added, await statusOf(second)]).toEqual([304, 200, 200]);
  });

  test.each(["0", "01", "2", "1e0", "-1", "x", "99999999"])(
    "doesn't exist at /sitemap-%s.xml, which is a 404",
    async (name) => {
      await put("bridge", wire());
      await settle();
      expect((await get(`/sitemap-${name}.xml`)).status).toBe(404);
    },
  );

  test("leaves out an article whose own address is on another site", async () => {
    await putJson("guest", { external_url: "https://elsewhere.example/story" });
    await put("bridge", wire());
    await settle();
    expect((await pages("/sitemap-1.xml")).map(([url]) => url)).toEqual([`${ORIGIN}/articles/bridge`]);
  });
});

describe("/news-sitemap.xml", () => {
  test("[Google News] names the publication, its language, the time and the title of each article", async () => {
    at(NOON);
    await putJson("bridge", { title: `Bridge & "bay" <open>` });
    await settle();
    const url = only(named(await read("/news-sitemap.xml"), "url"));
    const about = only(named(url, `{${NEWS}}news`));
    const publication = only(named(about, `{${NEWS}}publication`));
    expect({
      loc: texts(url, "loc"),
      name: texts(publication, `{${NEWS}}name`),
      language: texts(publication, `{${NEWS}}language`),
      date: texts(about, `{${NEWS}}publication_date`),
      title: texts(about, `{${NEWS}}title`),
    }).toEqual({
      loc: [`${ORIGIN}/articles/bridge`],
      name: [site.title],
      language: ["en"],
      date: ["2026-11-24T09:00:00.000Z"],
      title: [`Bridge & "bay" <open>`],
    });
  });

  test("lists an article until two days after its publication, without a write at that time", async () => {
    at(NOON);
    await put("old", wire({ headline: "Yesterday", time: "2026-11-23T12:00:00Z" }));
    await put("new", wire({ headline: "Today", time: "2026-11-24T11:00:00Z" }));
    await settle();
    const first = await get("/news-sitemap.xml");
    const tag = first.headers.get("ETag") ?? "";
    expect([first.status, await news()]).toEqual([200, ["Today", "Yesterday"]]);
    at(NOON + 23 * HOUR);
    expect((await get("/news-sitemap.xml", { "If-None-Match": tag })).status).toBe(304);
    at(NOON + 24 * HOUR);
    expect((await get("/news-sitemap.xml", { "If-None-Match": tag })).status).toBe(200);
    expect(await news()).toEqual(["Today"]);
    at(NOON + 48 * HOUR);
    expect(await news()).toEqual([]);
  });

  test.each([
    ["en-GB", "en"],
    ["zh", "zh-cn"],
    ["zh-Hans", "zh-cn"],
    ["zh-TW", "zh-tw"],
    ["zh-Hant-HK", "zh-tw"],
    ["haw", "haw"],
  ])("gives the language %s the code %s", async (language, code) => {
    at(NOON);
    await putJson("bridge", { language });
    await settle();
    expect(await (await get("/news-sitemap.xml")).text()).toContain(`<news:language>${code}</news:language>`);
  });
});

test("no sitemap lists an article under embargo, a draft, or one that expired or was withdrawn", async () => {
  at(NOON);
  await put("open", wire({ time: "2026-11-24T10:00:00Z" }));
  await settle();
  const open = await everything();
  await put("fall", wire({ sections: "Secret", headline: "Ministry falls", time: "2026-11-24T20:00:00Z" }));
  await edit("PUT", "/api/articles/draft?draft=true", wire({ headline: "A draft" }));
  await settle();
  expect(await everything()).toEqual(open);
  await put("gone", wire({ headline: "Gone", time: "2026-11-24T11:00:00Z" }));
  await put("offer", wire({ headline: "Offer", time: "2026-11-24T11:00:00Z" }));
  await settle();
  expect(await news()).toEqual(["Offer", "Gone", "Harbour bridge reopens"]);
  await withdraw("gone");
  await act("offer", "expire", { expires: "2026-11-24T13:00:00Z" });
  at(NOON + 2 * HOUR);
  await settle();
  expect(await everything()).toEqual(open);
});
