/** What an isolate knows of KV, on a real namespace. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { type Edition, type VersionedValue, UNWRITTEN } from "../../../src/store/edition.ts";
import { KvCache } from "../../../src/store/read/kv-cache.ts";
import { articleKey, type Key, SITE_KEY, windowKey } from "../../../src/store/keys.ts";
import { faults, faulty } from "../../support/faulty-kv.ts";

const MEGABYTE = 1_000_000;
const NOW = Date.parse("2026-11-04T12:00:00Z");

function editionAt(sequence: number, epoch = "a1"): Edition {
  return { epoch, sequence, changed: NOW + sequence * 1000 };
}

/** Puts a value whose text is its epoch and sequence. */
async function write(key: Key, sequence: number, epoch?: string): Promise<void> {
  const metadata = editionAt(sequence, epoch);
  await env.ARTICLES.put(key, `${metadata.epoch}.${sequence}`, { metadata });
}

function held(sequence: number, epoch?: string): VersionedValue {
  const is = editionAt(sequence, epoch);
  return { edition: is, text: `${is.epoch}.${sequence}` };
}

async function ask(
  editions: KvCache,
  key: Key,
  now: number,
  kv = faulty(env.ARTICLES),
): Promise<VersionedValue> {
  const { edition: is, text } = await editions.latest(kv, key, now, () => undefined);
  return { edition: is, text };
}

/** A namespace whose reads find what is there at once (`found`), and answer only when they are let. */
function slow(): { kv: KVNamespace; found: Promise<void>; answer: () => void } {
  const found = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const kv = new Proxy(faulty(env.ARTICLES), {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (property !== "getWithMetadata" || typeof value !== "function") return value;
      return async (...args: unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(value, target, args);
        found.resolve();
        await gate.promise;
        return answer;
      };
    },
  });
  return { kv, found: found.promise, answer: gate.resolve };
}

const KEYS = ["a", "b", "c"].map(articleKey);

/** The same three keys, in an edition. */
function wanted(sequence: number, epoch: string) {
  return KEYS.map((key) => ({ key, edition: { epoch, sequence } }));
}

function put(key: Key, sequence: number): Promise<void> {
  const metadata: Edition = { epoch: "a1", sequence, changed: NOW + sequence * 1000 };
  return env.ARTICLES.put(key, `${key} ${sequence}`, { metadata });
}

