/** Kept pictures in every format of a feed, in the partners' feeds and in sitemaps, beside the files that readers get. */
import { beforeEach, expect, test } from "vitest";
import { idOf, makePng } from "../support/pictures.ts";
import { act, at, edit, get, settle } from "../support/newsroom.ts";
import { ORIGIN } from "../support/site.ts";
import { ATOM, type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const MEDIA = "{http://search.yahoo.com/mrss/}";
const IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}";
const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
const TEXTS = { alt: 'The "new" bridge & <boats>', credit: "Ann & Co", caption: "A ramp at last ]]> 🌊" };
const SOUND = { url: "https://courier.example/talk.mp3", mime_type: "audio/mpeg", size_in_bytes: 9 };

beforeEach(() => {
  at(Date.parse("2031-11-24T12:00:00Z"));
});

/** Keeps a picture of a width; its address, and the addresses of its sizes. */
async function keep(
  width: number,
  shade = 128,
): Promise<{ id: string; url: string; sized: (width: number) => string }> {
  const png = await makePng(width, Math.round(width / 2), { shade });
  const response = await edit("POST", "/api/media", png, { "Content-Type": "image/png" });
  if (!response.ok) throw new Error(await response.text());
  const id = await idOf(png);
  return { id, url: `${ORIGIN}/media/${id}.png`, sized: (size) => `${ORIGIN}/media/${id}-${size}w.webp` };
}

async function publish(image: object, more: object = {}): Promise<void> {
  const document = {
    title: "The harbour bridge is open again",
    date_published: "2031-11-24T07:07:06Z",
    sections: ["Politics"],
    content_text: "Cars crossed the bridge at noon.",
    image,
    ...more,
  };
  const headers = { "Content-Type": "application/json" };
  const response = await edit("PUT", "/api/articles/bridge", JSON.stringify(document), headers);
  if (!response.ok) throw new Error(await response.text());
  await settle();
}

async function fetchItem(path = "/rss.xml"): Promise<Element> {
  const channel = only(named(parseXml(await (await get(path)).text()), "channel"));
  return only(named(channel, "item"));
}

async function fetchGroup(): Promise<Element> {
  return only(named(await fetchItem(), `${MEDIA}group`));
}

/** What a reader gets who follows an address: its type and its length. */
async function served(url: string): Promise<{ type: string | null; length: string }> {
  const response = await get(url.slice(ORIGIN.length));
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  const { byteLength } = await response.arrayBuffer();
  return { type: response.headers.get("Content-Type"), length: String(byteLength) };
}

test("[Media RSS 1.5.1 media:group] a kept picture is a group of its files, each with its address, length, type and measures as served", async () => {
  const { id, url, sized } = await keep(1600);
  await publish({ media: id, ...TEXTS });
  const files = named(await fetchGroup(), `${MEDIA}content`).map(({ attributes }) => attributes);
  expect(files.map(({ url: address, width, height }) => [address, width, height])).toEqual([
    [url, "1600", "800"],
    [sized(1200), "1200", "600"],
    [sized(400), "400", "200"],
  ]);
  const told = files.map(({ type = "", fileSize = "" }) => ({ type, length: fileSize }));
  expect(told).toEqual(await Promise.all(files.map(({ url: address = "" }) => served(address))));
  expect(files.map(({ medium }) => medium)).toEqual(["image", "image", "image"]);
});

test("[Media RSS 1.5.1 media:content isDefault] one file of the group is the default: the original", async () => {
  const { id, url } = await keep(1600);
  await publish({ media: id });
  const files = named(await fetchGroup(), `${MEDIA}content`).map(({ attributes }) => attributes);
  expect(files.flatMap(({ isDefault, url: address }) => (isDefault === "true" ? [address] : []))).toEqual([
    url,
  ]);
});

test("[Media RSS 1.5.1 media:group] a picture without smaller sizes has no group, which would need two files", async () => {
  const { id, url } = await keep(300);
  await publish({ media: id });
  const item = await fetchItem();
  const { attributes, children } = only(named(item, `${MEDIA}content`));
  expect(named(item, `${MEDIA}group`)).toEqual([]);
  const { type, length } = await served(url);
  expect(attributes).toEqual({ url, fileSize: length, medium: "image", type, width: "300", height: "150" });
  expect(children.map(({ attributes: own }) => own)).toEqual([{ url, width: "300", height: "150" }]);
});

test("[Media RSS 1.5.1 media:description, media:title, media:credit] a group has the caption, the alternative text and the credit once", async () => {
  const { id } = await keep(1600);
  await publish({ media: id, ...TEXTS });
  const group = await fetchGroup();
  const read = ["description", "title", "credit"].map((name) => texts(group, `${MEDIA}${name}`));
  expect(read).toEqual([[TEXTS.caption], [TEXTS.alt], [TEXTS.credit]]);
});

test("[Media RSS 1.5.1 media:thumbnail] the thumbnail is the smallest size, with its measures", async () => {
  const { id, sized } = await keep(1600);
  await publish({ media: id });
  expect(only(named(await fetchGroup(), `${MEDIA}thumbnail`)).attributes).toEqual({
    url: sized(400),
    width: "400",
    height: "200",
  });
});

test("[RSS 2.0 enclosure] a kept picture is the enclosure of an article without files, with the length and type that are served", async () => {
  const { id, url } = await keep(1600);
  await publish({ media: id });
  expect(named(await fetchItem(), "enclosure").map(({ attributes }) => attributes)).toEqual([
    { url, ...(await served(url)) },
  ]);
});

