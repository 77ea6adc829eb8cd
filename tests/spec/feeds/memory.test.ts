/** The isolate cache: a hot feed is read and rendered once a second. */
import { Feed } from "feed";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { faults } from "../../support/faulty-kv.ts";
import { at, get, put, request, settle } from "../../support/newsroom.ts";
import { publishAll, series } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

/** The number of times that the package rendered since the test began. */
let renderings: { rss: number; atom: number; json: number };

function count(method: "rss2" | "atom1" | "json1", format: keyof typeof renderings): void {
  const real = Feed.prototype[method];
  vi.spyOn(Feed.prototype, method).mockImplementation(function counted(this: Feed) {
    renderings[format]++;
    return real.call(this);
  });
}

beforeEach(() => {
  at(NOW);
  renderings = { rss: 0, atom: 0, json: 0 };
  count("rss2", "rss");
  count("atom1", "atom");
  count("json1", "json");
});

describe("within a second, a hot feed", () => {
  test("is read once and rendered once in each format, however often it is polled", async () => {
    await put("bridge", wire());
    faults.reads.length = 0;
    for (let round = 0; round < 5; round++) {
      for (const path of ["/rss.xml", "/atom.xml", "/feed.json"]) {
        const first = await get(path);
        const again = await get(path, { "If-None-Match": first.headers.get("ETag") ?? "" });
        expect([path, first.status, again.status]).toEqual([path, 200, 304]);
      }
    }
    expect(faults.reads).toEqual(["window:all"]);
    expect(renderings).toEqual({ rss: 1, atom: 1, json: 1 });
  });

  test("is read and rendered once for simultaneous requests", async () => {
    await put("bridge", wire());
    faults.reads.length = 0;
    const bodies = await Promise.all(Array.from({ length: 20 }, async () => (await get("/rss.xml")).text()));
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain("Harbour bridge reopens");
    expect(faults.reads).toEqual(["window:all"]);
    expect(renderings.rss).toBe(1);
  });

  test("is rendered and compressed once for simultaneous requests in gzip", async () => {
    await put("bridge", wire());
    let compressions = 0;
    class Counted extends CompressionStream {
      constructor(format: "gzip") {
        super(format);
        compressions++;
      }
    }
    vi.stubGlobal("CompressionStream", Counted);
    onTestFinished(() => void vi.unstubAllGlobals());
    const bodies = await Promise.all(
      Array.from({ length: 20 }, async () => (await get("/atom.xml", { "Accept-Encoding": "gzip" })).text()),
    );
    expect(new Set(bodies).size).toBe(1);
    expect([renderings.atom, compressions]).toEqual([1, 1]);
  });

  test("has an archive page whose articles are read once for simultaneous requests", async () => {
    await publishAll(series("s", 60));
    faults.reads.length = 0;
    await Promise.all(Array.from({ length: 20 }, async () => (await get("/archive/1/rss.xml")).text()));
    expect(faults.reads.flatMap((keys) => keys.split(","))).toHaveLength(51);
    expect(renderings.rss).toBe(1);
  });

  test("shows a write through the same isolate at the next request", async () => {
    expect(await (await get("/sections/politics/rss.xml")).text()).not.toContain("Harbour bridge reopens");
    await put("bridge", wire());
    expect(await (await get("/sections/politics/rss.xml")).text()).toContain("Harbour bridge reopens");
  });
});

test("a second later the feed is read again, and rendered again only if it changed", async () => {
  await put("bridge", wire());
  await get("/rss.xml");
  faults.reads.length = 0;
  vi.setSystemTime(NOW + 1000);
  await get("/rss.xml");
  expect(faults.reads).toEqual(["window:all"]);
  expect(renderings.rss).toBe(1);
  await put("bridge", wire({ headline: "Bridge shut" }));
  await settle();
  expect(await (await get("/rss.xml")).text()).toContain("Bridge shut");
  expect(renderings.rss).toBe(2);
});

test("a 304 and a HEAD render nothing", async () => {
  await put("bridge", wire());
  const head = await request("/atom.xml", { method: "HEAD" });
  const tag = head.headers.get("ETag") ?? "";
  expect((await get("/atom.xml", { "If-None-Match": tag })).status).toBe(304);
  expect(renderings.atom).toBe(0);
});

describe("while KV can't be read", () => {
  test("a reader gets the last known feed", async () => {
    await put("bridge", wire());
    await get("/rss.xml");
    const log = vi.spyOn(console, "error").mockReturnValue();
    faults.isReadFailing = () => true;
    vi.setSystemTime(NOW + 5000);
    const response = await get("/rss.xml");
    expect([response.status, (await response.text()).includes("Harbour bridge reopens")]).toEqual([
      200,
      true,
    ]);
    expect(log.mock.calls).toEqual([
      [JSON.stringify({ event: "kv-read-failed", key: "window:all", reason: "Error: KV GET failed: 500" })],
    ]);
  });

  test("a reader of a feed that this isolate never read gets an error without internal details", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    faults.isReadFailing = () => true;
    const response = await get("/rss.xml");
    expect(response.status).toBe(500);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await response.text()).not.toContain("KV");
  });
});
