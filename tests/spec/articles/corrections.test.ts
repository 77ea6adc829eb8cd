import { beforeEach, describe, expect, test } from "vitest";
import { act, at, edit, get, gist, put, settle, shown, withdraw } from "../../support/newsroom.ts";
import { everythingPublic, feedItems, type Item } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MORNING = Date.parse("2031-11-24T08:00:00Z");
const HOUR = 3_600_000;

const DOCUMENT = wire({ time: "2031-11-24T08:00:00Z" });
const REVISED = wire({ time: "2031-11-24T08:00:00Z", body: "Cars crossed the bridge at one." });
const BODY = "<p>Cars crossed the bridge at noon.</p>\n<p>The repairs took four months.</p>";

const HOSTILE = 'R&D paid <b>£5m</b>, not "£6m" </script><script>alert(1)</script>';
const ESCAPED = "R&amp;D paid &lt;b&gt;£5m&lt;/b&gt;";

beforeEach(async () => {
  at(NOON);
  await put("bridge", DOCUMENT);
  await settle();
});

/** The entity tag of the site's feed, in each format. */
function tags(): Promise<(string | null)[]> {
  const paths = ["/rss.xml", "/atom.xml", "/feed.json"];
  return Promise.all(paths.map(async (path) => (await get(path)).headers.get("ETag")));
}

/** The one item of the site's feed, in each format. */
async function item(): Promise<(Item | undefined)[]> {
  const { rss, atom, json } = await feedItems();
  return [rss[0], atom[0], json[0]];
}

function page(): Promise<string> {
  return get("/articles/bridge").then((response) => response.text());
}

