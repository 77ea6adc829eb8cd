/// <reference types="vite/client" />
/** Parity of the three formats: an independent reader finds the same in each of them. */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { expect, test } from "vitest";
import { get, put, settle } from "../support/newsroom.ts";
import { wire } from "../support/stories/wire.ts";

const DOCUMENTS = import.meta.glob<string>("../../content/articles/*.txt", {
  query: "?raw",
  eager: true,
  import: "default",
});

/** An article as every format gives it. */
type Item = {
  guid: string | undefined;
  link: string | undefined;
  title: string | undefined;
  published: string | undefined;
  categories: (string | undefined)[] | undefined;
  body: string | undefined;
};

/** RSS knows whole seconds only. */
function second(date: string | undefined): string | undefined {
  return date === undefined ? undefined : new Date(date).toISOString().slice(0, 19);
}

async function readRss(home: string): Promise<Item[]> {
  const { items = [] } = parseRssFeed(await (await get(`${home}/rss.xml`)).text());
  return items.map(({ guid, link, title, pubDate, categories, content }) => ({
    guid: guid?.value,
    link,
    title,
    published: second(pubDate),
    categories: categories?.map(({ name }) => name),
    body: content?.encoded,
  }));
}

async function readAtom(home: string): Promise<Item[]> {
  const { entries = [] } = parseAtomFeed(await (await get(`${home}/atom.xml`)).text());
  return entries.map(({ id, links, title, published, categories, content }) => ({
    guid: id,
    link: links?.find(({ rel = "alternate" }) => rel === "alternate")?.href,
    title: title?.value,
    published: second(published),
    categories: categories?.map(({ label }) => label),
    body: content?.value,
  }));
}

async function readJson(home: string): Promise<Item[]> {
  const { items = [] } = parseJsonFeed(await (await get(`${home}/feed.json`)).text());
  return items.map(({ id, url, title, date_published, tags, content_html }) => ({
    guid: id,
    link: url,
    title,
    published: second(date_published),
    categories: tags,
    body: content_html,
  }));
}

async function publishSamples(): Promise<number> {
  const samples = Object.entries(DOCUMENTS);
  for (const [path, document] of samples) {
    await put(path.replace(/^.*\/|\.txt$/g, ""), document);
  }
  await settle();
  return samples.length;
}

test("[RSS 2.0, RFC 4287, JSON Feed 1.1] every sample article reads the same in all three formats, in the same order", async () => {
  const count = await publishSamples();
  const [rss, atom, json] = await Promise.all([readRss(""), readAtom(""), readJson("")]);
  expect(rss).toHaveLength(count);
  expect(atom).toEqual(rss);
  expect(json).toEqual(rss);
});

test("[RSS 2.0, RFC 4287, JSON Feed 1.1] a section's articles read the same in all three formats", async () => {
  await publishSamples();
  const home = "/sections/human-rights";
  const [rss, atom, json] = await Promise.all([readRss(home), readAtom(home), readJson(home)]);
  expect(rss.map(({ categories }) => categories?.includes("Human Rights"))).toEqual(rss.map(() => true));
  expect(rss.length).toBeGreaterThan(1);
  expect(atom).toEqual(rss);
  expect(json).toEqual(rss);
});

test("[RSS 2.0, RFC 4287, JSON Feed 1.1] a summary reads the same in all three formats, once RSS's HTML is text again", async () => {
  await put("harbour-bridge", wire({ summary: "Fish & chips “for all” <soon>" }));
  const rss = parseRssFeed(await (await get("/rss.xml")).text());
  const atom = parseAtomFeed(await (await get("/atom.xml")).text());
  const json = parseJsonFeed(await (await get("/feed.json")).text());
  expect(rss.items?.map(({ description }) => description)).toEqual([
    "Fish &amp; chips “for all” &lt;soon&gt;",
  ]);
  expect(atom.entries?.map(({ summary }) => summary?.value)).toEqual(["Fish & chips “for all” <soon>"]);
  expect(json.items?.map(({ summary }) => summary)).toEqual(["Fish & chips “for all” <soon>"]);
});

test("[RFC 4287 4.2.15, JSON Feed 1.1 date_modified] Atom and JSON Feed give an article the same time of update", async () => {
  await put("harbour-bridge", wire({ time: "2026-11-04T08:07:06.123+01:00" }));
  const { entries } = parseAtomFeed(await (await get("/atom.xml")).text());
  const { items } = parseJsonFeed(await (await get("/feed.json")).text());
  expect(entries?.map(({ updated }) => updated)).toEqual(["2026-11-04T07:07:06.123Z"]);
  expect(items?.map(({ date_modified }) => date_modified)).toEqual(["2026-11-04T07:07:06.123Z"]);
});

test.each(["", "/sections/human-rights", "/sections/arabic", "/sections/gardening"])(
  "[RSS 2.0, RFC 4287, JSON Feed 1.1] the feeds at “%s” have the same title, description, page and language",
  async (home) => {
    await put("harbour-bridge", wire({ sections: "Human Rights العربية Gardening" }));
    const rss = parseRssFeed(await (await get(`${home}/rss.xml`)).text());
    const atom = parseAtomFeed(await (await get(`${home}/atom.xml`)).text());
    const json = parseJsonFeed(await (await get(`${home}/feed.json`)).text());
    const { title, description, link, language } = rss;
    expect({
      title: atom.title?.value,
      description: atom.subtitle?.value,
      link: atom.links?.find(({ rel }) => rel === "alternate")?.href,
      language: atom.xml?.lang,
    }).toEqual({ title, description, link, language });
    expect({
      title: json.title,
      description: json.description,
      link: json.home_page_url,
      language: json.language,
    }).toEqual({ title, description, link, language });
  },
);
