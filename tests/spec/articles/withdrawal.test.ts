import { beforeEach, describe, expect, test } from "vitest";
import { act, at, edit, get, gist, put, settle, shown, withdraw } from "../../support/newsroom.ts";
import { everythingInKv, feedItems, feedTitles, tombstones } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;

const HOMES = ["", "/sections/politics", "/sections/sport"];
const REASON = "R&D says: <b>the figures</b> were wrong.";
const ESCAPED = "R&amp;D says: &lt;b&gt;the figures&lt;/b&gt; were wrong.";

const DOCUMENT = wire({ sections: "Politics Sport", time: "2031-11-24T09:00:00Z" });

/** Three articles; the tests are about the middle one. */
beforeEach(async () => {
  at(NOON);
  await put("early", wire({ sections: "Politics Sport", time: "2031-11-24T08:00:00Z", headline: "Early" }));
  await put("bridge", DOCUMENT);
  await put("late", wire({ sections: "Politics Sport", time: "2031-11-24T10:00:00Z", headline: "Late" }));
  await settle();
  at(NOON + HOUR);
});

function withdrawWith(reason: string): Promise<Response> {
  return withdraw(`bridge?reason=${encodeURIComponent(reason)}`);
}

/** The titles of every feed that the article is in. */
function titles(): Promise<string[][]> {
  return Promise.all(HOMES.map(feedTitles));
}

async function newestAudit(): Promise<Record<string, unknown> | undefined> {
  const { entries } = await (
    await edit("GET", "/api/audit?article=bridge")
  ).json<{ entries: Record<string, unknown>[] }>();
  return entries[0];
}

describe("a withdrawal", () => {
  test("takes the article out of every feed, and the others stay in their order", async () => {
    await withdrawWith(REASON);
    await settle();
    const others = ["Late", "Early"];
    expect(await titles()).toEqual([others, others, others]);
  });

  test("leaves nothing of the article's words in KV", async () => {
    await withdrawWith(REASON);
    await settle();
    expect(JSON.stringify(await everythingInKv())).not.toContain("Harbour bridge reopens");
  });

  test("leaves a 410 page with the reason as plain text", async () => {
    await withdrawWith(REASON);
    await settle();
    const response = await get("/articles/bridge");
    const page = await response.text();
    expect(response.status).toBe(410);
    expect(page).toContain(ESCAPED);
    expect(page).not.toContain("Harbour bridge reopens");
  });

  test("shows no reason when none was given", async () => {
    await withdraw("bridge");
    await settle();
    const [tombstone] = await tombstones();
    expect(tombstone?.comment).toEqual([]);
    expect(await shown("bridge")).not.toHaveProperty("reason");
  });

  test("[RFC 6721 3] is announced in every Atom feed that showed the article, with its reason", async () => {
    const { guid } = await shown("bridge");
    await withdrawWith(REASON);
    await settle();
    const announced = [{ ref: guid, when: NOON + HOUR, comment: [REASON] }];
    expect(await Promise.all(HOMES.map(tombstones))).toEqual([announced, announced, announced]);
    expect(await tombstones("/sections/events")).toEqual([]);
  });

  test("is in the audit with its reason, and editors see it", async () => {
    await withdrawWith(REASON);
    expect(await newestAudit()).toMatchObject({ action: "withdrawn", result: "done", note: REASON });
    expect(await shown("bridge")).toMatchObject({ status: "withdrawn", reason: REASON });
  });

  test("again, even for another reason, changes nothing", async () => {
    await withdrawWith(REASON);
    expect(await gist(await withdrawWith("Another."))).toMatchObject({ change: "unchanged", revision: 2 });
    expect(await shown("bridge")).toMatchObject({ reason: REASON });
  });

  test.each([["reason="], ["reason=%20"], [`reason=${"x".repeat(2001)}`], ["raeson=Wrong"]])(
    "with a faulty query is refused (case %#), and changes nothing",
    async (query) => {
      expect((await withdraw(`bridge?${query}`)).status).toBe(400);
      expect(await shown("bridge")).toMatchObject({ status: "published", revision: 1 });
    },
  );

  test("is final for uploads: they stay 410", async () => {
    await withdrawWith(REASON);
    const uploads = [
      await put("bridge", DOCUMENT),
      await put("bridge", wire({ headline: "It is back" })),
      await put("bridge?draft", wire({ headline: "It is back" })),
      await put("bridge?silent", wire({ headline: "It is back" })),
      await edit("POST", "/api/articles", DOCUMENT),
    ];
    expect(uploads.map(({ status }) => status)).toEqual([410, 410, 410, 410, 410]);
    await settle();
    expect((await get("/articles/bridge")).status).toBe(410);
  });
});