describe("a correction", () => {
  test("is a new revision, and says so", async () => {
    expect(await gist(await act("bridge", "correct", { correction: "It was one o’clock." }))).toMatchObject({
      http: 200,
      change: "corrected",
      status: "published",
      revision: 2,
    });
    expect(await shown("bridge")).toMatchObject({ correction: "It was one o’clock.", revision: 2 });
  });

  test("stands on the page above the body, as plain text", async () => {
    await act("bridge", "correct", { correction: HOSTILE });
    await settle();
    const html = await page();
    expect(html).toContain(ESCAPED);
    expect(html).not.toContain("<b>£5m");
    expect(html.indexOf(ESCAPED)).toBeLessThan(html.indexOf("Cars crossed the bridge"));
    expect(html.split("<script").length).toBe(html.split('<script type="application/ld+json">').length);
  });

  test("stands in all three feeds above the body, as plain text", async () => {
    await act("bridge", "correct", { correction: "R&D paid <b>£5m</b>." });
    await settle();
    const html = `<p><strong>Correction:</strong> ${ESCAPED}.</p>\n${BODY}`;
    expect(await item()).toMatchObject([{ html }, { html }, { html }]);
  });

  test("is in the page's JSON-LD, and can't end it", async () => {
    await act("bridge", "correct", { correction: HOSTILE });
    await settle();
    const [, json = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(await page()) ?? [];
    expect(JSON.parse(json)).toMatchObject({ correction: HOSTILE });
  });

  test("moves the time of the update that readers see, and not the time of publication", async () => {
    const at8 = { published: MORNING, updated: MORNING };
    expect((await item()).slice(1)).toMatchObject([at8, at8]);
    at(NOON + HOUR);
    await act("bridge", "correct", { correction: "It was one o’clock." });
    await settle();
    const [rss, atom, json] = await item();
    expect(rss?.published).toBe(MORNING);
    expect([atom, json]).toMatchObject([
      { published: MORNING, updated: NOON + HOUR },
      { published: MORNING, updated: NOON + HOUR },
    ]);
    expect(await page()).toContain(`"dateModified":"${new Date(NOON + HOUR).toISOString()}"`);
  });

  test("is removed by null", async () => {
    await act("bridge", "correct", { correction: "It was one o’clock." });
    expect(await gist(await act("bridge", "correct", { correction: null }))).toMatchObject({
      change: "corrected",
      revision: 3,
    });
    await settle();
    expect(await item()).toMatchObject([{ html: BODY }, { html: BODY }, { html: BODY }]);
    expect(await page()).not.toContain("Correction");
    expect(await shown("bridge")).not.toHaveProperty("correction");
  });

  test.each([["It was one o’clock."], [null]])(
    "that says the same again (%j) changes nothing",
    async (correction) => {
      await act("bridge", "correct", { correction });
      const before = await shown("bridge");
      expect(await gist(await act("bridge", "correct", { correction }))).toMatchObject({
        http: 200,
        change: "unchanged",
        revision: before.revision,
      });
      expect(await shown("bridge")).toEqual(before);
    },
  );

  test("stays after a later upload that doesn't mention it", async () => {
    await act("bridge", "correct", { correction: "It was one o’clock." });
    await put("bridge", REVISED);
    await settle();
    const html =
      "<p><strong>Correction:</strong> It was one o’clock.</p>\n<p>Cars crossed the bridge at one.</p>";
    expect(await item()).toMatchObject([{ html }, { html }, { html }]);
  });

  test("doesn't turn the same document into a revision", async () => {
    await act("bridge", "correct", { correction: "It was one o’clock." });
    expect(await gist(await put("bridge", DOCUMENT))).toMatchObject({ change: "unchanged", revision: 2 });
  });

  test("of a withdrawn article is refused, and of one that never existed", async () => {
    await withdraw("bridge");
    const correction = { correction: "It was one o’clock." };
    const statuses = [await act("bridge", "correct", correction), await act("tunnel", "correct", correction)];
    expect(statuses.map(({ status }) => status)).toEqual([410, 404]);
  });

  test.each([
    ["nothing", {}, "/correction"],
    ["a list", [], ""],
    ["a number", { correction: 5 }, "/correction"],
    ["several", { correction: ["It was one o’clock."] }, "/correction"],
    ["empty", { correction: "" }, "/correction"],
    ["white space", { correction: " \n " }, "/correction"],
    ["longer than 2000 characters", { correction: "x".repeat(2001) }, "/correction"],
    ["more than a correction", { correction: "x", silent: true }, "/silent"],
    ["a bare text", "It was one o’clock.", ""],
    ["null", null, ""],
  ])("that is %s is refused with its path, and changes nothing", async (_, body, path) => {
    const response = await act("bridge", "correct", body);
    const { issues } = await response.json<{ issues: { path: string }[] }>();
    expect([response.status, issues.map((issue) => issue.path)]).toEqual([422, [path]]);
    expect((await shown("bridge")).revision).toBe(1);
  });

  test("that is no JSON is refused as unreadable", async () => {
    const response = await edit("POST", "/api/articles/bridge/correct", "{");
    expect([response.status, (await response.json<{ type: string }>()).type]).toEqual([
      400,
      "https://news.example/problems/unreadable-document",
    ]);
  });
});

test.each([["correct?silent"], ["publish?dry-run"], ["reinstate?dry-run"]])(
  "an action, such as %s, refuses a query parameter that it doesn't know, and does nothing",
  async (action) => {
    await withdraw("bridge");
    const response = await act("bridge", action, action.startsWith("correct") ? { correction: "x" } : {});
    const { type } = await response.json<{ type: string }>();
    expect([response.status, type]).toEqual([400, "https://news.example/problems/invalid-query"]);
    expect(await shown("bridge")).toMatchObject({ status: "withdrawn", revision: 2 });
  },
);

describe("a silent revision", () => {
  test("brings the new text to all three feeds and the page under a new tag, and moves no update", async () => {
    const before = await item();
    const former = await tags();
    at(NOON + HOUR);
    expect(await gist(await put("bridge?silent", REVISED))).toMatchObject({ change: "revised", revision: 2 });
    await settle();
    const html = "<p>Cars crossed the bridge at one.</p>";
    const [rss, atom, json] = before;
    expect(await item()).toEqual([
      { ...rss, html },
      { ...atom, html },
      { ...json, html },
    ]);
    expect((await tags()).filter((tag) => former.includes(tag))).toEqual([]);
    const text = await page();
    expect(text).toContain("at one.");
    expect(text).toContain(`"dateModified":"${new Date(MORNING).toISOString()}"`);
  });

  test("needs the parameter: without ?silent the update moves", async () => {
    at(NOON + HOUR);
    await put("bridge", REVISED);
    await settle();
    const [, atom, json] = await item();
    expect([atom?.updated, json?.updated]).toEqual([NOON + HOUR, NOON + HOUR]);
  });

  test.each([["slient"], ["silent=yes"], ["Silent"], ["silent&draftt"]])(
    "that is spelled ?%s is refused, and changes nothing",
    async (query) => {
      const before = await everythingPublic(["politics"], ["bridge"]);
      const response = await put(`bridge?${query}`, REVISED);
      expect([response.status, (await response.json<{ type: string }>()).type]).toEqual([
        400,
        "https://news.example/problems/invalid-query",
      ]);
      await settle();
      expect(await everythingPublic(["politics"], ["bridge"])).toEqual(before);
      expect((await shown("bridge")).revision).toBe(1);
    },
  );

  test.each([["false"], ["0"]])("isn't silent with ?silent=%s", async (value) => {
    at(NOON + HOUR);
    await put(`bridge?silent=${value}`, REVISED);
    expect((await shown("bridge")).updated).toBe(new Date(NOON + HOUR).toISOString());
  });
});
