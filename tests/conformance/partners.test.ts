/** The feeds for SmartNews and Flipboard, by the partners' own documentation, and the properties of every partner's feed. */
import { beforeEach, expect, test } from "vitest";
import { JSON_TYPE } from "../support/stories/harbour-bridge.ts";
import { at, edit, get, settle } from "../support/newsroom.ts";
import { ORIGIN, site } from "../support/site.ts";
import { type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded";
const CREATOR = "{http://purl.org/dc/elements/1.1/}creator";
const MEDIA = "{http://search.yahoo.com/mrss/}";
const LINK = "{http://www.w3.org/2005/Atom}link";
const PARTNERS = ["smartnews", "msn", "flipboard"];
const HEADLINE = "The harbour bridge is open to everyone again";
const LONG = "Cars crossed the bridge at noon, and nobody looked back. ".repeat(8).trim();
const IMAGE = { url: "https://courier.example/bridge.jpg", width: 1200, height: 800 };

beforeEach(() => {
  at(Date.parse("2031-11-24T12:00:00Z"));
});

/** Uploads an article that every partner takes, with the given differences. @returns each partner's verdict */
async function publish(id: string, members: Record<string, unknown> = {}): Promise<Record<string, string>> {
  const document = {
    title: HEADLINE,
    summary: LONG,
    date_published: new Date(Date.now() - 3_600_000).toISOString(),
    sections: ["Politics"],
    content_text: LONG,
    authors: [{ name: "Ann Lee" }, { name: "Bo Ek" }],
    image: IMAGE,
    ...members,
  };
  const response = await edit("PUT", `/api/articles/${id}`, JSON.stringify(document), JSON_TYPE);
  if (!response.ok) throw new Error(await response.text());
  const { verdicts } = await response.json<{ verdicts: { id: string; verdict: string }[] }>();
  return Object.fromEntries(verdicts.map((one) => [one.id, one.verdict]));
}

async function fetchChannel(path: string): Promise<Element> {
  return only(named(parseXml(await (await get(path)).text()), "channel"));
}

async function fetchItems(path: string): Promise<Element[]> {
  return named(await fetchChannel(path), "item");
}

/** The ids of the articles in a feed, sorted. */
async function idsIn(path: string): Promise<string[]> {
  const guids = (await fetchItems(path)).map((item) => only(texts(item, "guid")));
  return guids.map((guid) => guid.slice(guid.lastIndexOf(":") + 1)).toSorted();
}

function withoutSpecial(item: Element): string[] {
  return item.children
    .map(({ name }) => name)
    .filter((name) => name !== "category" && name !== `${MEDIA}content`);
}

test.each(
  PARTNERS.flatMap((partner) =>
    ["", "/sections/politics", "/sections/business+politics", "/feeds/sea-and-harbour"].map(
      (home) => `${home}/${partner}.xml`,
    ),
  ),
)(
  "[RSS Profile atom:link] %s gives its own address, and no other feed's, in the feed and in its Link field",
  async (path) => {
    const response = await get(path);
    const channel = only(named(parseXml(await response.text()), "channel"));
    expect(named(channel, LINK).map(({ attributes }) => [attributes["rel"], attributes["href"]])).toEqual([
      ["self", `${ORIGIN}${path}`],
      ["hub", `${ORIGIN}/hub`],
    ]);
    expect(response.headers.get("Link")).toBe(`<${ORIGIN}/hub>; rel="hub", <${ORIGIN}${path}>; rel="self"`);
  },
);

test("[RSS 2.0] each partner's feed is RSS 2.0 in UTF-8, and names the site, its page and its language", async () => {
  await publish("bridge");
  for (const partner of PARTNERS) {
    const response = await get(`/${partner}.xml`);
    expect({ partner, found: response.headers.get("Content-Type") }).toEqual({
      partner,
      found: "application/rss+xml; charset=utf-8",
    });
    const root = parseXml(await response.text());
    const channel = only(named(root, "channel"));
    const about = ["title", "link", "language"].map((name) => only(texts(channel, name)));
    expect({ partner, found: [root.attributes["version"], ...about] }).toEqual({
      partner,
      found: ["2.0", site.title, `${ORIGIN}/`, "en"],
    });
  }
});

test("[Partner feeds, hard rules] an article is in a partner's feed unless the response to its upload said that the partner refuses it", async () => {
  const articles: Record<string, Record<string, unknown>> = {
    whole: {},
    short: { title: "Bridge opens" },
    long: { title: "Bridge ".repeat(30).trim() },
    markup: { title: "The harbour <b>bridge</b> is open again" },
    abstract: { summary: `<p>${LONG}</p>` },
    picture: { image: undefined },
    small: { image: { ...IMAGE, height: 499 } },
    unmeasured: { image: { url: IMAGE.url } },
    brief: { summary: "Open again.", content_text: "Cars crossed." },
    old: { date_published: "2001-02-03T04:05:06Z" },
    anonymous: { authors: [] },
  };
  const taken: Record<string, string[]> = { smartnews: [], msn: [], flipboard: [] };
  for (const [id, members] of Object.entries(articles)) {
    const verdicts = await publish(id, members);
    for (const partner of PARTNERS) if (verdicts[partner] !== "refuses") taken[partner]?.push(id);
  }
  await settle();
  for (const partner of PARTNERS) {
    expect({ partner, found: await idsIn(`/${partner}.xml`) }).toEqual({
      partner,
      found: taken[partner]?.toSorted(),
    });
  }
  expect(Object.values(taken).map(({ length }) => length)).toEqual([11, 6, 9]);
});

test("[SmartFormat 2.1 channel] the channel has a description of at most 30 characters, a publication date, and a ttl of 1 to 15 minutes", async () => {
  await publish("bridge");
  const channel = await fetchChannel("/smartnews.xml");
  expect([...only(texts(channel, "description"))].length).toBeLessThanOrEqual(30);
  expect(new Date(only(texts(channel, "pubDate"))).toUTCString()).toBe(only(texts(channel, "pubDate")));
  expect(only(texts(channel, "ttl"))).toMatch(/^(?:[1-9]|1[0-5])$/);
});

test("[SmartFormat 2.1 item] an item has one each of title, link, guid, pubDate, content:encoded, dc:creator, media:thumbnail and media:status", async () => {
  await publish("bridge");
  const item = only(await fetchItems("/smartnews.xml"));
  expect(withoutSpecial(item).toSorted()).toEqual(
    [
      "title",
      "link",
      "guid",
      "pubDate",
      "description",
      CONTENT,
      CREATOR,
      `${MEDIA}thumbnail`,
      `${MEDIA}status`,
    ].toSorted(),
  );
  const thumbnail = only(named(item, `${MEDIA}thumbnail`));
  const status = only(named(item, `${MEDIA}status`));
  expect([thumbnail.attributes, status.attributes, texts(item, CREATOR)]).toEqual([
    { url: IMAGE.url },
    { state: "active" },
    ["Ann Lee, Bo Ek"],
  ]);
});

test("[SmartFormat 2.1 media:status] a withdrawn article is a deleted item with its guid, without its words and without the reason", async () => {
  await publish("bridge");
  await publish("ferry", {
    title: "The ferry across the bay returns at last",
    summary: "Boats.",
    content_text: "Boats.",
    authors: [],
  });
  await settle();
  const before = await fetchItems("/smartnews.xml");
  const guid = before.flatMap((item) => texts(item, "guid")).find((one) => one.endsWith(":bridge"));
  await edit("DELETE", "/api/articles/bridge?reason=Misquoted");
  await settle();
  const text = await (await get("/smartnews.xml")).text();
  const items = named(only(named(parseXml(text), "channel")), "item");
  const states = items.map((item) => [
    only(texts(item, "guid")),
    only(named(item, `${MEDIA}status`)).attributes["state"],
  ]);
  expect(Object.fromEntries(states)[guid ?? ""]).toBe("deleted");
  expect(new Set(states.map(([, state]) => state))).toEqual(new Set(["active", "deleted"]));
  expect([HEADLINE, "Cars crossed", "Misquoted", "Ann Lee"].filter((words) => text.includes(words))).toEqual(
    [],
  );
});

test("[SmartFormat 2.1 media:status] an article that was reinstated is active again, once", async () => {
  await publish("bridge");
  await edit("DELETE", "/api/articles/bridge");
  await settle();
  await edit("POST", "/api/articles/bridge/reinstate");
  await settle();
  const item = only(await fetchItems("/smartnews.xml"));
  expect(named(item, `${MEDIA}status`).map(({ attributes }) => attributes)).toEqual([{ state: "active" }]);
});

test("[Flipboard item] an item has one each of title, link, description, pubDate, guid and dc:creator, and its picture as enclosure and media:content", async () => {
  const sound = { url: "https://courier.example/talk.mp3", mime_type: "audio/mpeg" };
  await publish("bridge", { attachments: [sound] });
  const item = only(await fetchItems("/flipboard.xml"));
  expect(withoutSpecial(item).toSorted()).toEqual(
    ["title", "link", "guid", "pubDate", "description", CONTENT, CREATOR, "enclosure"].toSorted(),
  );
  const { url, type } = only(named(item, "enclosure")).attributes;
  const content = only(named(item, `${MEDIA}content`)).attributes;
  expect([url, type, content["url"], content["width"]]).toEqual([IMAGE.url, "image/jpeg", IMAGE.url, "1200"]);
});

test("[Flipboard description] a description has 300 characters or more where the summary or the text has", async () => {
  await publish("summarised", { content_text: "Cars crossed." });
  await publish("told", { summary: "Open again." });
  await settle();
  const lengths = (await fetchItems("/flipboard.xml")).map((item) => only(texts(item, "description")).length);
  expect(lengths.filter((length) => length < 300)).toEqual([]);
  expect(lengths).toHaveLength(2);
});

test("[Flipboard] a withdrawn article has left its feed", async () => {
  await publish("bridge");
  await edit("DELETE", "/api/articles/bridge");
  await settle();
  expect(await idsIn("/flipboard.xml")).toEqual([]);
});
