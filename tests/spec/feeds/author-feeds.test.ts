/** Feeds of authors and tags, which come and go with what is published under them. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { readAuthors } from "../../../src/store/directory.ts";
import { AUTHORS_KEY } from "../../../src/store/keys.ts";
import { archived, fetchDocument, walk } from "../../support/reading/archive.ts";
import { NOON, startFromFirstLedger } from "../../support/ledgers/first-ledger.ts";
import { act, at, edit, get, put, settle, sweep, tokenOf, withdraw } from "../../support/newsroom.ts";
import { tombstones } from "../../support/reading/public.ts";
import { publishAll, series, story } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";

const by = (...names: string[]): { authors: { name: string }[] } => ({
  authors: names.map((name) => ({ name })),
});

/** The authors whom the site lists, by name. */
async function listed(): Promise<string[]> {
  return readAuthors((await env.ARTICLES.get(AUTHORS_KEY)) ?? undefined).authors.map(({ name }) => name);
}

async function titleOf(home: string): Promise<string> {
  return (await (await get(`${home}/feed.json`)).json<{ title: string }>()).title;
}

/** The title of Jane Roe's feed, and the list of authors. */
async function spelled(): Promise<[string, string[]]> {
  return [await titleOf("/authors/jane-roe"), await listed()];
}

/** All responses at the addresses of some authors, tags or sections. */
async function answers(homes: string[]): Promise<unknown[]> {
  return Promise.all(
    homes.flatMap((home) =>
      ["", "/rss.xml", "/feed", "/archive/1.1/atom.xml"].map(async (file) => {
        const response = await get(`/${home}${file}`);
        const { status, headers } = response;
        return [status, [...headers], await response.text()];
      }),
    ),
  );
}

async function idsIn(path: string): Promise<string[]> {
  return (await fetchDocument(path)).ids.toSorted();
}

beforeEach(() => {
  at(NOON);
});

