/** Windows of the release before this one: readers are served from them, and the Desk writes each in its present form. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { MAX_SUMMARY } from "../../../src/article/bounds.ts";
import { faults } from "../../support/faulty-kv.ts";
import { writeWholeWindows } from "../../support/ledgers/whole-windows.ts";
import { at, get, pending, put, settle, sweep } from "../../support/newsroom.ts";
import { feedTitles } from "../../support/reading/public.ts";
import { prose } from "../../support/stories/prose.ts";
import { publishAll, series, story } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const NOON = Date.parse("2031-11-25T12:00:00Z");
const WINDOWS = ["window:all", "window:section:politics"];
const PATHS = ["", "/sections/politics"].flatMap((home) =>
  ["rss.xml", "atom.xml", "feed.json", "flipboard.xml"].map((file) => `${home}/${file}`),
);

/** Every feed's answer, with what a reader compares. */
async function answers(): Promise<[string, string | null, string | null, string][]> {
  startAnotherIsolate();
  return Promise.all(
    PATHS.map(async (path) => {
      const { headers, text } = await read(path);
      return [path, headers.get("ETag"), headers.get("Last-Modified"), text];
    }),
  );
}

async function read(path: string): Promise<{ headers: Headers; text: string }> {
  const response = await get(path);
  return { headers: response.headers, text: await response.text() };
}

/** Every window as KV has it. */
async function windows() {
  return Promise.all(
    WINDOWS.map(async (key) => {
      const { value, metadata } = await env.ARTICLES.getWithMetadata<{ sequence: number }>(key);
      return { text: value ?? "", sequence: metadata?.sequence };
    }),
  );
}

/** Lets the Desk write to KV until nothing waits. @returns the windows that it wrote, in order */
async function upgrade(): Promise<string[]> {
  faults.writes.length = 0;
  for (let now = NOON + 60_000; now < NOON + 90_000; now += 2000) {
    at(now);
    await sweep();
  }
  await settle();
  expect(await pending()).toBe(0);
  return faults.writes.map(({ key }) => key).filter((key) => key.startsWith("window:"));
}

/**
 * Takes the newsroom back, has its windows written in their present form, and expects each to get another edition.
 * @param noted see `writeWholeWindows`
 * @returns how many articles the site's feed shows before and after
 */
async function upgradeAnew(noted?: Parameters<typeof writeWholeWindows>[0]): Promise<[number, number]> {
  await settle();
  await writeWholeWindows(noted);
  const before = await windows();
  const titles = await feedTitles();
  expect((await upgrade()).toSorted()).toEqual(WINDOWS);
  startAnotherIsolate();
  (await windows()).forEach(({ sequence = 0 }, index) => {
    expect(sequence).toBeGreaterThan(before[index]?.sequence ?? Infinity);
  });
  return [titles.length, (await feedTitles()).length];
}

describe("a window with whole texts", () => {
  test("gives the same feeds as one with excerpts, which takes its place without another edition", async () => {
    at(NOON);
    const stories = Array.from({ length: 12 }, (_, n) =>
      story(`s-${n}`, {
        content_text: prose(n, 40),
        ...(n % 2 === 0 && { summary: prose(n + 100, 1) }),
      }),
    );
    await publishAll(stories);
    await settle();
    const [served, written] = [await answers(), await windows()];
    await writeWholeWindows();
    const [servedFromWhole, whole] = [await answers(), await windows()];
    expect(servedFromWhole).toEqual(served);
    expect((await upgrade()).toSorted()).toEqual(WINDOWS);
    expect(await windows()).toEqual(written);
    expect(await answers()).toEqual(served);
    whole.forEach(({ text }, index) => {
      expect(written[index]?.text.length).toBeLessThan(text.length * 0.65);
    });
  }, 60_000);

  test("that ended early for its texts shows more, in another edition", async () => {
    at(NOON);
    const long = "The bridge is open. ".repeat(3000);
    await publishAll(series("s", 12, { content_text: long }));
    expect(await upgradeAnew()).toEqual([8, 12]);
  }, 60_000);

  test("that ended early by bytes, of which the ledger has the characters, shows more in another edition", async () => {
    at(NOON);
    await publishAll(series("s", 12, { content_text: "Мост открыт. ".repeat(2300) }));
    const [before, after] = await upgradeAnew((article) => JSON.stringify(article).length);
    expect([before < 12, after]).toEqual([true, 12]);
  }, 60_000);

  test("that ends early in its present form has another edition", async () => {
    at(NOON);
    // A feed of summaries in JSON has each of them twice, which the fourth release didn't count.
    await publishAll(series("s", 12, { summary: "&".repeat(MAX_SUMMARY / 2) }));
    const [before, after] = await upgradeAnew();
    expect([before, after < 12]).toEqual([12, true]);
  }, 60_000);

  test("that an article enters shows the others as before", async () => {
    at(NOON);
    await publishAll([story("a"), story("b", { content_text: prose(1, 40) })]);
    await settle();
    await writeWholeWindows();
    at(NOON + 60_000);
    await put("new", wire({ headline: "New", time: "2031-11-25T12:00:30Z" }));
    await settle();
    startAnotherIsolate();
    expect(await feedTitles()).toEqual(["New", "Story b", "Story a"]);
  });
});
