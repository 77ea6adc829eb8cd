/** A window whose text the isolate had no room for, and which changed before a body was made of it. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { subscription } from "../../../src/public/feed-source.ts";
import { WHOLE } from "../../../src/feed/addresses.ts";
import { KvCache } from "../../../src/store/read/kv-cache.ts";
import { kvReads } from "../../../src/store/read/kv-reads.ts";
import { put, settle } from "../../support/newsroom.ts";
import { site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

/** The headlines of a feed that was found before the change and is loaded after it, and whether they are provisional. */
async function loadedAfter(change: () => Promise<unknown>): Promise<unknown> {
  await put("bridge", wire({ headline: "One" }));
  await settle();
  // Nothing is kept but editions.
  const reads = kvReads(env, new KvCache(1), () => undefined, Date.now());
  const source = await subscription(reads, site, "section:politics", WHOLE, Date.now());
  await change();
  const { window, isProvisional } = (await source?.load())?.() ?? {};
  return [window?.articles.map(({ headline }) => headline), isProvisional];
}

async function revise(): Promise<void> {
  await put("bridge", wire({ headline: "Two" }));
  await settle();
}

test("its body is provisional: no cache may keep it under the earlier edition", async () => {
  expect(await loadedAfter(revise)).toEqual([["Two"], true]);
});

test("its body is final where nothing changed", async () => {
  expect(await loadedAfter(settle)).toEqual([["One"], false]);
});