test("[RSS Profile enclosure] an item has one enclosure: its sound goes before its picture", async () => {
  const { id } = await keep(1600);
  await publish({ media: id }, { attachments: [SOUND] });
  const [enclosure, ...others] = named(await fetchItem(), "enclosure");
  expect([enclosure?.attributes["url"], others]).toEqual([SOUND.url, []]);
});

test("[RSS 2.0 enclosure] a picture elsewhere, whose length nobody knows, is no enclosure", async () => {
  await publish({ url: "https://courier.example/bridge.jpg", width: 1600, height: 900 });
  expect(named(await fetchItem(), "enclosure")).toEqual([]);
});

test("[RFC 4287 section 4.2.7.6] a kept picture is a link of the relation enclosure, after the article's files", async () => {
  const { id, url } = await keep(1600);
  await publish({ media: id }, { attachments: [SOUND] });
  const entry = only(named(parseXml(await (await get("/atom.xml")).text(), ATOM), "entry"));
  const links = named(entry, "link").filter(({ attributes }) => attributes["rel"] === "enclosure");
  expect(links.map(({ attributes }) => attributes)).toEqual([
    { rel: "enclosure", href: SOUND.url, type: "audio/mpeg", length: "9" },
    { rel: "enclosure", href: url, ...(await served(url)) },
  ]);
});

test("[JSON Feed 1.1 items image, banner_image] the image is as wide as a page, and the banner is the largest", async () => {
  const { id, url, sized } = await keep(1600);
  await publish({ media: id });
  const { items } = await (await get("/feed.json")).json<{ items: Record<string, unknown>[] }>();
  expect(items.map(({ image, banner_image }) => [image, banner_image])).toEqual([[sized(1200), url]]);
});

test("[JSON Feed 1.1 items banner_image] a picture elsewhere is the image alone", async () => {
  const url = "https://courier.example/bridge.jpg";
  await publish({ url });
  const { items } = await (await get("/feed.json")).json<{ items: Record<string, unknown>[] }>();
  expect(items.map(({ image, banner_image }) => [image, banner_image])).toEqual([[url, undefined]]);
});

test("[MSN, Feed content specifications] MSN's feed has the original, by itself", async () => {
  const { id, url } = await keep(1600);
  await publish({ media: id });
  const contents = named(await fetchItem("/msn.xml"), `${MEDIA}content`);
  expect(contents.map(({ attributes }) => attributes["url"])).toEqual([url]);
});

test("[MSN, Feed management FAQ] a changed picture has a new address", async () => {
  const [first, second] = [await keep(1600), await keep(1600, 9)];
  await publish({ media: first.id });
  expect((await act("bridge", "picture", { media: second.id })).status).toBe(200);
  await settle();
  const contents = named(await fetchItem("/msn.xml"), `${MEDIA}content`);
  expect(contents.map(({ attributes }) => attributes["url"])).toEqual([second.url]);
  expect(second.url).not.toBe(first.url);
});

test("[SmartFormat 2.1 media:thumbnail] SmartNews' feed has the size that is as wide as a page", async () => {
  const { id, sized } = await keep(1600);
  await publish({ media: id });
  const thumbnails = named(await fetchItem("/smartnews.xml"), `${MEDIA}thumbnail`);
  expect(thumbnails.map(({ attributes }) => attributes["url"])).toEqual([sized(1200)]);
});

test("[Flipboard RSS guidelines] Flipboard's feed has the original, as media:content and as the enclosure with its length", async () => {
  const { id, url } = await keep(1600);
  await publish({ media: id }, { summary: "Cars crossed the bridge at noon. ".repeat(12) });
  const item = await fetchItem("/flipboard.xml");
  const contents = named(item, `${MEDIA}content`).map(({ attributes }) => attributes["url"]);
  const enclosures = named(item, "enclosure").map(({ attributes }) => attributes);
  expect([contents, enclosures]).toEqual([[url], [{ url, ...(await served(url)) }]]);
});

test("a dry run judges a kept picture by the measures of its file", async () => {
  const { id } = await keep(900);
  const document = {
    title: "The harbour bridge is open again",
    date_published: "2031-11-24T07:07:06Z",
    sections: ["Politics"],
    content_text: "Cars crossed the bridge at noon.",
    image: { media: id },
  };
  const headers = { "Content-Type": "application/json" };
  const response = await edit("POST", "/api/articles?dry-run", JSON.stringify(document), headers);
  const text = await response.text();
  expect([response.status, text]).toEqual([
    200,
    expect.stringContaining("image is 900 pixels wide, needs 1200"),
  ]);
  expect(text).toContain("image has 450 pixels on its smallest side, needs 500");
});

async function imagesIn(path: string): Promise<string[][]> {
  const urls = named(parseXml(await (await get(path)).text(), SITEMAP), "url");
  return urls.map((url) => named(url, `${IMAGE}image`).map((image) => only(texts(image, `${IMAGE}loc`))));
}

test.each(["/sitemap-1.xml", "/news-sitemap.xml"])(
  "[Google, Image sitemaps] %s names the picture of an article, and follows its changes",
  async (path) => {
    const { id, url } = await keep(1600);
    await publish({ media: id });
    expect(await imagesIn(path)).toEqual([[url]]);
    await act("bridge", "picture", { url: "https://courier.example/bridge.jpg?a=1&b=2" });
    await settle();
    expect(await imagesIn(path)).toEqual([["https://courier.example/bridge.jpg?a=1&b=2"]]);
    await act("bridge", "picture", null);
    await settle();
    expect(await imagesIn(path)).toEqual([[]]);
    expect(await (await get(path)).text()).not.toContain("xmlns:image");
  },
);
