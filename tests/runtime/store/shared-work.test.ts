/** Work that several requests share, and that the first one may leave undone. */
import { expect, test, vi } from "vitest";
import { SharedWork } from "../../../src/store/read/shared-work.ts";

test("is done once for all who ask meanwhile, and again afterwards", async () => {
  const shared = new SharedWork<string, number>();
  const work = vi.fn<() => Promise<number>>().mockResolvedValueOnce(1).mockResolvedValueOnce(2);
  const found = await Promise.all([shared.share("a", work), shared.share("a", work)]);
  expect([found, await shared.share("a", work)]).toEqual([[1, 1], 2]);
});

test("that fails, fails for all who ask meanwhile, and is done again afterwards", async () => {
  const shared = new SharedWork<string, number>();
  const failure = new Error("No answer");
  const work = vi.fn<() => Promise<number>>().mockRejectedValueOnce(failure).mockResolvedValueOnce(2);
  const found = await Promise.allSettled([shared.share("a", work), shared.share("a", work)]);
  const rejected = { status: "rejected", reason: failure };
  expect([found, await shared.share("a", work)]).toEqual([[rejected, rejected], 2]);
});

test("is taken over by one of those who wait, where it never ends, and nothing of it is left", async () => {
  const shared = new SharedWork<string, number>();
  void shared.share("a", () => Promise.withResolvers<number>().promise);
  const { promise, resolve } = Promise.withResolvers<number>();
  const work = vi.fn<() => Promise<number>>(() => promise);
  const waits = vi.spyOn(scheduler, "wait");
  const found = Promise.all([1, 2, 3].map(() => shared.share("a", work)));
  // All three have begun to wait for the first work, and two of them for that of the one that took it over.
  const begun = (): number => waits.mock.calls.filter(([milliseconds]) => milliseconds === 1).length;
  await vi.waitUntil(() => begun() === 5, { timeout: 5000 });
  resolve(1);
  expect([await found, work.mock.calls.length, shared.has("a")]).toEqual([[1, 1, 1], 1, false]);
});

test("is begun anew by one alone, and serves all who wait for the slow one or the new one", async () => {
  const shared = new SharedWork<string, number>();
  const [slow, anew] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
  const work = vi.fn<() => Promise<number>>(() => anew.promise).mockImplementationOnce(() => slow.promise);
  const found = Array.from({ length: 8 }, () => shared.share("a", work));
  await vi.waitUntil(() => work.mock.calls.length === 2, { timeout: 5000 });
  slow.resolve(1);
  // Whoever began it anew is the only one that still waits.
  const first = await Promise.all(found.map((each) => Promise.race([each, scheduler.wait(500)])));
  anew.resolve(2);
  expect(first.filter((result) => result === 1)).toHaveLength(7);
  expect((await Promise.all(found)).filter((result) => result === 2)).toHaveLength(1);
  expect([work.mock.calls.length, shared.has("a")]).toEqual([2, false]);
});

test("leaves a bounded number of undone work behind", () => {
  const shared = new SharedWork<number, never>();
  const names = Array.from({ length: 1100 }, (_, name) => name);
  for (const name of names) void shared.share(name, () => Promise.withResolvers<never>().promise);
  expect(names.filter((name) => shared.has(name))).toEqual(names.slice(100));
});