describe("an author’s feed", () => {
  test("is the same for a name that is written in capitals, with accents or without", async () => {
    await publishAll([
      story("a", by("José Roe")),
      story("b", by("JOSE ROE")),
      story("c", by("jose  roe")),
      story("d", by("Jane Roe")),
    ]);
    expect(await idsIn("/authors/jose-roe/atom.xml")).toEqual(["a", "b", "c"]);
    expect(await idsIn("/authors/jane-roe/rss.xml")).toEqual(["d"]);
    expect((await listed()).length).toBe(2);
  });

  test("has an article once when its two bylines are one name", async () => {
    await publishAll([story("a", by("José Roe", "Jose Roe"))]);
    expect(await idsIn("/authors/jose-roe/feed.json")).toEqual(["a"]);
    expect(archived(await walk("/authors/jose-roe/atom.xml"))).toEqual(["a"]);
  });

  test.each(["渡辺 はるか", "Ольга", "🌊"])("is there for %s, too", async (name) => {
    await publishAll([story("a", by(name))]);
    const { keys } = await env.ARTICLES.list({ prefix: "window:author:" });
    const [id = ""] = keys.map((key) => key.name.slice("window:author:".length));
    expect(await idsIn(`/authors/${id}/atom.xml`)).toEqual(["a"]);
    const { title } = await (await get(`/authors/${id}/feed.json`)).json<{ title: string }>();
    expect(title).toBe(`${name} – The Alder Bay Courier`);
  });

  test("stays empty with a tombstone when its last article is withdrawn, and leaves the list of authors", async () => {
    await publishAll([story("a", by("Jane Roe")), story("b", by("John Doe"))]);
    expect(await listed()).toEqual(["Jane Roe", "John Doe"]);
    await withdraw("a");
    await settle();
    expect(await idsIn("/authors/jane-roe/atom.xml")).toEqual([]);
    expect((await tombstones("/authors/jane-roe")).length).toBe(1);
    expect(archived(await walk("/authors/jane-roe/atom.xml"))).toEqual([]);
    expect(await listed()).toEqual(["John Doe"]);
    await act("a", "reinstate");
    await settle();
    expect(await idsIn("/authors/jane-roe/atom.xml")).toEqual(["a"]);
    expect(await listed()).toEqual(["Jane Roe", "John Doe"]);
  });

  test("whose only article was withdrawn announces that to its subscribers, names nobody and has no page", async () => {
    await publishAll([
      { ...story("a", { ...by("Jane Roe"), tags: ["Élan vital"] }), sections: ["Lantern News"] },
      story("b", by("John Doe")),
    ]);
    await withdraw("a");
    await settle();
    for (const home of ["/authors/jane-roe", "/tags/elan-vital", "/sections/lantern-news"]) {
      expect((await get(home)).status).toBe(404);
      for (const file of ["rss.xml", "atom.xml", "feed.json", "archive/1.1/rss.xml"]) {
        const feed = await get(`${home}/${file}`);
        expect([feed.status, feed.headers.get("X-Robots-Tag")]).toEqual([200, "noindex"]);
        expect(await feed.text()).not.toMatch(/Jane Roe|Élan|Lantern News/);
      }
      expect((await tombstones(home)).length).toBe(1);
    }
    const names = await Promise.all(
      ["/", "/feeds", "/feeds.opml", "/sitemap-pages.xml"].map(async (path) => (await get(path)).text()),
    );
    expect(names.join()).not.toMatch(/Jane Roe|jane-roe|Lantern News|lantern-news/);
    const named = await get("/authors/john-doe/rss.xml");
    expect([named.status, named.headers.get("X-Robots-Tag")]).toEqual([200, null]);
  });

  test("whose only article is a draft again is as if it never was, and comes back with it", async () => {
    await publishAll([{ ...story("a", { ...by("Jane Roe"), tags: ["tides"] }), sections: ["Lantern News"] }]);
    const item = JSON.stringify({
      ...story("a", by("Jane Roe")),
      tags: ["tides"],
      sections: ["Lantern News"],
    });
    const json = { "Content-Type": "application/json" };
    expect((await edit("PUT", "/api/articles/a?draft", item, json)).status).toBe(200);
    await settle();
    const never = await answers(["authors/nobody", "tags/nothing", "sections/nowhere"]);
    expect(await answers(["authors/jane-roe", "tags/tides", "sections/lantern-news"])).toEqual(never);
    await act("a", "publish");
    await settle();
    expect(await idsIn("/authors/jane-roe/atom.xml")).toEqual(["a"]);
    expect(await idsIn("/sections/lantern-news/atom.xml")).toEqual(["a"]);
  });

  test("loses an article whose byline has changed, and the new author’s feed gets it", async () => {
    await publishAll([story("a", by("Jane Roe"))]);
    await publishAll([story("a", by("John Doe"))]);
    expect(await idsIn("/authors/john-doe/rss.xml")).toEqual(["a"]);
    expect((await get("/authors/jane-roe/rss.xml")).status).toBe(404);
    expect(await listed()).toEqual(["John Doe"]);
  });

  test("spells the name as its only article does, in the feed and in the list", async () => {
    await publishAll([story("a", by("JANE ROE"))]);
    await publishAll([story("a", by("Jane Roe"))]);
    expect(await spelled()).toEqual(["Jane Roe – The Alder Bay Courier", ["Jane Roe"]]);
  });

  test("keeps the spelling of the first of several articles, whoever spells it otherwise later, and however old that article is", async () => {
    await publishAll([story("b", by("Jane Roe"))]);
    const holder = await tokenOf("Sport desk", ["publish"], ["sport"]);
    const item = {
      ...story("a", by("JANE ROE")),
      sections: ["Sport"],
      date_published: "2001-01-01T00:00:00Z",
    };
    for (const title of ["One", "Two"]) {
      const response = await edit("PUT", "/api/articles/a", JSON.stringify({ ...item, title }), {
        "Content-Type": "application/json",
        ...holder,
      });
      expect(response.ok).toBe(true);
    }
    await settle();
    expect(await spelled()).toEqual(["Jane Roe – The Alder Bay Courier", ["Jane Roe"]]);
  });

  test("has its name corrected by a revision of the article that wrote it first, or of the next one when that is withdrawn", async () => {
    await publishAll([story("b", by("Jane Roe"))]);
    const earlier = { date_published: "2001-01-01T00:00:00Z" };
    await publishAll([story("c", { ...by("Jane Roe"), ...earlier })]);
    await publishAll([story("a", by("jane roe"))]);
    await publishAll([story("b", by("Jané Roe"))]);
    expect((await spelled())[1]).toEqual(["Jané Roe"]);
    await withdraw("b");
    await settle();
    expect((await spelled())[1]).toEqual(["Jané Roe"]);
    await publishAll([story("a", by("JANE ROE"))]);
    expect((await spelled())[1]).toEqual(["Jané Roe"]);
    await publishAll([story("c", { ...by("Jane ROE"), ...earlier })]);
    expect((await spelled())[1]).toEqual(["Jane ROE"]);
  });

  test("keeps the title of a section that nobody declared, too", async () => {
    await publishAll([{ ...story("a"), sections: ["Lantern News"] }]);
    await publishAll([{ ...story("b"), sections: ["LANTERN NEWS"] }]);
    expect(await titleOf("/sections/lantern-news")).toBe("Lantern News – The Alder Bay Courier");
  });

  test("exists for the first ten bylines of an article, and a tag’s feed for the first twenty tags", async () => {
    const names = Array.from({ length: 11 }, (_, index) => `Author ${index + 1}`);
    const tags = Array.from({ length: 21 }, (_, index) => `tag ${index + 1}`);
    await publishAll([story("a", { ...by(...names), tags })]);
    const statuses = await Promise.all(
      ["/authors/author-10", "/authors/author-11", "/tags/tag-20", "/tags/tag-21"].map(
        async (home) => (await get(`${home}/rss.xml`)).status,
      ),
    );
    expect(statuses).toEqual([200, 404, 200, 404]);
  });

  test.each([
    "/authors/nobody",
    "/tags/nothing",
    "/authors/Jane%20Roe",
    "/authors/jane+john",
    "/tags/__proto__",
  ])("doesn’t exist at %s, under which nothing was published", async (home) => {
    await publishAll([story("a")]);
    const response = await get(`${home}/rss.xml`);
    const { status, headers } = response;
    const end = status === 301 ? (await get(headers.get("Location") ?? "")).status : status;
    expect(end).toBe(404);
  });
});

describe("a ledger of the first release", () => {
  beforeEach(async () => {
    await startFromFirstLedger();
    await sweep();
    await settle();
  });

  test.each(["", "/sections/politics", "/authors/jose-roe", "/tags/harbour"])(
    "gets the archive of %j, with published articles and nothing else",
    async (home) => {
      for (const file of ["rss.xml", "atom.xml", "feed.json"]) {
        const documents = await walk(`${home}/${file}`);
        expect(documents.map(({ path, ids }) => [path, ids])).toEqual([
          [`${home}/${file}`, ["harbour-bridge"]],
          [`${home}/archive/1.1/${file}`, ["harbour-bridge"]],
        ]);
      }
    },
  );

  test("lists its authors", async () => {
    expect(await listed()).toEqual(["José Roe"]);
  });

  test("continues its archive after the backfill", async () => {
    await put("new", wire({ time: "2031-11-24T11:00:00Z", body: "New." }));
    await publishAll(series("s", 49));
    expect((await fetchDocument("/archive/1/atom.xml")).ids.length).toBe(50);
    expect(await idsIn("/archive/2.1/atom.xml")).toEqual(["s-49"]);
  });
});
