import { beforeEach, describe, expect, test } from "vitest";
import {
  act,
  at,
  edit,
  get,
  gist,
  put,
  settle,
  type Shown,
  shown,
  withdraw,
} from "../../support/newsroom.ts";
import { feedItems, feedTitles } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;

const TIME = "2031-11-24T09:00:00Z";
const FIRST = wire({ time: TIME, headline: "First", body: "The first text." });
const SECOND = wire({
  time: "2031-11-24T10:00:00Z",
  sections: "Sport",
  headline: "Second",
  body: "The second.",
});
const THIRD = wire({ time: TIME, headline: "Third", body: "The third text." });

type Page = { revisions: Shown[]; next?: string };

/** One article with three revisions. */
beforeEach(async () => {
  at(NOON);
  for (const document of [FIRST, SECOND, THIRD]) await put("bridge", document);
  await settle();
  at(NOON + HOUR);
});

async function list(query = ""): Promise<Page> {
  return (await edit("GET", `/api/articles/bridge/revisions${query}`)).json<Page>();
}

function restore(revision: number | string, query = ""): Promise<Response> {
  return act("bridge", `revisions/${revision}/restore${query}`);
}

describe("the revisions of an article", () => {
  test("are listed without their bodies, the newest first, each with its action", async () => {
    await act("bridge", "correct", { correction: "It was the third." });
    await withdraw("bridge");
    const { revisions, next } = await list();
    expect(
      revisions.map(({ revision, status, headline, text }) => [revision, status, headline, text]),
    ).toEqual([
      [5, "withdrawn", "Third", undefined],
      [4, "published", "Third", undefined],
      [3, "published", "Third", undefined],
      [2, "published", "Second", undefined],
      [1, "published", "First", undefined],
    ]);
    expect(next).toBeUndefined();
  });

  test("come a page at a time, each exactly once, while new ones are added", async () => {
    const walked: number[][] = [];
    let query: string | undefined = "?limit=2";
    while (query !== undefined) {
      const { revisions, next }: Page = await list(query);
      walked.push(revisions.map(({ revision }) => revision));
      await act("bridge", "correct", { correction: `Page ${walked.length}.` });
      query = next === undefined ? undefined : `?limit=2&cursor=${next}`;
    }
    expect(walked).toEqual([[3, 2], [1]]);
  });

  test("have no page after the last one, even when that is full", async () => {
    expect((await list("?limit=3")).next).toBeUndefined();
  });

  test("can be read one by one", async () => {
    const response = await edit("GET", "/api/articles/bridge/revisions/2");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id: "bridge",
      revision: 2,
      headline: "Second",
      text: "The second.",
    });
  });

  test.each([["4"], ["0"], ["-1"], ["1.5"], ["01"], ["first"], ["99999999999999999999"]])(
    "are 404, to read or to restore, for a number that none has: %s",
    async (number) => {
      const read = await edit("GET", `/api/articles/bridge/revisions/${number}`);
      expect([read.status, (await restore(number)).status]).toEqual([404, 404]);
      expect((await shown("bridge")).revision).toBe(3);
    },
  );

  test.each([["?limit=0"], ["?cursor=nonsense"], [`?cursor=${btoa("-1")}`], ["?after=1"]])(
    "are not listed for a faulty query: %s",
    async (query) => {
      expect((await edit("GET", `/api/articles/bridge/revisions${query}`)).status).toBe(400);
    },
  );

  test("of an article that never existed are a 404", async () => {
    const paths = ["revisions", "revisions/1"].map((path) => edit("GET", `/api/articles/tunnel/${path}`));
    const statuses = await Promise.all(paths);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404]);
    expect((await act("tunnel", "revisions/1/restore")).status).toBe(404);
  });

  test("are shown to nobody without a token", async () => {
    expect((await get("/api/articles/bridge/revisions/1")).status).toBe(401);
  });
});

