/**
 * The feed for MSN Partner Hub: "MSN feed item metadata requirements", "MSN content expiration and takedown rules", "Feed
 * content specifications in MSN Partner Hub".
 */
import { beforeEach, expect, test } from "vitest";
import { at, edit, get, settle } from "../support/newsroom.ts";
import { type Element, named, only, parseXml, texts } from "../support/reading/xml.ts";

const TERMS = "{http://purl.org/dc/terms/}";
const CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded";
const HEADLINE = "The harbour bridge is open to everyone again";
const PUBLISHED = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => {
  at(PUBLISHED + HOUR);
});

/** @returns MSN's verdict on the article */
async function publish(id: string, members: Record<string, unknown> = {}, query = ""): Promise<string> {
  const document = {
    title: HEADLINE,
    summary: "Fish & chips for all.",
    date_published: new Date(PUBLISHED).toISOString(),
    sections: ["Politics"],
    content_text: "Cars crossed the bridge at noon.",
    ...members,
  };
  const headers = { "Content-Type": "application/json" };
  const response = await edit("PUT", `/api/articles/${id}${query}`, JSON.stringify(document), headers);
  if (!response.ok) throw new Error(await response.text());
  const { verdicts } = await response.json<{ verdicts: { id: string; verdict: string }[] }>();
  await settle();
  return verdicts.find((verdict) => verdict.id === "msn")?.verdict ?? "";
}

async function fetchItems(path = "/msn.xml"): Promise<Element[]> {
  return named(only(named(parseXml(await (await get(path)).text()), "channel")), "item");
}

async function titles(path?: string): Promise<string[]> {
  return (await fetchItems(path)).flatMap((item) => texts(item, "title"));
}

test("[MSN required elements] an article has one guid, title, link, pubDate in the past, body and abstract in plain text", async () => {
  await publish("bridge", { summary: "Fish & chips, said 3 > 2 people." });
  const item = only(await fetchItems());
  const counts = ["guid", "title", "link", "pubDate", "description", CONTENT, `${TERMS}modified`].map(
    (name) => named(item, name).length,
  );
  expect(counts).toEqual(counts.map(() => 1));
  expect(texts(item, "description")).toEqual(["Fish & chips, said 3 > 2 people."]);
  expect(texts(item, CONTENT)).toEqual(["<p>Cars crossed the bridge at noon.</p>"]);
  expect(Date.parse(only(texts(item, "pubDate")))).toBeLessThanOrEqual(Date.now());
});

test("[MSN title] titles of 20 and of 150 characters are taken, and titles of 19 and of 151 are not", async () => {
  const verdicts: Record<string, string> = {};
  for (const length of [19, 20, 150, 151]) {
    verdicts[length] = await publish(`length-${length}`, { title: "é".repeat(length) });
  }
  expect(verdicts).toMatchObject({ 19: "refuses", 151: "refuses" });
  expect((await titles()).map((title) => title.length).toSorted((a, b) => a - b)).toEqual([20, 150]);
});

test("[MSN images] an article without a picture is taken with a warning, and a picture in its body is enough", async () => {
  const picture = '<p>At noon.</p><img src="https://courier.example/bridge.jpg" alt="The bridge">';
  const verdicts = [
    await publish("none"),
    await publish("own", { image: "https://courier.example/bridge.jpg" }),
    await publish("in-body", { content_text: undefined, content_html: picture }),
  ];
  expect(verdicts).toEqual(["warns", "accepts", "accepts"]);
  expect(await titles()).toEqual([HEADLINE, HEADLINE, HEADLINE]);
});

test("[MSN updates] a revision that readers should see moves dcterms:modified under the same guid, a silent one doesn't", async () => {
  const seen: string[][] = [];
  const look = async (): Promise<void> => {
    const item = only(await fetchItems());
    seen.push(["guid", "pubDate", `${TERMS}modified`].map((name) => only(texts(item, name))));
  };
  await publish("bridge");
  await look();
  await publish("bridge", { title: "The harbour bridge is closed to everyone again" });
  await look();
  await publish("bridge", { title: "The harbour bridge is closed to everyone, again" }, "?silent");
  await look();
  const [first, second, third] = seen;
  expect(second?.slice(0, 2)).toEqual(first?.slice(0, 2));
  expect(Date.parse(second?.[2] ?? "")).toBeGreaterThan(Date.parse(first?.[2] ?? ""));
  expect(third).toEqual(second);
});

