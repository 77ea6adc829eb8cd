/** RSS 2.0 and the RSS Advisory Board's Best Practices Profile, read by a strict namespace-aware XML parser. */
import { expect, test } from "vitest";
import { get, put, settle, until } from "../support/newsroom.ts";
import { ORIGIN, site } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";
import { type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const ATOM_LINK = "{http://www.w3.org/2005/Atom}link";
const DC_CREATOR = "{http://purl.org/dc/elements/1.1/}creator";
const CONTENT_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded";

async function fetchChannel(path = "/rss.xml"): Promise<Element> {
  return only(parseXml(await (await get(path)).text()).children);
}

async function fetchItem(path = "/rss.xml"): Promise<Element> {
  return only(named(await fetchChannel(path), "item"));
}

function about(channel: Element): Record<"title" | "link" | "description", string[]> {
  return {
    title: texts(channel, "title"),
    link: texts(channel, "link"),
    description: texts(channel, "description"),
  };
}

test("[RSS 2.0 rss] a feed is one rss element of version 2.0 with one channel", async () => {
  await put("harbour-bridge", wire());
  const root = parseXml(await (await get("/rss.xml")).text());
  expect({
    name: root.name,
    version: root.attributes["version"],
    children: root.children.map(({ name }) => name),
  }).toEqual({ name: "rss", version: "2.0", children: ["channel"] });
});

test("[RSS 2.0 channel] the site's feed carries the site's title, address and description", async () => {
  await put("harbour-bridge", wire());
  expect(about(await fetchChannel())).toEqual({
    title: [site.title],
    link: [`${ORIGIN}/`],
    description: [site.description],
  });
});

test("[RSS 2.0 channel] a declared section's feed carries a title, an address and a description of its own", async () => {
  await put("harbour-bridge", wire({ sections: "Human Rights" }));
  expect(about(await fetchChannel("/sections/human-rights/rss.xml"))).toEqual({
    title: ["Human Rights – The Alder Bay Courier"],
    link: [`${ORIGIN}/sections/human-rights`],
    description: [
      "Courts, custody, land and language: how people are treated by those with power over them.",
    ],
  });
});

test("[RSS 2.0 channel] an undeclared section's feed has its own title, address and description, made from its name", async () => {
  await put("harbour-bridge", wire({ sections: "Gardening" }));
  expect(about(await fetchChannel("/sections/gardening/rss.xml"))).toEqual({
    title: ["Gardening – The Alder Bay Courier"],
    link: [`${ORIGIN}/sections/gardening`],
    description: ["Gardening: the latest from The Alder Bay Courier."],
  });
});

test("[RSS 2.0 channel] a feed without articles is a channel with its required elements and no item", async () => {
  const channel = await fetchChannel("/sections/weather/rss.xml");
  expect({ ...about(channel), items: named(channel, "item") }).toEqual({
    title: ["Weather – The Alder Bay Courier"],
    link: [`${ORIGIN}/sections/weather`],
    description: [
      "Forecasts, warnings and sea conditions for Alder Bay, the Wendle valley and the Quillan Islands.",
    ],
    items: [],
  });
});

test("[RSS 2.0 language] the site's feed names the site's language", async () => {
  expect(texts(await fetchChannel(), "language")).toEqual(["en"]);
});

test("[RSS 2.0 language] the feed of a section in another language names that language", async () => {
  expect(texts(await fetchChannel("/sections/arabic/rss.xml"), "language")).toEqual(["ar"]);
});

test("[RSS 2.0 ttl] ttl is the number of minutes for which the response is fresh", async () => {
  const response = await get("/rss.xml");
  const seconds = /max-age=(\d+)/.exec(response.headers.get("Cache-Control") ?? "")?.[1];
  const channel = only(parseXml(await response.text()).children);
  expect(texts(channel, "ttl")).toEqual([String(Number(seconds) / 60)]);
});

test("[RSS 2.0 lastBuildDate] the channel was built when the response says that it was last modified", async () => {
  await put("harbour-bridge", wire());
  const response = await get("/rss.xml");
  const channel = only(parseXml(await response.text()).children);
  expect(texts(channel, "lastBuildDate")).toEqual([response.headers.get("Last-Modified")]);
});

test("[RSS 2.0 generator] the channel names the software that made it", async () => {
  expect(texts(await fetchChannel(), "generator")).toEqual(["Dateline"]);
});

test("[RSS 2.0 item] an item has exactly one each of title, link, guid, pubDate, description, body and creator", async () => {
  await put("harbour-bridge", wire());
  const item = await fetchItem();
  const counts = Map.groupBy(
    item.children.filter(({ name }) => name !== "category"),
    ({ name }) => name,
  );
  expect(Object.fromEntries(counts.entries().map(([name, list]) => [name, list.length]))).toEqual({
    title: 1,
    link: 1,
    guid: 1,
    pubDate: 1,
    description: 1,
    [CONTENT_ENCODED]: 1,
    [DC_CREATOR]: 1,
  });
});

test("[RSS 2.0 item] the link leads to the article's page on this site", async () => {
  await put("harbour-bridge", wire());
  expect(texts(await fetchItem(), "link")).toEqual([`${ORIGIN}/articles/harbour-bridge`]);
});

test("[RSS 2.0 item] items are newest first, by instant and not by the text of their times", async () => {
  await put("second", wire({ headline: "Second", time: "2026-11-04T09:30:00+02:00" }));
  await put("first", wire({ headline: "First", time: "2026-11-04T06:00:00-02:00" }));
  await put("third", wire({ headline: "Third", time: "2026-11-04T07:00:00Z" }));
  await settle();
  await until("/rss.xml", (body) => body.includes("Third"));
  const items = named(await fetchChannel(), "item");
  expect(items.flatMap((item) => texts(item, "title"))).toEqual(["First", "Second", "Third"]);
});

test("[RSS 2.0 guid] a guid is a tag URI and says that it is no permalink", async () => {
  await put("harbour-bridge", wire());
  const guid = only(named(await fetchItem(), "guid"));
  expect(guid.attributes).toEqual({ isPermaLink: "false" });
  expect(guid.text).toMatch(/^tag:courier\.example,\d{4}-\d{2}-\d{2}:harbour-bridge$/);
});

test("[RSS 2.0 guid] a revision with another headline, section and time keeps the guid", async () => {
  await put("harbour-bridge", wire());
  const before = texts(await fetchItem(), "guid");
  await put(
    "harbour-bridge",
    wire({ headline: "Bridge closes again", sections: "Events", time: "2026-11-05T07:00:00Z" }),
  );
  await settle();
  await until("/rss.xml", (body) => body.includes("Bridge closes again"));
  expect(texts(await fetchItem(), "guid")).toEqual(before);
});

test("[RSS 2.0 pubDate] the dateline's time is an RFC 822 date in GMT with a year of four digits", async () => {
  await put("harbour-bridge", wire({ time: "2026-11-04T00:07:06+01:00" }));
  expect(texts(await fetchItem(), "pubDate")).toEqual(["Tue, 03 Nov 2026 23:07:06 GMT"]);
});

test("[RSS 2.0 pubDate] a time before the year 1000 keeps a year of four digits", async () => {
  await put("harbour-bridge", wire({ time: "0987-11-04T07:07:06Z" }));
  expect(texts(await fetchItem(), "pubDate")).toEqual(["Sun, 04 Nov 0987 07:07:06 GMT"]);
});

test("[RSS 2.0 category] an item has a category for each of its sections, in their order, in the sections' domain", async () => {
  await put("harbour-bridge", wire({ sections: "Human Rights Gardening Politics" }));
  const categories = named(await fetchItem(), "category").map(({ attributes, text }) => ({
    domain: attributes["domain"],
    text,
  }));
  const domain = `${ORIGIN}/sections`;
  expect(categories).toEqual([
    { domain, text: "Human Rights" },
    { domain, text: "Gardening" },
    { domain, text: "Politics" },
  ]);
});

test("[RSS Profile character data] ampersands and angle brackets of a title are written as hexadecimal references", async () => {
  await put("harbour-bridge", wire({ headline: "R&D <or> not &amp; why" }));
  const text = await (await get("/rss.xml")).text();
  expect(text).toContain("<title>R&#x26;D &#x3C;or&#x3E; not &#x26;amp; why</title>");
});

test("[RSS Profile title] a title with markup reaches the reader as the plain text that it is", async () => {
  await put("harbour-bridge", wire({ headline: "R&D <or> not &amp; why" }));
  expect(texts(await fetchItem(), "title")).toEqual(["R&D <or> not &amp; why"]);
});

test("[RSS Profile description] a summary is escaped twice, since readers take the description for HTML", async () => {
  await put("harbour-bridge", wire({ summary: "Fish & chips <b>for</b> all, said &amp; done." }));
  expect(texts(await fetchItem(), "description")).toEqual([
    "Fish &amp; chips &lt;b&gt;for&lt;/b&gt; all, said &amp;amp; done.",
  ]);
});

test("[RSS Profile description] without a summary, the description is the whole of a short body, as escaped text on one line", async () => {
  await put("harbour-bridge", wire({ summary: "", body: "Fish & chips.\n\nMore <b>soon</b>." }));
  expect(texts(await fetchItem(), "description")).toEqual([
    "Fish &amp; chips. More &lt;b&gt;soon&lt;/b&gt;.",
  ]);
});

test("[RSS Profile description] without a summary, the description of a long body is cut at the first word that reaches 300 characters", async () => {
  const body = Array.from({ length: 100 }, (_, index) => `word${index}`).join(" ");
  await put("harbour-bridge", wire({ summary: "", body }));
  const description = texts(await fetchItem(), "description").join("");
  const shown = description.replace(/…$/, "");
  expect(description).toMatch(/ word\d+…$/);
  expect(shown.length).toBeGreaterThanOrEqual(300);
  expect(shown.lastIndexOf(" ")).toBeLessThan(300);
  expect(body.startsWith(`${shown} `)).toBe(true);
});

test("[RSS Profile content:encoded] the element holds the whole body as HTML", async () => {
  await put("harbour-bridge", wire({ body: "Cars & <i>vans</i> ]]> crossed.\n\nAt noon." }));
  expect(texts(await fetchItem(), CONTENT_ENCODED)).toEqual([
    "<p>Cars &amp; &lt;i&gt;vans&lt;/i&gt; ]]&gt; crossed.</p>\n<p>At noon.</p>",
  ]);
});

test("[RSS Profile content:encoded] the description precedes it, with a summary and without", async () => {
  await put("with", wire({ headline: "With a summary" }));
  await put("without", wire({ headline: "Without a summary", summary: "" }));
  await settle();
  await until("/rss.xml", (body) => body.includes("Without a summary"));
  const orders = named(await fetchChannel(), "item").map(({ children }) =>
    children.map(({ name }) => name).filter((name) => name === "description" || name === CONTENT_ENCODED),
  );
  expect(orders).toEqual([
    ["description", CONTENT_ENCODED],
    ["description", CONTENT_ENCODED],
  ]);
});

test("[RSS Profile dc:creator] an article without a byline names the publisher, in one element", async () => {
  await put("harbour-bridge", wire());
  expect(texts(await fetchItem(), DC_CREATOR)).toEqual(["The Alder Bay Courier"]);
});

test.each(["/rss.xml", "/sections/politics/rss.xml", "/sections/gardening/rss.xml"])(
  "[RSS Profile atom:link] the feed at %s has exactly one link that gives its own address",
  async (path) => {
    await put("harbour-bridge", wire({ sections: "Politics Gardening" }));
    const links = named(await fetchChannel(path), ATOM_LINK).map(({ attributes }) => attributes);
    expect(links.filter(({ rel }) => rel === "self")).toEqual([
      { href: `${ORIGIN}${path}`, rel: "self", type: "application/rss+xml" },
    ]);
  },
);

test("[RSS Profile namespaces] a feed without articles declares the same namespaces as one with articles", async () => {
  const empty = parseXml(await (await get("/rss.xml")).text());
  await put("harbour-bridge", wire());
  const filled = parseXml(await (await get("/rss.xml")).text());
  const expected = {
    version: "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:webfeeds": "http://webfeeds.org/rss/1.0",
  };
  expect([empty.attributes, filled.attributes]).toEqual([expected, expected]);
});

test("[RSS Profile media type] a feed comes as application/rss+xml in UTF-8", async () => {
  expect((await get("/rss.xml")).headers.get("Content-Type")).toBe("application/rss+xml; charset=utf-8");
});

test("[XML 1.0 4.3.3] a feed declares the encoding in which it comes", async () => {
  expect(await (await get("/rss.xml")).text()).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>/i);
});