describe("a reinstatement", () => {
  test("brings the page back, and the article to its place in every feed", async () => {
    await withdrawWith(REASON);
    await settle();
    expect(await gist(await act("bridge", "reinstate"))).toMatchObject({
      http: 200,
      change: "reinstated",
      status: "published",
      revision: 3,
      published: "2031-11-24T09:00:00.000Z",
    });
    await settle();
    const all = ["Late", "Harbour bridge reopens", "Early"];
    expect(await titles()).toEqual([all, all, all]);
    expect((await get("/articles/bridge")).status).toBe(200);
    expect(await shown("bridge")).not.toHaveProperty("reason");
  });

  test("removes the tombstones, and dates the entry later than they were", async () => {
    await withdrawWith(REASON);
    await settle();
    const [tombstone] = await tombstones();
    at(NOON + 2 * HOUR);
    await act("bridge", "reinstate");
    await settle();
    expect(await Promise.all(HOMES.map(tombstones))).toEqual([[], [], []]);
    const { atom, json } = await feedItems();
    expect([atom[1]?.updated, json[1]?.updated]).toEqual([NOON + 2 * HOUR, NOON + 2 * HOUR]);
    expect(NOON + 2 * HOUR).toBeGreaterThan(tombstone?.when ?? Infinity);
  });

  test("keeps the guid that readers know", async () => {
    const { guid } = await shown("bridge");
    await withdraw("bridge");
    await act("bridge", "reinstate");
    await settle();
    const { rss, atom, json } = await feedItems();
    expect([rss[1]?.id, atom[1]?.id, json[1]?.id]).toEqual([guid, guid, guid]);
  });

  test("keeps a correction", async () => {
    await act("bridge", "correct", { correction: "It was one o’clock." });
    await withdraw("bridge");
    await act("bridge", "reinstate");
    await settle();
    expect(await (await get("/articles/bridge")).text()).toContain("It was one o’clock.");
  });

  test("lets uploads through again", async () => {
    await withdraw("bridge");
    await act("bridge", "reinstate");
    expect(await gist(await put("bridge", DOCUMENT))).toMatchObject({ http: 200, change: "unchanged" });
    expect(await gist(await put("bridge", DOCUMENT.replace("noon", "one")))).toMatchObject({
      http: 200,
      change: "revised",
      revision: 4,
    });
  });

  test("can be followed by a withdrawal and a reinstatement again", async () => {
    await withdrawWith("First.");
    await settle();
    await act("bridge", "reinstate");
    await settle();
    await withdrawWith("Second.");
    await settle();
    expect((await tombstones()).map(({ comment }) => comment)).toEqual([["Second."]]);
    expect((await get("/articles/bridge")).status).toBe(410);
    expect(await gist(await act("bridge", "reinstate"))).toMatchObject({ change: "reinstated", revision: 5 });
    await settle();
    const all = ["Late", "Harbour bridge reopens", "Early"];
    expect(await titles()).toEqual([all, all, all]);
    expect(await tombstones()).toEqual([]);
    expect((await get("/articles/bridge")).status).toBe(200);
  });

  test("may come in the same moment as the withdrawal", async () => {
    await withdrawWith("A slip.");
    await act("bridge", "reinstate");
    await withdrawWith("Not a slip.");
    await act("bridge", "reinstate");
    await settle();
    expect(await tombstones()).toEqual([]);
    expect(await feedTitles()).toContain("Harbour bridge reopens");
  });

  test("of an article that isn't withdrawn changes nothing", async () => {
    expect(await gist(await act("bridge", "reinstate"))).toMatchObject({
      http: 200,
      change: "unchanged",
      status: "published",
      revision: 1,
    });
  });

  test("of an article that never existed is a 404", async () => {
    expect((await act("tunnel", "reinstate")).status).toBe(404);
  });
});

describe("an article that was withdrawn under embargo", () => {
  const scheduled = wire({ time: "2031-11-24T15:00:00Z", headline: "Ministry falls" });

  test("is under embargo again when it is reinstated before its minute", async () => {
    await put("fall", scheduled);
    await withdraw("fall");
    expect(await gist(await act("fall", "reinstate"))).toMatchObject({ status: "scheduled" });
    await settle();
    expect((await get("/articles/fall")).status).toBe(404);
    at(NOON + 3 * HOUR);
    await settle();
    expect((await feedTitles())[0]).toBe("Ministry falls");
  });

  test("shows at once, under its own time, when it is reinstated after its minute", async () => {
    await put("fall", scheduled);
    await withdraw("fall");
    at(NOON + 4 * HOUR);
    await act("fall", "reinstate");
    await settle();
    const { atom } = await feedItems();
    expect(atom[0]).toMatchObject({
      title: "Ministry falls",
      published: NOON + 3 * HOUR,
      updated: NOON + 3 * HOUR,
    });
  });
});
