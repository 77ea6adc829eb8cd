/** A window whose text the isolate had no room for, and which changed before a body was made of it. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { sectionFeed } from "../../../src/article/feed-id.ts";
import { WHOLE } from "../../../src/feed/addresses.ts";
import { subscription } from "../../../src/public/feed-source.ts";
import { KvCache } from "../../../src/store/read/kv-cache.ts";
import { kvReads } from "../../../src/store/read/kv-reads.ts";
import { put, settle } from "../../support/newsroom.ts";
import { site } from "../../support/site.ts";
import { putStored, stored } from "../../support/stored.ts";
import { wire } from "../../support/stories/wire.ts";

const KEYS = ["window:section:politics", "window:section:events"] as const;

/** The headlines of a feed that was found before the change and is loaded after it, and whether they are provisional. */
async function loadedAfter(feed: "politics" | "events+politics", change: () => Promise<unknown>) {
  await put("bridge", wire({ headline: "One", sections: "Events Politics" }));
  await settle();
  // Nothing is kept but editions.
  const reads = kvReads(env, new KvCache(1), () => undefined, Date.now());
  const source = await subscription(reads, site, sectionFeed(feed), WHOLE, Date.now());
  await change();
  const loaded = await source?.load();
  return [loaded?.decode().window.articles.map(({ headline }) => headline), loaded?.isProvisional];
}

async function revise(): Promise<void> {
  await put("bridge", wire({ headline: "Two", sections: "Events Politics" }));
  await settle();
}

/** Raises the sequence of a window's edition, as another replica would tell it. */
async function raise(key: (typeof KEYS)[number], by: number): Promise<void> {
  const { value, metadata } = await stored(key);
  await putStored(key, { value, metadata: { ...metadata, sequence: metadata.sequence + by } });
}

describe("its body", () => {
  test("is provisional: no cache may keep it under the earlier edition", async () => {
    expect(await loadedAfter("politics", revise)).toEqual([["Two"], true]);
  });

  test("is final where nothing changed", async () => {
    expect(await loadedAfter("politics", settle)).toEqual([["One"], false]);
  });

  test("is provisional where of a union’s windows one is newer and one older, though their sum is the same", async () => {
    const [one, other] = KEYS;
    await put("first", wire({ headline: "First", sections: "Events Politics" }));
    const loaded = await loadedAfter("events+politics", async () => {
      await raise(one, 1);
      await raise(other, -1);
    });
    expect(loaded[1]).toBe(true);
  });
});
