/** Work that several requests share, and that the first one may leave undone. */
import { expect, test, vi } from "vitest";
import { SharedWork } from "../../../src/store/read/shared-work.ts";

test("is done once for all who ask meanwhile, and again afterwards", async () => {
  const shared = new SharedWork<string, number>();
  const work = vi.fn<() => Promise<number>>().mockResolvedValueOnce(1).mockResolvedValueOnce(2);
  const found = await Promise.all([shared.share("a", work), shared.share("a", work)]);
  expect([found, await shared.share("a", work)]).toEqual([[1, 1], 2]);
});

test("is taken over by one of those who wait, where it never ends, and nothing of it is left", async () => {
  const shared = new SharedWork<string, number>();
  void shared.share("a", () => Promise.withResolvers<number>().promise);
  const { promise, resolve } = Promise.withResolvers<number>();
  const work = vi.fn<() => Promise<number>>(() => promise);
  const waits = vi.spyOn(scheduler, "wait");
  const found = Promise.all([1, 2, 3].map(() => shared.share("a", work)));
  // All three have waited for the first work, and two of them for that of the one that took it over.
  await vi.waitUntil(() => waits.mock.calls.length === 5, { timeout: 5000 });
  resolve(1);
  expect([await found, work.mock.calls.length, shared.has("a")]).toEqual([[1, 1, 1], 1, false]);
});

test("is begun anew once a second, by none who was served", async () => {
  const shared = new SharedWork<string, number>();
  const slow = Promise.withResolvers<number>();
  const work = vi.fn<() => Promise<number>>(() => slow.promise);
  const waits = vi.spyOn(scheduler, "wait");
  const found = Promise.all(Array.from({ length: 8 }, () => shared.share("a", work)));
  // Seven waited for the first work, six for the second one too.
  await vi.waitUntil(() => waits.mock.calls.length === 13, { timeout: 5000 });
  slow.resolve(1);
  await found;
  const areWaiting = waits.mock.calls.map(([, options]) => options?.signal?.aborted === false);
  expect([areWaiting.includes(true), work.mock.calls.length, shared.has("a")]).toEqual([false, 2, false]);
});

test("leaves a bounded number of undone work behind", () => {
  const shared = new SharedWork<number, never>();
  const names = Array.from({ length: 1100 }, (_, name) => name);
  for (const name of names) void shared.share(name, () => Promise.withResolvers<never>().promise);
  expect(names.filter((name) => shared.has(name))).toEqual(names.slice(100));
});
