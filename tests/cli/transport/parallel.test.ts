/** The number of requests under way at a time. */
import { deepEqual, equal } from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { folderOf, run } from "../run.ts";
import { createsAll, type Reply, startSite } from "../site.ts";

/** Holds requests until a number of them have arrived. */
function gather(size: number): () => Promise<void> {
  let gathered: (() => void)[] = [];
  return async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gathered.push(resolve);
    if (gathered.length === size) {
      for (const release of gathered) release();
      gathered = [];
    }
    await promise;
  };
}

function documents(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}.txt`, ""]));
}

for (const [title, args, atOnce] of [
  ["four requests are under way at a time", [], 4],
  ["--concurrency sets the number of requests under way at a time", ["--concurrency", "3"], 3],
] as const) {
  test(title, async (t) => {
    const together = gather(atOnce);
    const site = await startSite(t, async (request, index): Promise<Reply> => {
      await together();
      return createsAll(request, index);
    });
    const folder = await folderOf(t, documents(atOnce * 3));
    const { code } = await run(["publish", folder, "--to", site.origin, ...args]);
    equal(code, 0);
    equal(site.most.atOnce, atOnce);
    equal(site.received.length, atOnce * 3);
  });
}

function item(uri: string, headline: string): string {
  return JSON.stringify({ uri, headline });
}

/** Publishes five documents, and returns the four that were under way together and the one that waited. */
async function waiting(
  t: TestContext,
  files: Record<string, string>,
): Promise<{ together: string[]; last: string[] }> {
  const site = await startSite(t, async (request, index) => {
    if (index < 4) await site.have(4);
    return createsAll(request, index);
  });
  const { code } = await run(["publish", await folderOf(t, files), "--to", site.origin]);
  equal(code, 0);
  const bodies = site.received.map(({ body }) => body);
  return { together: bodies.slice(0, 4).toSorted(), last: bodies.slice(4) };
}

test("of two files with the same id the second waits for the first", async (t) => {
  const { together, last } = await waiting(t, {
    "1/same.txt": "same 1",
    "2/same.md": "same 2",
    "3/a.txt": "a",
    "3/b.txt": "b",
    "3/c.txt": "c",
  });
  deepEqual({ together, last }, { together: ["a", "b", "c", "same 1"], last: ["same 2"] });
});

test("of two ninjs items with the same uri the second waits for the first", async (t) => {
  const files = [item("a", "1"), item("a", "2"), item("b", ""), item("c", ""), item("d", "")];
  const { together, last } = await waiting(
    t,
    Object.fromEntries(files.map((content, index) => [`${index}.ninjs`, content])),
  );
  deepEqual({ together, last }, { together: files.filter((_, index) => index !== 1), last: [files[1]] });
});
