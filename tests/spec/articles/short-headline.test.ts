/** The short headline: its place in editors' answers, the effect of a change, and its place in a copy. */
import { beforeEach, expect, test } from "vitest";
import type { Draft } from "../../../src/article/article.ts";
import type { WriteRequest } from "../../../src/desk/messages.ts";
import { RIGHTS } from "../../../src/desk/principal.ts";
import { clear } from "../../support/clear.ts";
import { exported, importBody } from "../../support/stories/copies.ts";
import { membersOf } from "../../support/reading/json-schema.ts";
import { at, desk, edit, get, settle } from "../../support/newsroom.ts";
import { startAnotherIsolate } from "../../support/worker.ts";
import { only, parseXml, named, texts } from "../../support/reading/xml.ts";

const PUBLISHED = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;
const TITLE = "The harbour bridge is open to everyone again after four long months";
const SHORT_TITLE = "{http://schemas.ingestion.microsoft.com/common/}shortTitle";
const DRAFT: Draft = {
  sections: [{ id: "politics", title: "Politics" }],
  headline: TITLE,
  html: "<p>Cars crossed the bridge at noon.</p>",
  text: "Cars crossed the bridge at noon.",
  authors: [],
  tags: [],
  language: "en",
  attachments: [],
  published: PUBLISHED,
};
const ORDER: WriteRequest = {
  actor: { name: "EDITOR_TOKEN", rights: RIGHTS },
  preconditions: {},
  isDryRun: false,
};

beforeEach(() => {
  at(PUBLISHED + HOUR);
});

/** @returns what became of the draft, and which revision it is */
async function publish(draft: Partial<Draft>, isSilent = false): Promise<[string, number]> {
  const submission = {
    draft: { ...DRAFT, ...draft },
    id: "bridge",
    isDraft: false,
    isSilent,
    authority: "courier.example",
  };
  const outcome = await desk().publish(submission, ORDER);
  if (!outcome.ok) throw new Error(outcome.reason);
  await settle();
  return [outcome.change, outcome.article.revision];
}

async function fetchArticle(path = "/api/articles/bridge"): Promise<Record<string, unknown>> {
  return membersOf(await (await edit("GET", path)).json());
}

async function fetchShortTitles(): Promise<string[]> {
  const channel = only(named(parseXml(await (await get("/msn.xml")).text()), "channel"));
  return named(channel, "item").flatMap((item) => texts(item, SHORT_TITLE));
}

test("an article shows its short headline to editors, in each of its revisions, and to MSN", async () => {
  await publish({});
  await publish({ shortHeadline: "Harbour bridge opens" });
  expect((await fetchArticle())["shortHeadline"]).toBe("Harbour bridge opens");
  expect(await fetchArticle("/api/articles/bridge/revisions/1")).not.toHaveProperty("shortHeadline");
  expect(await fetchShortTitles()).toEqual(["Harbour bridge opens"]);
});

test("a new short headline alone makes a revision that readers see, and the same one makes none", async () => {
  const changes: [string, number, number][] = [];
  for (const shortHeadline of [undefined, "Bridge opens", "Bridge opens", "Bridge is open", undefined]) {
    at(Date.now() + HOUR);
    const [change, revision] = await publish({ shortHeadline });
    changes.push([change, revision, Date.parse(String((await fetchArticle())["updated"]))]);
  }
  const updated = changes.map(([, , time]) => time);
  expect(changes.map(([change, revision]) => [change, revision])).toEqual([
    ["created", 1],
    ["revised", 2],
    ["unchanged", 2],
    ["revised", 3],
    ["revised", 4],
  ]);
  expect(new Set(updated).size).toBe(4);
  expect(updated).toEqual(updated.toSorted((a, b) => a - b));
  expect(await fetchShortTitles()).toEqual([]);
});

test("a silent change of the short headline reaches MSN's feed, and no date moves", async () => {
  await publish({ shortHeadline: "Bridge opens" });
  const { updated } = await fetchArticle();
  at(Date.now() + HOUR);
  await publish({ shortHeadline: "Bridge is open" }, true);
  expect([(await fetchArticle())["updated"], await fetchShortTitles()]).toEqual([
    updated,
    ["Bridge is open"],
  ]);
});

test("an earlier revision comes back with its short headline", async () => {
  await publish({ shortHeadline: "Bridge opens" });
  await publish({});
  await edit("POST", "/api/articles/bridge/revisions/1/restore");
  expect(await fetchArticle()).toMatchObject({ revision: 3, shortHeadline: "Bridge opens" });
});

test("a copy keeps the short headlines of all revisions, to the byte", async () => {
  await publish({ shortHeadline: "Bridge opens" });
  await publish({ shortHeadline: "Bridge & quay open" });
  await publish({});
  const copy = await exported();
  const article = await fetchArticle("/api/articles/bridge/revisions/2");
  await clear();
  startAnotherIsolate();
  const { answers } = await importBody(copy);
  await settle();
  expect(answers.filter(({ problem }) => problem !== undefined)).toEqual([]);
  expect(await fetchArticle("/api/articles/bridge/revisions/2")).toEqual(article);
  expect(article["shortHeadline"]).toBe("Bridge & quay open");
  expect(await exported()).toBe(copy);
});

test("the API's description has the short headline, and requires it of no article", async () => {
  const { components } = membersOf(await (await get("/api/openapi.json")).json());
  const article = membersOf(membersOf(membersOf(components)["schemas"])["Article"]);
  expect(membersOf(article["properties"])["shortHeadline"]).toEqual({
    type: "string",
    description: expect.stringContaining("short_title"),
  });
  expect(article["required"]).not.toContain("shortHeadline");
});

test("MSN's feed holds a headline of more than 150 characters only beside a short one", async () => {
  const headline = `${TITLE}, `.repeat(3).slice(0, 151);
  const found: number[] = [];
  for (const shortHeadline of [undefined, "Bridge opens"]) {
    await publish({ headline, shortHeadline });
    const channel = only(named(parseXml(await (await get("/msn.xml")).text()), "channel"));
    found.push(named(channel, "item").length);
  }
  expect([headline.length, found]).toEqual([151, [0, 1]]);
});
