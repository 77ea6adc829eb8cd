/** An isolate's cache of KV, on a real namespace. */
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
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

function valueAt(sequence: number, epoch?: string): VersionedValue {
  const is = editionAt(sequence, epoch);
  return { edition: is, text: `${is.epoch}.${sequence}` };
}

async function ask(
  cache: KvCache,
  key: Key,
  now: number,
  kv = faulty(env.ARTICLES),
): Promise<VersionedValue> {
  const { edition: is, text } = await cache.latest(kv, key, now, () => undefined);
  return { edition: is, text };
}

function editionOf(cache: KvCache, key: Key, now: number): Edition | Promise<Edition> {
  return cache.edition(faulty(env.ARTICLES), key, now, () => undefined);
}

/** A namespace whose reads find a value at once (`found`), and answer only after a call of `answer`. */
function slow(): { kv: KVNamespace; found: Promise<void>; answer: () => void } {
  const found = Promise.withResolvers<void>();
  const permission = Promise.withResolvers<void>();
  const kv = new Proxy(faulty(env.ARTICLES), {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (property !== "getWithMetadata" || typeof value !== "function") return value;
      return async (...args: unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(value, target, args);
        found.resolve();
        await permission.promise;
        return answer;
      };
    },
  });
  return { kv, found: found.promise, answer: permission.resolve };
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

