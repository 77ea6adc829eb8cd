/** Archive pages in a KV replica that lags: a page has arrived there, an article on it hasn't. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fetchDocument } from "../../support/reading/archive.ts";
import { act, at, get, settle, withdraw } from "../../support/newsroom.ts";
import { publishAll, series } from "../../support/stories/stories.ts";
import { putStored, stored } from "../../support/stored.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const PATHS = ["/archive/1/rss.xml", "/archive/1/atom.xml", "/archive/1/feed.json"];
const NOTE = "It was Tuesday.";

beforeEach(() => {
  at(NOW);
});

/** The status, the two validators and the caching of a response. */
async function headersOf(path: string): Promise<unknown[]> {
  const { status, headers } = await get(path);
  return [status, headers.get("ETag"), headers.get("Last-Modified"), headers.get("Cache-Control")];
}

const BRIEFLY = [200, null, null, "public, max-age=30"];

test("a page that is older than one of its articles has no validators: its tag names the earlier one", async () => {
  await publishAll(series("s", 51));
  const [old, tags] = [await stored("page:all:1"), await Promise.all(PATHS.map(headersOf))];
  await act("s-7", "correct", { correction: NOTE });
  await settle();
  const now = await stored("page:all:1");
  await putStored("page:all:1", old);
  startAnotherIsolate();
  for (const path of PATHS) {
    expect([path, await headersOf(path)]).toEqual([path, BRIEFLY]);
    expect(await (await get(path)).text()).toContain(NOTE);
  }
  await putStored("page:all:1", now);
  startAnotherIsolate();
  const later = await Promise.all(PATHS.map(headersOf));
  later.forEach(([status, tag], index) => {
    expect([status, tag]).toEqual([200, expect.stringMatching(/^W\//)]);
    expect(tag).not.toBe(tags[index]?.[1]);
  });
});

describe("a full page that is newer than the replica's version of one of its articles", () => {
  test("is shown incomplete for a moment, without validators, and complete when the replica has caught up", async () => {
    await publishAll(series("s", 51));
    const old = await stored("article:s-7");
    await act("s-7", "correct", { correction: NOTE });
    await settle();
    const [right, now] = [await Promise.all(PATHS.map(headersOf)), await stored("article:s-7")];
    await putStored("article:s-7", old);
    startAnotherIsolate();
    for (const path of PATHS) {
      expect([path, await headersOf(path)]).toEqual([path, BRIEFLY]);
      expect((await fetchDocument(path)).ids.length).toBe(50);
    }
    await putStored("article:s-7", now);
    expect(await Promise.all(PATHS.map(headersOf))).toEqual(right);
    for (const path of PATHS) expect(await (await get(path)).text()).toContain(NOTE);
  });

  test("leaves the article out when the replica doesn't have it yet, and shows it later", async () => {
    await publishAll(series("s", 51));
    const record = await stored("article:s-7");
    await env.ARTICLES.delete("article:s-7");
    startAnotherIsolate();
    for (const path of PATHS) {
      expect([path, await headersOf(path)]).toEqual([path, BRIEFLY]);
      expect((await fetchDocument(path)).ids).not.toContain("s-7");
    }
    await putStored("article:s-7", record);
    for (const path of PATHS) {
      expect((await headersOf(path))[1]).toMatch(/^W\//);
      expect((await fetchDocument(path)).ids).toContain("s-7");
    }
  });

  test("gets no tag until it is complete, even when it comes compressed", async () => {
    await publishAll(series("s", 51));
    const record = await stored("article:s-7");
    await env.ARTICLES.delete("article:s-7");
    startAnotherIsolate();
    const headers = { "Accept-Encoding": "gzip" };
    expect((await get("/archive/1/atom.xml", headers)).headers.get("ETag")).toBeNull();
    await putStored("article:s-7", record);
    const later = await get("/archive/1/atom.xml", headers);
    expect(later.headers.get("ETag")).not.toBeNull();
    expect(await later.text()).toContain("Story s-7<");
  });
});

test("a withdrawn article is on no page as soon as its record is gone, even if the page is older", async () => {
  await publishAll(series("s", 51));
  const page = await stored("page:all:1");
  await withdraw("s-7");
  await settle();
  await putStored("page:all:1", page);
  startAnotherIsolate();
  for (const path of PATHS) expect((await fetchDocument(path)).ids).not.toContain("s-7");
});

test("a page that can't be parsed is empty, and damages nothing else", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  vi.spyOn(console, "warn").mockReturnValue();
  await publishAll(series("s", 3));
  const { metadata } = await stored("page:all:1");
  await putStored("page:all:1", { value: '{"version":9}', metadata });
  startAnotherIsolate();
  expect((await fetchDocument("/archive/1/atom.xml")).ids).toEqual([]);
  expect((await fetchDocument("/atom.xml")).ids.length).toBe(3);
});