test("[MSN updates] ids and dates are the same at every poll of a feed that didn't change", async () => {
  await publish("bridge");
  const first = await (await get("/msn.xml")).text();
  at(Date.now() + 3 * DAY);
  expect(await (await get("/msn.xml")).text()).toBe(first);
});

test("[MSN expiration] an article that expires has its end in dcterms:valid, others have none", async () => {
  await publish("offer", { expires: "2031-12-24T12:00:00Z" });
  await publish("bridge");
  const valid = (await fetchItems()).map((item) => [
    only(texts(item, "guid")).split(":").at(-1),
    texts(item, `${TERMS}valid`),
  ]);
  expect(Object.fromEntries(valid)).toEqual({ offer: ["2031-12-24T12:00:00.000Z"], bridge: [] });
});

test("[MSN takedown] a withdrawn article is an expired item with its guid, without its words and without the reason", async () => {
  await publish("bridge");
  const [guid] = texts(only(await fetchItems()), "guid");
  await edit("DELETE", "/api/articles/bridge?reason=Misquoted");
  await settle();
  const text = await (await get("/msn.xml")).text();
  const item = only(await fetchItems());
  expect(texts(item, "guid")).toEqual([guid]);
  expect(Date.parse(only(texts(item, `${TERMS}valid`)))).toBeLessThanOrEqual(Date.now());
  expect([HEADLINE, "Cars crossed", "Fish", "Misquoted"].filter((words) => text.includes(words))).toEqual([]);
});

test("[MSN language] a feed has one language: an Arabic article is in the Arabic section's feed, and not in the English one", async () => {
  const title = "سوق الميناء يعود إلى الميناء بعد غياب طويل";
  await publish("market", { title, sections: ["العربية"] });
  await publish("bridge");
  expect([await titles(), await titles("/sections/arabic/msn.xml")]).toEqual([[HEADLINE], [title]]);
});

test("[MSN age] an old article leaves the feed when a new day begins, and the feed's entity tag changes with it", async () => {
  await publish("bridge");
  at(PUBLISHED + 364 * DAY);
  const before = await get("/msn.xml");
  const tag = before.headers.get("ETag") ?? "";
  expect(await titles()).toEqual([HEADLINE]);
  at(PUBLISHED + 364 * DAY + 11 * HOUR);
  expect((await get("/msn.xml", { "If-None-Match": tag })).status).toBe(304);
  at(PUBLISHED + 366 * DAY);
  const after = await get("/msn.xml", { "If-None-Match": tag });
  expect([after.status, after.headers.get("ETag") === tag, await titles()]).toEqual([200, false, []]);
});

test("[MSN age] an article that is 365 days old has left the feed, at any hour of the day", async () => {
  await publish("bridge");
  for (const hours of [0, 1, 6, 11]) {
    at(PUBLISHED + 365 * DAY + hours * HOUR);
    expect({ when: `${hours} hours after 365 days`, found: await titles() }).toEqual({
      when: `${hours} hours after 365 days`,
      found: [],
    });
  }
});

test("[MSN age] the feed leaves out an old article as soon as the response to its upload says that MSN refuses it", async () => {
  await publish("bridge");
  at(PUBLISHED + 365 * DAY + 6 * HOUR);
  const verdict = await publish("bridge", { summary: "Open again." });
  expect([verdict, await titles()]).toEqual(["refuses", []]);
});

test("[RFC 9110 8.8.2, 13.1.3] a reader that polls by If-Modified-Since alone learns that an old article has left the feed", async () => {
  await publish("bridge");
  at(PUBLISHED + 364 * DAY);
  const since = (await get("/msn.xml")).headers.get("Last-Modified");
  at(PUBLISHED + 366 * DAY);
  const headers: Record<string, string> = since === null ? {} : { "If-Modified-Since": since };
  expect((await get("/msn.xml", headers)).status).toBe(200);
});
