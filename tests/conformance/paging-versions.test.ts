/** Versions of one entry in several documents (RFC 5005, section 4.2; RFC 4287, section 4.1.1), and JSON Feed's `next_url`. */
import { beforeEach, expect, test } from "vitest";
import { importLines } from "../support/stories/copies.ts";
import { at, get, put, settle, withdraw } from "../support/newsroom.ts";
import { ORIGIN } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";
import { ATOM, named, only, parseXml, texts } from "../support/reading/xml.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");

type Entry = { id: string; title: string; updated: string };
type JsonFeed = { feed_url: string; next_url?: string; items: { id: string }[] };

beforeEach(() => {
  at(NOW);
});

async function publish(count: number): Promise<void> {
  await importLines(
    Array.from({ length: count }, (_, index) => ({
      id: `story-${index}`,
      title: `Story ${index}`,
      sections: ["Politics"],
      date_published: new Date(NOW - (count - index) * 60_000).toISOString(),
      content_text: "It happened.",
    })),
  );
  await settle();
}

async function fetchEntries(path: string): Promise<Entry[]> {
  return named(parseXml(await (await get(path)).text(), ATOM), "entry").map((entry) => ({
    id: only(texts(entry, "id")),
    title: only(texts(entry, "title")),
    updated: only(texts(entry, "updated")),
  }));
}

async function fetchJson(path: string): Promise<JsonFeed> {
  return (await get(path)).json<JsonFeed>();
}

/** The documents that `next_url` leads through. */
async function walkJson(start: string): Promise<JsonFeed[]> {
  const documents = [await fetchJson(start)];
  for (let next = documents[0]?.next_url; next !== undefined; next = documents.at(-1)?.next_url) {
    const url = next;
    if (documents.some(({ feed_url }) => feed_url === url)) throw new Error(`${url} leads to itself`);
    documents.push(await fetchJson(url.slice(ORIGIN.length)));
  }
  return documents;
}

test("[RFC 5005 4.2, RFC 4287 4.1.1] an entry in two documents has one version: its id, title and updated are the same in both", async () => {
  await publish(60);
  await put("story-59", wire({ headline: "Corrected", time: new Date(NOW).toISOString() }));
  await settle();
  const [current, ...archived] = await Promise.all(
    ["/atom.xml", "/archive/1/atom.xml", "/archive/2.10/atom.xml"].map(fetchEntries),
  );
  const versions = Map.groupBy([...(current ?? []), ...archived.flat()], ({ id }) => id);
  const differing = [...versions.values()].filter(
    (same) => new Set(same.map((one) => JSON.stringify(one))).size > 1,
  );
  expect([versions.size, differing]).toEqual([60, []]);
});

test("[RFC 5005 4.2] of the versions that a reader met, the one with the latest updated is the present one", async () => {
  await publish(60);
  const before = (await fetchEntries("/archive/1/atom.xml")).find(({ title }) => title === "Story 3");
  await put("story-3", wire({ headline: "Corrected", time: new Date(NOW - 57 * 60_000).toISOString() }));
  await settle();
  const after = (await fetchEntries("/archive/1/atom.xml")).find(({ id }) => id === before?.id);
  expect([before?.title, after?.title]).toEqual(["Story 3", "Corrected"]);
  expect(Date.parse(after?.updated ?? "")).toBeGreaterThan(Date.parse(before?.updated ?? ""));
});

test("[RFC 5005 4.1] the subscription document tells every reader of a revision and of a withdrawal", async () => {
  await publish(60);
  await put("story-3", wire({ headline: "Corrected", time: new Date(NOW).toISOString() }));
  await withdraw("story-5");
  await settle();
  const [current = [], ...archived] = await Promise.all(
    ["/atom.xml", "/archive/1/atom.xml", "/archive/2.10/atom.xml"].map(fetchEntries),
  );
  const titles = archived.flat().map(({ title }) => title);
  expect(current.map(({ title }) => title)).toContain("Corrected");
  expect(await (await get("/atom.xml")).text()).toMatch(/<at:deleted-entry ref="[^"]*:story-5"/);
  expect(titles.filter((title) => /^(?:Corrected|Story [35])$/.test(title))).toEqual(["Corrected"]);
});

test("[RFC 4287 4.1.1] no document of an archived feed holds two entries of one id", async () => {
  await publish(60);
  for (const path of ["/atom.xml", "/archive/1/atom.xml", "/archive/2.10/atom.xml"]) {
    const ids = (await fetchEntries(path)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test("[RFC 4287 4.2.15] an archive document was updated when its response says that it was last modified", async () => {
  await publish(60);
  for (const path of ["/archive/1/atom.xml", "/archive/2.10/atom.xml"]) {
    const response = await get(path);
    const updated = only(texts(parseXml(await response.text(), ATOM), "updated"));
    expect(new Date(updated).toUTCString()).toBe(response.headers.get("Last-Modified"));
  }
});

test.each(["/feed.json", "/feed.json?limit=5", "/sections/politics+sport/feed.json"])(
  "[JSON Feed 1.1 next_url] next_url leads from %s to every older item, and then stops",
  async (start) => {
    await publish(60);
    const documents = await walkJson(start);
    expect(new Set(documents.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(60);
    expect(documents.at(-1)).not.toHaveProperty("next_url");
  },
);

test("[JSON Feed 1.1 next_url] next_url is absolute, and never the address of its own document", async () => {
  await publish(60);
  for (const { feed_url, next_url } of (await walkJson("/feed.json")).slice(0, -1)) {
    expect(next_url).toMatch(/^https:\/\/news\.example\//);
    expect(next_url).not.toBe(feed_url);
  }
});

test("[JSON Feed 1.1 feed_url] each document on the way gives the address under which it was fetched", async () => {
  await publish(60);
  const documents = await walkJson("/feed.json");
  const expected = [
    "/feed.json",
    ...documents.slice(0, -1).map(({ next_url = "" }) => next_url.slice(ORIGIN.length)),
  ];
  expect(documents.map(({ feed_url }) => feed_url)).toEqual(expected.map((path) => `${ORIGIN}${path}`));
});

test("[JSON Feed 1.1 next_url] a feed without items has no next_url", async () => {
  expect(await fetchJson("/sections/weather/feed.json")).not.toHaveProperty("next_url");
});