describe("what an isolate knows of a key", () => {
  const KEY = windowKey("all");

  test("is read once within a second, and again when the second is over", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const first = await ask(editions, KEY, NOW);
    await write(KEY, 2);
    const within = await ask(editions, KEY, NOW + 999);
    const readsWithin = faults.reads.length;
    const after = await ask(editions, KEY, NOW + 1000);
    expect({ first, within, readsWithin, after, reads: faults.reads }).toEqual({
      first: held(1),
      within: held(1),
      readsWithin: 1,
      after: held(2),
      reads: [KEY, KEY],
    });
  });

  test("is read again when the clock was set back", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    await ask(editions, KEY, NOW);
    await write(KEY, 2);
    expect(await ask(editions, KEY, NOW - 60_000)).toEqual(held(2));
  });

  test("is kept for each key apart", async () => {
    const editions = new KvCache(MEGABYTE);
    const other = windowKey("section:politics");
    await write(KEY, 1);
    await write(other, 2);
    const keys: Key[] = [KEY, other, KEY, other];
    const found: VersionedValue[] = [];
    for (const key of keys) found.push(await ask(editions, key, NOW));
    expect({ found, reads: faults.reads }).toEqual({
      found: [held(1), held(2), held(1), held(2)],
      reads: [KEY, other],
    });
  });

  test("is read once for all who ask at the same time", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const found = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask(editions, KEY, NOW + index)),
    );
    expect(found).toEqual(Array.from({ length: 20 }, () => held(1)));
    expect(faults.reads).toEqual([KEY]);
  });

  test("serves the crowd that comes while it is being read anew, for another second and not while it is forgotten", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    await ask(editions, KEY, NOW);
    await write(KEY, 2);
    const { kv, found, answer } = slow();
    const first = ask(editions, KEY, NOW + 1000, kv);
    await found;
    const crowd = await Promise.all([ask(editions, KEY, NOW + 1000), ask(editions, KEY, NOW + 1999)]);
    const readsForCrowd = faults.reads.length;
    editions.forget(KEY);
    const afterForgetting = await ask(editions, KEY, NOW + 1000);
    answer();
    expect({ crowd, readsForCrowd, afterForgetting, first: await first }).toEqual({
      crowd: [held(1), held(1)],
      readsForCrowd: 2,
      afterForgetting: held(2),
      first: held(2),
    });
  });

  test("is that nothing was written, remembered for a quarter of a second", async () => {
    const editions = new KvCache(MEGABYTE);
    const nothing = { edition: UNWRITTEN, text: undefined };
    expect([await ask(editions, KEY, NOW), await ask(editions, KEY, NOW + 249)]).toEqual([nothing, nothing]);
    expect(faults.reads).toEqual([KEY]);
    await write(KEY, 1);
    expect(await ask(editions, KEY, NOW + 250)).toEqual(held(1));
  });

  test("is nothing where a value has no edition", async () => {
    await env.ARTICLES.put(KEY, "{}");
    expect(await ask(new KvCache(MEGABYTE), KEY, NOW)).toEqual({ edition: UNWRITTEN, text: undefined });
  });

  test("never goes back to an earlier edition of its epoch", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 5);
    await ask(editions, KEY, NOW);
    await write(KEY, 4);
    expect(await ask(editions, KEY, NOW + 1000)).toEqual(held(5));
    await write(KEY, 6);
    expect(await ask(editions, KEY, NOW + 2000)).toEqual(held(6));
  });

  test("becomes what another life of the ledger wrote, whatever its sequence", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 5, "a1");
    await ask(editions, KEY, NOW);
    await write(KEY, 1, "b2");
    expect(await ask(editions, KEY, NOW + 1000)).toEqual(held(1, "b2"));
  });

  test.each([KEY, SITE_KEY] as const)("stays when a replica doesn't find %s", async (key) => {
    const editions = new KvCache(MEGABYTE);
    await write(key, 1);
    await ask(editions, key, NOW);
    await env.ARTICLES.delete(key);
    expect(await ask(editions, key, NOW + 1000)).toEqual(held(1));
  });

  test("is gone when an article's key was deleted", async () => {
    const editions = new KvCache(MEGABYTE);
    const key = articleKey("harbour-bridge");
    await write(key, 1);
    await ask(editions, key, NOW);
    await env.ARTICLES.delete(key);
    expect(await ask(editions, key, NOW + 1000)).toEqual({ edition: UNWRITTEN, text: undefined });
  });

  test("is read again at once when it is forgotten", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    await ask(editions, KEY, NOW);
    await write(KEY, 2);
    editions.forget(KEY);
    expect(await ask(editions, KEY, NOW + 1)).toEqual(held(2));
  });

  test("doesn't go back to an earlier edition when it is forgotten", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 2);
    await ask(editions, KEY, NOW);
    await write(KEY, 1);
    editions.forget(KEY);
    expect(await ask(editions, KEY, NOW + 1)).toEqual(held(2));
  });

  test("is read again by those who ask after it was forgotten, while an earlier read is under way", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const { kv, found, answer } = slow();
    const early = ask(editions, KEY, NOW, kv);
    await found;
    await write(KEY, 2);
    editions.forget(KEY);
    const late = await ask(editions, KEY, NOW + 1);
    answer();
    await early;
    expect([late, await ask(editions, KEY, NOW + 2)]).toEqual([held(2), held(2)]);
  });

  test("is read again when a read from before it was forgotten comes in after", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const { kv, found, answer } = slow();
    const early = ask(editions, KEY, NOW, kv);
    await found;
    await write(KEY, 2);
    editions.forget(KEY);
    answer();
    await early;
    expect(await ask(editions, KEY, NOW + 1)).toEqual(held(2));
  });

  test("is not that a read failed: who asks next reads again", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const failing = new Proxy(env.ARTICLES, {
      get: () => () => Promise.reject(new Error("KV GET failed: 500")),
    });
    const failures = await Promise.allSettled([
      ask(editions, KEY, NOW, failing),
      ask(editions, KEY, NOW, failing),
    ]);
    expect(failures.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await ask(editions, KEY, NOW)).toEqual(held(1));
  });

  test("is read by a request for itself when another's read doesn't end", async () => {
    const editions = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const { kv, answer } = slow();
    const stuck = ask(editions, KEY, NOW, kv);
    const found = await ask(editions, KEY, NOW + 1);
    expect({ found, reads: faults.reads }).toEqual({ found: held(1), reads: [KEY, KEY] });
    answer();
    await stuck;
  });

  test("is kept alive by the request that reads it, for those who wait", async () => {
    await write(KEY, 1);
    const tasks: Promise<unknown>[] = [];
    const read = new KvCache(MEGABYTE).latest(env.ARTICLES, KEY, NOW, (task) => tasks.push(task));
    expect(tasks).toHaveLength(1);
    await Promise.all(tasks);
    expect(await read).toEqual(held(1));
  });

  describe("together with others", () => {
    test("is read only where it isn't at hand in the edition that is named, or a later one", async () => {
      const editions = new KvCache(MEGABYTE);
      const kv = faulty(env.ARTICLES);
      for (const key of KEYS) await put(key, 2);
      const reads = async (...[of, which, now]: Parameters<typeof editions.named>): Promise<string[]> => {
        faults.reads.length = 0;
        await editions.named(of, which, now);
        return [...faults.reads];
      };
      const epoch = "a1";
      expect([
        await reads(kv, wanted(2, epoch), NOW),
        await reads(kv, wanted(2, epoch), NOW + 3_600_000),
        await reads(kv, wanted(1, epoch), NOW),
        await reads(kv, [...wanted(2, epoch).slice(0, 2), ...wanted(3, epoch).slice(2)], NOW),
        await reads(kv, wanted(2, "other"), NOW),
      ]).toEqual([[KEYS.join()], [], [], [KEYS[2]], [KEYS.join()]]);
    });

    test("is read anew after a write through this isolate, even one during the read", async () => {
      const editions = new KvCache(MEGABYTE);
      const epoch = "a1";
      for (const key of KEYS) await put(key, 2);
      await editions.named(env.ARTICLES, wanted(2, epoch), NOW);
      await put(articleKey("b"), 3);
      editions.forget(articleKey("b"));
      const [, second] = await editions.named(env.ARTICLES, wanted(2, epoch), NOW);
      expect(second).toEqual({ key: "article:b", edition: editionAt(3), text: "article:b 3" });
      const fresh = new KvCache(MEGABYTE);
      const reading = fresh.named(env.ARTICLES, wanted(2, epoch), NOW);
      fresh.forget(articleKey("a"));
      await reading;
      await put(articleKey("a"), 4);
      expect((await fresh.named(env.ARTICLES, wanted(2, epoch), NOW))[0]?.text).toBe("article:a 4");
    });
  });

  test("stays within its bound of bytes, the longest unused leaving first", async () => {
    // Ten values of 1,000 UTF-16 units weigh 2,000 bytes each, and a little more for their keys.
    const editions = new KvCache(10_000);
    const keys = Array.from({ length: 10 }, (_, index) => articleKey(`a-${index}`));
    for (const key of keys) await env.ARTICLES.put(key, "x".repeat(1000), { metadata: editionAt(1) });
    for (const key of keys) await ask(editions, key, NOW);
    faults.reads.length = 0;
    await editions.named(
      faulty(env.ARTICLES),
      keys.map((key) => ({ key, edition: editionAt(1) })),
      NOW,
    );
    expect(faults.reads).toEqual([keys.slice(0, -4).join()]);
  });

  test("is given even where one value is beyond the bound", async () => {
    const text = "x".repeat(10_000);
    await env.ARTICLES.put(KEY, text, { metadata: editionAt(1) });
    expect(await ask(new KvCache(10_000), KEY, NOW)).toEqual({ edition: editionAt(1), text });
  });
});
