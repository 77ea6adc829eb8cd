/** OPML 2.0 (http://opml.org/spec2.opml): the list of all feeds, read by a strict XML parser. */
import { expect, test } from "vitest";
import { get, put, settle } from "../support/newsroom.ts";
import { ORIGIN, site } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";
import { type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const ATOM_LINK = "{http://www.w3.org/2005/Atom}link";

async function fetchOpml(): Promise<Element> {
  return parseXml(await (await get("/feeds.opml")).text());
}

/** Every outline of the document, in its order. */
function outlinesIn(parent: Element): Element[] {
  return named(parent, "outline").flatMap((outline) => [outline].concat(outlinesIn(outline)));
}

async function fetchOutlines(): Promise<Element[]> {
  return outlinesIn(only(named(await fetchOpml(), "body")));
}

async function fetchFeeds(): Promise<Record<string, string>[]> {
  return (await fetchOutlines()).map(({ attributes }) => attributes).filter(({ type }) => type !== undefined);
}

async function fetchChannel(url: string): Promise<Element> {
  return only(named(parseXml(await (await get(url.slice(ORIGIN.length))).text()), "channel"));
}

async function publish(): Promise<void> {
  await put("harbour-bridge", wire({ sections: 'Politics العربية R&D_<"new">' }));
  await settle();
}

test("[OPML 2.0 opml] the root is an opml element of version 2.0 with one head and one body, in no namespace", async () => {
  await publish();
  const { name, attributes, children } = await fetchOpml();
  expect({ name, attributes, children: children.map((child) => child.name) }).toEqual({
    name: "opml",
    attributes: { version: "2.0" },
    children: ["head", "body"],
  });
});

test("[OPML 2.0 head] the head has only elements that the specification names, each once", async () => {
  const allowed = new Set([
    "title",
    "dateCreated",
    "dateModified",
    "ownerName",
    "ownerEmail",
    "ownerId",
    "docs",
    "expansionState",
    "vertScrollState",
    "windowTop",
    "windowLeft",
    "windowBottom",
    "windowRight",
  ]);
  const names = only(named(await fetchOpml(), "head")).children.map(({ name }) => name);
  expect(names.filter((name) => !allowed.has(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test("[OPML 2.0 head] the title is the site's, the owner is its publisher, and docs is the address of the format's documentation", async () => {
  const head = only(named(await fetchOpml(), "head"));
  expect({
    title: texts(head, "title"),
    owner: texts(head, "ownerName"),
    docs: texts(head, "docs").map((url) => URL.canParse(url)),
  }).toEqual({ title: [site.title], owner: [site.publisher.name], docs: [true] });
});

test("[OPML 2.0 body] the body has only outlines, and at least one, even where nothing has been published", async () => {
  const body = only(named(await fetchOpml(), "body"));
  expect(body.children.length).toBeGreaterThan(0);
  expect(body.children.map(({ name }) => name).filter((name) => name !== "outline")).toEqual([]);
  expect(body.text.trim()).toBe("");
});

test("[OPML 2.0 outline] every outline has a text, and holds nothing but outlines", async () => {
  await publish();
  const outlines = await fetchOutlines();
  expect(outlines.filter(({ attributes }) => !attributes["text"]?.trim())).toEqual([]);
  expect(outlines.flatMap(({ children }) => children).filter(({ name }) => name !== "outline")).toEqual([]);
});

test("[OPML 2.0 text] a section's name with markup in it reaches the reader as the text that it is", async () => {
  await publish();
  const found = (await fetchFeeds()).map(({ text = "" }) => text);
  expect(found.filter((text) => text.startsWith("R&D"))).toEqual([
    expect.stringMatching(/^R&D[_ ]<"new"> – /),
  ]);
});

test("[OPML 2.0 subscription lists] a folder has a text alone, and subscriptions in it; no folder is empty", async () => {
  await publish();
  const folders = (await fetchOutlines()).filter(({ attributes }) => attributes["type"] === undefined);
  expect(folders.length).toBeGreaterThan(0);
  expect(folders.map(({ attributes }) => Object.keys(attributes))).toEqual(folders.map(() => ["text"]));
  expect(folders.filter(({ children }) => children.length === 0)).toEqual([]);
});

test("[OPML 2.0 subscription lists] a subscription is of type rss, has an xmlUrl with its scheme, and holds no outline", async () => {
  await publish();
  const feeds = (await fetchOutlines()).filter(({ attributes }) => attributes["type"] !== undefined);
  expect(feeds.map(({ attributes }) => attributes["type"])).toEqual(feeds.map(() => "rss"));
  expect(feeds.filter(({ children }) => children.length > 0)).toEqual([]);
  const urls = feeds.map(({ attributes }) => attributes["xmlUrl"] ?? "");
  expect(urls.filter((url) => !url.startsWith(`${ORIGIN}/`))).toEqual([]);
  expect(new Set(urls).size).toBe(urls.length);
});

test("[OPML 2.0 subscription lists] a subscription has only attributes that the specification names", async () => {
  const allowed = new Set(
    "type text xmlUrl description htmlUrl language title version category created".split(" "),
  );
  const attributes = (await fetchFeeds()).flatMap((feed) => Object.keys(feed));
  expect(attributes.filter((name) => !allowed.has(name))).toEqual([]);
});

test("[OPML 2.0 subscription lists] text, title, description, htmlUrl and language are the same as in each feed", async () => {
  await publish();
  const feeds = await fetchFeeds();
  const channels = await Promise.all(feeds.map(({ xmlUrl = "" }) => fetchChannel(xmlUrl)));
  expect(feeds.length).toBeGreaterThan(site.sections.length);
  expect(
    feeds.map(({ text, title, description, htmlUrl, language }) => ({
      text,
      title,
      description,
      htmlUrl,
      language,
    })),
  ).toEqual(
    channels.map((channel) => ({
      text: only(texts(channel, "title")),
      title: only(texts(channel, "title")),
      description: only(texts(channel, "description")),
      htmlUrl: only(texts(channel, "link")),
      language: only(texts(channel, "language")),
    })),
  );
});

test("[OPML 2.0 subscription lists] each xmlUrl is the address that the feed gives as its own", async () => {
  await publish();
  const urls = (await fetchFeeds()).map(({ xmlUrl = "" }) => xmlUrl);
  const channels = await Promise.all(urls.map((url) => fetchChannel(url)));
  const own = channels.map((channel) =>
    named(channel, ATOM_LINK)
      .filter(({ attributes }) => attributes["rel"] === "self")
      .map(({ attributes }) => attributes["href"]),
  );
  expect(own).toEqual(urls.map((url) => [url]));
});

test("[OPML 2.0 files] the list comes as text/x-opml in UTF-8, which its header field and its declaration name", async () => {
  const response = await get("/feeds.opml");
  expect(response.headers.get("Content-Type")).toBe("text/x-opml; charset=utf-8");
  expect(await response.text()).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>/i);
});

test("[OPML 2.0 files] a page links to the list with the list's media type", async () => {
  const page = await (await get("/", { "Sec-Fetch-Dest": "document" })).text();
  const link = /<link\b[^>]*rel="outline"[^>]*>/.exec(page)?.[0] ?? "";
  expect(link).toContain('type="text/x-opml"');
  expect(link).toContain(`href="${ORIGIN}/feeds.opml"`);
});
