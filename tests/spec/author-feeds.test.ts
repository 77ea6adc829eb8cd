/** Feeds of authors and tags, which come and go with what is published under them. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { readAuthors } from "../../src/store/directory.ts";
import { AUTHORS_KEY } from "../../src/store/keys.ts";
import { archived, fetchDocument, walk } from "../support/archive.ts";
import { NOON, startFromFirstLedger } from "../support/first-ledger.ts";
import { act, at, get, put, settle, sweep, wire, withdraw } from "../support/newsroom.ts";
import { tombstones } from "../support/public.ts";
import { publishAll, series, story } from "../support/stories.ts";

const by = (...names: string[]): { authors: { name: string }[] } => ({
  authors: names.map((name) => ({ name })),
});

/** The authors whom the site lists, by name. */
async function listed(): Promise<string[]> {
  return readAuthors((await env.ARTICLES.get(AUTHORS_KEY)) ?? undefined).authors.map(({ name }) => name);
}

async function idsIn(path: string): Promise<string[]> {
  return (await fetchDocument(path)).ids.toSorted();
}

beforeEach(() => {
  at(NOON);
});

describe("an author’s feed", () => {
  test("is one for a name that is written in capitals, with accents or without", async () => {
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

  test("has an article once whose two bylines are one name", async () => {
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

  test("stays when its last article is withdrawn, empty and with a word of that; the list of authors forgets it", async () => {
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

  test("loses an article whose byline is another now, which goes to the other’s", async () => {
    await publishAll([story("a", by("Jane Roe"))]);
    await publishAll([story("a", by("John Doe"))]);
    expect([await idsIn("/authors/jane-roe/rss.xml"), await idsIn("/authors/john-doe/rss.xml")]).toEqual([
      [],
      ["a"],
    ]);
    expect(await listed()).toEqual(["John Doe"]);
  });

  test("goes by the name as it was last written, in the feed and in the list", async () => {
    await publishAll([story("a", by("JANE ROE"))]);
    await publishAll([story("a", by("Jane Roe"))]);
    const { title } = await (await get("/authors/jane-roe/feed.json")).json<{ title: string }>();
    expect([title, await listed()]).toEqual(["Jane Roe – The Alder Bay Courier", ["Jane Roe"]]);
  });

  test("has the first ten bylines of an article, and a tag’s feed the first twenty tags", async () => {
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
  ])("%s is none: nothing was published under that", async (home) => {
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
    "gets the archive of %j, with what is published and nothing else",
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

  test("goes on with its archive where it was filed", async () => {
    await put("new", wire({ time: "2031-11-24T11:00:00Z", body: "New." }));
    await publishAll(series("s", 49));
    expect((await fetchDocument("/archive/1/atom.xml")).ids.length).toBe(50);
    expect(await idsIn("/archive/2.1/atom.xml")).toEqual(["s-49"]);
  });
});