describe("restoring a revision", () => {
  test("brings back its content as a new revision of the same article, and keeps the article's time", async () => {
    const before = await shown("bridge");
    expect(await gist(await restore(2))).toMatchObject({
      http: 200,
      change: "restored",
      status: "published",
      revision: 4,
    });
    const { id, guid, headline, text, published } = await shown("bridge");
    expect({ id, guid, headline, text, published }).toEqual({
      id: "bridge",
      guid: before.guid,
      headline: "Second",
      text: "The second.",
      published: before.published,
    });
    const { revisions } = await list();
    expect(revisions.map(({ headline: title }) => title)).toEqual(["Second", "Third", "Second", "First"]);
  });

  test("moves the article back to its sections of that revision, and moves its update", async () => {
    const { guid } = await shown("bridge");
    await restore(2);
    await settle();
    expect([await feedTitles("/sections/politics"), await feedTitles("/sections/sport")]).toEqual([
      [],
      ["Second"],
    ]);
    const { rss, atom, json } = await feedItems();
    const item = { id: guid, title: "Second", published: Date.parse(TIME) };
    const updated = NOON + HOUR;
    expect([rss, atom, json]).toMatchObject([[item], [{ ...item, updated }], [{ ...item, updated }]]);
    expect(await (await get("/articles/bridge")).text()).toContain("The second.");
  });

  test("moves no update with ?silent, and still brings readers the text", async () => {
    const { updated } = await shown("bridge");
    await restore(1, "?silent");
    await settle();
    const { atom, json } = await feedItems();
    const item = { title: "First", updated: Date.parse(updated) };
    expect([atom, json]).toMatchObject([[item], [item]]);
  });

  test("leaves the correction and the expiry that readers know as they are", async () => {
    const expires = new Date(NOON + 30 * 24 * HOUR).toISOString();
    await act("bridge", "correct", { correction: "It was the third." });
    await act("bridge", "expire", { expires });
    await restore(1);
    expect(await shown("bridge")).toMatchObject({
      headline: "First",
      correction: "It was the third.",
      expires,
    });
  });

  test("that is the present one changes nothing", async () => {
    expect(await gist(await restore(3))).toMatchObject({ http: 200, change: "unchanged", revision: 3 });
    expect((await list()).revisions.length).toBe(3);
  });

  test("of a withdrawn article is refused", async () => {
    await withdraw("bridge");
    expect((await restore(1)).status).toBe(410);
    expect(await shown("bridge")).toMatchObject({ status: "withdrawn", revision: 4 });
  });

  test("from before a withdrawal is possible once the article is reinstated, and so is the withdrawn one", async () => {
    await withdraw("bridge?reason=Wrong");
    await act("bridge", "reinstate");
    expect(await gist(await restore(2))).toMatchObject({ change: "restored", status: "published" });
    expect(await gist(await restore(4))).toMatchObject({ change: "restored", status: "published" });
    await settle();
    expect(await feedTitles()).toEqual(["Third"]);
    expect(await shown("bridge")).not.toHaveProperty("reason");
  });

  test("of a draft leaves it a draft", async () => {
    await put("bridge?draft", THIRD);
    expect(await gist(await restore(1))).toMatchObject({ change: "restored", status: "draft" });
    await settle();
    expect((await get("/articles/bridge")).status).toBe(404);
  });

  test("of an article under embargo leaves it under embargo, whatever time the revision had", async () => {
    await act("bridge", "publish", { published: "2031-11-25T09:00:00Z" });
    expect(await gist(await restore(1))).toMatchObject({
      status: "scheduled",
      published: "2031-11-25T09:00:00.000Z",
    });
    await settle();
    expect((await get("/articles/bridge")).status).toBe(404);
  });

  test("with an unknown query parameter is refused", async () => {
    expect((await restore(1, "?slient")).status).toBe(400);
    expect((await shown("bridge")).revision).toBe(3);
  });
});

describe("after a restoration", () => {
  beforeEach(async () => {
    await restore(1);
  });

  test("the document that was undone is accepted as a revision again", async () => {
    expect(await gist(await put("bridge", THIRD))).toMatchObject({ change: "revised", revision: 5 });
    expect((await shown("bridge")).headline).toBe("Third");
  });

  test("the document that was restored changes nothing", async () => {
    expect(await gist(await put("bridge", FIRST))).toMatchObject({ change: "unchanged", revision: 4 });
  });
});