describe("a key's value in the cache", () => {
  const KEY = windowKey("all");

  test("is read once within a second, and again when the second is over", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const first = await ask(cache, KEY, NOW);
    await write(KEY, 2);
    const within = await ask(cache, KEY, NOW + 999);
    const readsWithin = faults.reads.length;
    const after = await ask(cache, KEY, NOW + 1000);
    expect({ first, within, readsWithin, after, reads: faults.reads }).toEqual({
      first: valueAt(1),
      within: valueAt(1),
      readsWithin: 1,
      after: valueAt(2),
      reads: [KEY, KEY],
    });
  });

  test("is read again when the clock was set back", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    await ask(cache, KEY, NOW);
    await write(KEY, 2);
    expect(await ask(cache, KEY, NOW - 60_000)).toEqual(valueAt(2));
  });

  test("is kept separately for each key", async () => {
    const cache = new KvCache(MEGABYTE);
    const other = windowKey("section:politics");
    await write(KEY, 1);
    await write(other, 2);
    const keys: Key[] = [KEY, other, KEY, other];
    const found: VersionedValue[] = [];
    for (const key of keys) found.push(await ask(cache, key, NOW));
    expect({ found, reads: faults.reads }).toEqual({
      found: [valueAt(1), valueAt(2), valueAt(1), valueAt(2)],
      reads: [KEY, other],
    });
  });

  test("is read once for all requests at the same time", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const found = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(cache, KEY, NOW + index)));
    expect(found).toEqual(Array.from({ length: 20 }, () => valueAt(1)));
    expect(faults.reads).toEqual([KEY]);
  });

  test("is read whole once for all requests at the same time, where its text had no room", async () => {
    const cache = new KvCache(1);
    await write(KEY, 1);
    await editionOf(cache, KEY, NOW);
    const found = await Promise.all(Array.from({ length: 20 }, () => ask(cache, KEY, NOW)));
    expect(found).toEqual(Array.from({ length: 20 }, () => valueAt(1)));
    expect(faults.reads).toEqual([KEY, KEY]);
  });

  test("is read whole anew after it is forgotten, where its text had no room", async () => {
    const cache = new KvCache(1);
    await write(KEY, 1);
    await editionOf(cache, KEY, NOW);
    const { kv, found, answer } = slow();
    const first = ask(cache, KEY, NOW, kv);
    await found;
    await write(KEY, 2);
    cache.forget(KEY);
    const afterForgetting = await ask(cache, KEY, NOW);
    answer();
    expect({ afterForgetting, first: await first }).toEqual({
      afterForgetting: valueAt(2),
      first: valueAt(1),
    });
  });

  test("is served for another second while a request reads it again, unless it is forgotten", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    await ask(cache, KEY, NOW);
    await write(KEY, 2);
    const { kv, found, answer } = slow();
    const first = ask(cache, KEY, NOW + 1000, kv);
    await found;
    const crowd = await Promise.all([ask(cache, KEY, NOW + 1000), ask(cache, KEY, NOW + 1999)]);
    const readsForCrowd = faults.reads.length;
    cache.forget(KEY);
    const afterForgetting = await ask(cache, KEY, NOW + 1000);
    answer();
    expect({ crowd, readsForCrowd, afterForgetting, first: await first }).toEqual({
      crowd: [valueAt(1), valueAt(1)],
      readsForCrowd: 2,
      afterForgetting: valueAt(2),
      first: valueAt(2),
    });
  });

  test("is missing for a quarter of a second where nothing was written", async () => {
    const cache = new KvCache(MEGABYTE);
    const nothing = { edition: UNWRITTEN, text: undefined };
    expect([await ask(cache, KEY, NOW), await ask(cache, KEY, NOW + 249)]).toEqual([nothing, nothing]);
    expect(faults.reads).toEqual([KEY]);
    await write(KEY, 1);
    expect(await ask(cache, KEY, NOW + 250)).toEqual(valueAt(1));
  });

  test("is missing where it has no edition", async () => {
    await env.ARTICLES.put(KEY, "{}");
    expect(await ask(new KvCache(MEGABYTE), KEY, NOW)).toEqual({ edition: UNWRITTEN, text: undefined });
  });

  test("never goes back to an earlier edition of its epoch", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 5);
    await ask(cache, KEY, NOW);
    await write(KEY, 4);
    expect(await ask(cache, KEY, NOW + 1000)).toEqual(valueAt(5));
    await write(KEY, 6);
    expect(await ask(cache, KEY, NOW + 2000)).toEqual(valueAt(6));
  });

  test("gives way to a value of another epoch, whatever its sequence", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 5, "a1");
    await ask(cache, KEY, NOW);
    await write(KEY, 1, "b2");
    expect(await ask(cache, KEY, NOW + 1000)).toEqual(valueAt(1, "b2"));
  });

  test.each([KEY, SITE_KEY] as const)("stays when a replica doesn't find %s", async (key) => {
    const cache = new KvCache(MEGABYTE);
    await write(key, 1);
    await ask(cache, key, NOW);
    await env.ARTICLES.delete(key);
    expect(await ask(cache, key, NOW + 1000)).toEqual(valueAt(1));
  });

  test("is gone when an article's key was deleted", async () => {
    const cache = new KvCache(MEGABYTE);
    const key = articleKey("harbour-bridge");
    await write(key, 1);
    await ask(cache, key, NOW);
    await env.ARTICLES.delete(key);
    expect(await ask(cache, key, NOW + 1000)).toEqual({ edition: UNWRITTEN, text: undefined });
  });

  test("of an article doesn't go back to an earlier edition where its key was gone meanwhile", async () => {
    const cache = new KvCache(MEGABYTE);
    const key = articleKey("harbour-bridge");
    const nothing = { edition: UNWRITTEN, text: undefined };
    await write(key, 6);
    await ask(cache, key, NOW);
    await env.ARTICLES.delete(key);
    await ask(cache, key, NOW + 1000);
    await write(key, 5);
    expect(await ask(cache, key, NOW + 2000)).toEqual(nothing);
    await write(key, 7);
    expect(await ask(cache, key, NOW + 3000)).toEqual(valueAt(7));
  });

  test("is read again at once when it is forgotten", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    await ask(cache, KEY, NOW);
    await write(KEY, 2);
    cache.forget(KEY);
    expect(await ask(cache, KEY, NOW + 1)).toEqual(valueAt(2));
  });

  test("doesn't go back to an earlier edition when it is forgotten", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 2);
    await ask(cache, KEY, NOW);
    await write(KEY, 1);
    cache.forget(KEY);
    expect(await ask(cache, KEY, NOW + 1)).toEqual(valueAt(2));
  });

  test("is read again by a request after it was forgotten, while an earlier read is under way", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const { kv, found, answer } = slow();
    const early = ask(cache, KEY, NOW, kv);
    await found;
    await write(KEY, 2);
    cache.forget(KEY);
    const late = await ask(cache, KEY, NOW + 1);
    answer();
    await early;
    expect([late, await ask(cache, KEY, NOW + 2)]).toEqual([valueAt(2), valueAt(2)]);
  });

  test("is read again when it was forgotten during the last read", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const { kv, found, answer } = slow();
    const early = ask(cache, KEY, NOW, kv);
    await found;
    await write(KEY, 2);
    cache.forget(KEY);
    answer();
    await early;
    expect(await ask(cache, KEY, NOW + 1)).toEqual(valueAt(2));
  });

  test("is read again by the next request when a read failed", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const failing = new Proxy(env.ARTICLES, {
      get: () => () => Promise.reject(new Error("KV GET failed: 500")),
    });
    const failures = await Promise.allSettled([ask(cache, KEY, NOW, failing), ask(cache, KEY, NOW, failing)]);
    expect(failures.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await ask(cache, KEY, NOW)).toEqual(valueAt(1));
  });

  test("is read by a second request when the first one's read doesn't end", async () => {
    const cache = new KvCache(MEGABYTE);
    await write(KEY, 1);
    const { kv, answer } = slow();
    const stuck = ask(cache, KEY, NOW, kv);
    const found = await ask(cache, KEY, NOW + 1);
    expect({ found, reads: faults.reads }).toEqual({ found: valueAt(1), reads: [KEY, KEY] });
    answer();
    await stuck;
  });

  test("is read in a task that the request keeps alive, for other requests that wait", async () => {
    await write(KEY, 1);
    const tasks: Promise<unknown>[] = [];
    const read = new KvCache(MEGABYTE).latest(env.ARTICLES, KEY, NOW, (task) => tasks.push(task));
    expect(tasks).toHaveLength(1);
    await Promise.all(tasks);
    expect(await read).toEqual(valueAt(1));
  });

  describe("where its text had no room", () => {
    const text = "x".repeat(10_000);
    test("is known by its edition, as the same object, without another read within the second", async () => {
      const cache = new KvCache(text.length);
      await env.ARTICLES.put(KEY, text, { metadata: editionAt(1) });
      const first = await editionOf(cache, KEY, NOW);
      faults.reads.length = 0;
      expect([cache.known(KEY, NOW + 999), editionOf(cache, KEY, NOW + 999)]).toEqual([
        editionAt(1),
        editionAt(1),
      ]);
      expect([cache.known(KEY, NOW + 999) === first, faults.reads]).toEqual([true, []]);
      expect(cache.known(KEY, NOW + 1000)).toBeUndefined();
      expect(await editionOf(cache, KEY, NOW + 1000)).toBe(first);
    });

    test("isn't read to its end when only its edition is asked for", async () => {
      const cache = new KvCache(text.length);
      await env.ARTICLES.put(KEY, text, { metadata: editionAt(1) });
      await editionOf(cache, KEY, NOW);
      const cancel = vi.spyOn(ReadableStream.prototype, "cancel");
      await editionOf(cache, KEY, NOW + 1000);
      expect(cancel).toHaveBeenCalledOnce();
    });

    test("is read again when it is asked for, in the edition that KV has by then", async () => {
      const cache = new KvCache(text.length);
      await env.ARTICLES.put(KEY, text, { metadata: editionAt(1) });
      await editionOf(cache, KEY, NOW);
      await env.ARTICLES.put(KEY, `${text}2`, { metadata: editionAt(2) });
      expect(await ask(cache, KEY, NOW)).toEqual({ edition: editionAt(2), text: `${text}2` });
      expect(cache.known(KEY, NOW)).toEqual(editionAt(2));
    });

    test("never goes back to an earlier edition, nor to none, whatever a replica has", async () => {
      const cache = new KvCache(text.length);
      const told: Edition[] = [];
      await env.ARTICLES.put(KEY, text, { metadata: editionAt(5) });
      told.push(await editionOf(cache, KEY, NOW));
      await env.ARTICLES.put(KEY, text, { metadata: editionAt(4) });
      told.push(await editionOf(cache, KEY, NOW + 1000));
      await env.ARTICLES.delete(KEY);
      told.push(await editionOf(cache, KEY, NOW + 2000));
      expect(told).toEqual([editionAt(5), editionAt(5), editionAt(5)]);
    });

    test("is still known by its edition while KV fails", async () => {
      const log = vi.spyOn(console, "error").mockReturnValue();
      const cache = new KvCache(text.length);
      await env.ARTICLES.put(KEY, text, { metadata: editionAt(1) });
      await editionOf(cache, KEY, NOW);
      faults.isReadFailing = () => true;
      expect(await editionOf(cache, KEY, NOW + 1000)).toEqual(editionAt(1));
      await expect(ask(cache, KEY, NOW + 1000)).rejects.toThrow("KV GET failed");
      expect(log).toHaveBeenCalledOnce();
    });
  });

  describe("in a bulk read", () => {
    test("is read only where the cache doesn't have the named edition, or a later one", async () => {
      const cache = new KvCache(MEGABYTE);
      const kv = faulty(env.ARTICLES);
      for (const key of KEYS) await put(key, 2);
      const reads = async (...[of, which, now]: Parameters<typeof cache.named>): Promise<string[]> => {
        faults.reads.length = 0;
        await cache.named(of, which, now);
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

    test("is read again after a write through this isolate, even after one during the read", async () => {
      const cache = new KvCache(MEGABYTE);
      const epoch = "a1";
      for (const key of KEYS) await put(key, 2);
      await cache.named(env.ARTICLES, wanted(2, epoch), NOW);
      await put(articleKey("b"), 3);
      cache.forget(articleKey("b"));
      const [, second] = await cache.named(env.ARTICLES, wanted(2, epoch), NOW);
      expect(second).toEqual({ key: "article:b", edition: editionAt(3), text: "article:b 3" });
      const fresh = new KvCache(MEGABYTE);
      const reading = fresh.named(env.ARTICLES, wanted(2, epoch), NOW);
      fresh.forget(articleKey("a"));
      await reading;
      await put(articleKey("a"), 4);
      expect((await fresh.named(env.ARTICLES, wanted(2, epoch), NOW))[0]?.text).toBe("article:a 4");
    });
  });

  test("is dropped when the cache exceeds its bytes, the longest unused first", async () => {
    // Ten values of 1,000 UTF-16 units weigh 2,000 bytes each, and a little more for their keys.
    const cache = new KvCache(10_000);
    const keys = Array.from({ length: 10 }, (_, index) => articleKey(`a-${index}`));
    for (const key of keys) await env.ARTICLES.put(key, "x".repeat(1000), { metadata: editionAt(1) });
    for (const key of keys) await ask(cache, key, NOW);
    faults.reads.length = 0;
    await cache.named(
      faulty(env.ARTICLES),
      keys.map((key) => ({ key, edition: editionAt(1) })),
      NOW,
    );
    expect(faults.reads).toEqual([keys.slice(0, -4).join()]);
  });

  test("is served even where it alone exceeds the cache's bytes", async () => {
    const text = "x".repeat(10_000);
    await env.ARTICLES.put(KEY, text, { metadata: editionAt(1) });
    expect(await ask(new KvCache(10_000), KEY, NOW)).toEqual({ edition: editionAt(1), text });
  });
});
