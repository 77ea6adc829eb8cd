/** Media RSS 1.5.1 and Feedly's `webfeeds` in the RSS feed, read by a strict namespace-aware XML parser. */
import { beforeEach, expect, test } from "vitest";
import { at, edit, get, put, settle } from "../support/newsroom.ts";
import { site } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";
import { type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const MEDIA = "{http://search.yahoo.com/mrss/}";
const WEBFEEDS = "{http://webfeeds.org/rss/1.0}";

const PICTURE = {
  url: "https://courier.example/bridge.jpg?w=1&h=2",
  alt: "The bridge at noon",
  credit: "J. Doe",
  width: 1200,
  height: 800,
};

beforeEach(() => {
  at(Date.parse("2031-11-24T12:00:00Z"));
});

async function putJson(id: string, members: Record<string, unknown>): Promise<void> {
  const document = {
    title: `About ${id}`,
    date_published: "2031-11-24T07:07:06Z",
    sections: ["Politics"],
    content_text: "Cars crossed the bridge at noon.",
    ...members,
  };
  const headers = { "Content-Type": "application/json" };
  const response = await edit("PUT", `/api/articles/${id}`, JSON.stringify(document), headers);
  if (!response.ok) throw new Error(await response.text());
}

async function fetchChannel(path = "/rss.xml"): Promise<Element> {
  return only(named(parseXml(await (await get(path)).text()), "channel"));
}

async function fetchItem(path = "/rss.xml"): Promise<Element> {
  return only(named(await fetchChannel(path), "item"));
}

/** The one media:content of the one item. */
async function fetchContent(path?: string): Promise<Element> {
  return only(named(await fetchItem(path), `${MEDIA}content`));
}

/** Every element of Media RSS in an element, however deep. */
function mediaIn(element: Element): Element[] {
  return element.children.flatMap((child) => [
    ...(child.name.startsWith(MEDIA) ? [child] : []),
    ...mediaIn(child),
  ]);
}

test("[Media RSS 1.5.1 namespace] the elements are in the namespace with its last slash, under the prefix that readers look for", async () => {
  await putJson("bridge", { image: PICTURE });
  const root = parseXml(await (await get("/rss.xml")).text());
  expect(root.attributes["xmlns:media"]).toBe("http://search.yahoo.com/mrss/");
  expect(mediaIn(root).length).toBeGreaterThan(0);
});

test("[Media RSS 1.5.1 media:content] an article's picture has its address, medium, type, width and height", async () => {
  await putJson("bridge", { image: PICTURE });
  expect((await fetchContent()).attributes).toEqual({
    url: PICTURE.url,
    medium: "image",
    type: "image/jpeg",
    width: "1200",
    height: "800",
  });
});

test("[Media RSS 1.5.1 media:content] an unknown property of a picture is left out, and not invented", async () => {
  await putJson("bridge", { image: { url: "https://courier.example/image/7" } });
  const { attributes, children } = await fetchContent();
  expect(attributes).toEqual({ url: "https://courier.example/image/7", medium: "image" });
  expect(children.map(({ name }) => name)).toEqual([`${MEDIA}thumbnail`]);
});

test("[Media RSS 1.5.1 media:content] the element stands directly in the item, once, with no media:group around it", async () => {
  await putJson("bridge", { image: PICTURE });
  const item = await fetchItem();
  const names = mediaIn(item).map(({ name }) => name.slice(MEDIA.length));
  expect(named(item, `${MEDIA}content`)).toHaveLength(1);
  expect(names.toSorted()).toEqual(["content", "credit", "description", "thumbnail"]);
});

test("[Media RSS 1.5.1 media:thumbnail] the element has the address of the picture, and no text", async () => {
  await putJson("bridge", { image: PICTURE });
  const { attributes, text, children } = only(named(await fetchContent(), `${MEDIA}thumbnail`));
  expect({ attributes, text, children }).toEqual({
    attributes: { url: PICTURE.url },
    text: "",
    children: [],
  });
});

test("[Media RSS 1.5.1 media:description] the element says in plain text what the picture shows", async () => {
  await putJson("bridge", { image: PICTURE });
  const { attributes, text } = only(named(await fetchContent(), `${MEDIA}description`));
  expect({ type: attributes["type"] ?? "plain", text }).toEqual({ type: "plain", text: PICTURE.alt });
});

test("[Media RSS 1.5.1 media:credit] the element has the picture's credit, in the default scheme", async () => {
  await putJson("bridge", { image: PICTURE });
  const { attributes, text } = only(named(await fetchContent(), `${MEDIA}credit`));
  expect({ scheme: attributes["scheme"] ?? "urn:ebu", text }).toEqual({ scheme: "urn:ebu", text: "J. Doe" });
});

test.each([
  ["markup", "</media:description><script>alert(1)</script> & co."],
  ["the end of a CDATA section", "]]> and ]]>]]>"],
  ["references", "&amp; &#x3C; &nbsp; &quot;"],
  ["quotes and angle brackets", `"double" 'single' <angle>`],
  ["emoji and Arabic", "🌊 👩‍🚀 سوق الميناء"],
])(
  "[Media RSS 1.5.1 media:description, media:credit] %s in a picture's texts reach the reader as they are",
  async (_what, words) => {
    await putJson("bridge", { image: { ...PICTURE, alt: words, credit: words } });
    const content = await fetchContent();
    expect([texts(content, `${MEDIA}description`), texts(content, `${MEDIA}credit`)]).toEqual([
      [words],
      [words],
    ]);
  },
);

test("[Media RSS 1.5.1 media:description, media:credit] an empty text makes no element", async () => {
  await putJson("bridge", { image: { ...PICTURE, alt: "", credit: "" } });
  expect((await fetchContent()).children.map(({ name }) => name)).toEqual([`${MEDIA}thumbnail`]);
});

test("[Media RSS 1.5.1] an article without a picture has no element of Media RSS, even beside an article with one", async () => {
  await put("plain", wire());
  await putJson("bridge", { image: PICTURE });
  await settle();
  const items = named(await fetchChannel(), "item");
  const found = items.map((item) => [only(texts(item, "title")), mediaIn(item).length > 0]);
  expect(Object.fromEntries(found)).toEqual({ "Harbour bridge reopens": false, "About bridge": true });
});

test.each([
  "/sections/politics/rss.xml",
  "/archive/1.1/rss.xml",
  "/rss.xml?content=summary",
  "/tags/harbour/rss.xml",
  "/flipboard.xml",
  "/msn.xml",
])("[Media RSS 1.5.1 media:content] the picture is in %s too", async (path) => {
  await putJson("bridge", { title: "The harbour bridge is open again", image: PICTURE, tags: ["harbour"] });
  await settle();
  expect((await fetchContent(path)).attributes["url"]).toBe(PICTURE.url);
});

test("[RSS Profile enclosure] an article's picture is Media RSS, and its sound is the one enclosure", async () => {
  const sound = { url: "https://courier.example/talk.mp3", mime_type: "audio/mpeg", size_in_bytes: 9 };
  await putJson("bridge", { image: PICTURE, attachments: [sound] });
  const item = await fetchItem();
  expect(named(item, "enclosure").map(({ attributes }) => attributes)).toEqual([
    { url: sound.url, type: "audio/mpeg", length: "9" },
  ]);
  expect(named(item, `${MEDIA}content`).map(({ attributes }) => attributes["medium"])).toEqual(["image"]);
});

test("[webfeeds] the channel has each of Feedly's elements at most once, before its items, and the colour has no hash", async () => {
  await putJson("bridge", { image: PICTURE });
  const { children } = await fetchChannel();
  const names = children.map(({ name }) => name);
  const own = names.filter((name) => name.startsWith(WEBFEEDS));
  expect(new Set(own).size).toBe(own.length);
  expect(names.lastIndexOf(own.at(-1) ?? "")).toBeLessThan(names.indexOf("item"));
  const colours = children.filter(({ name }) => name === `${WEBFEEDS}accentColor`).map(({ text }) => text);
  expect(colours).toEqual([site.accentColor]);
  expect(colours.join()).toMatch(/^[0-9a-f]{6}$/i);
});

test("[webfeeds] Feedly's elements are in the channel, and in no item", async () => {
  await putJson("bridge", { image: PICTURE });
  const { children } = await fetchItem();
  expect(children.filter(({ name }) => name.startsWith(WEBFEEDS))).toEqual([]);
});
