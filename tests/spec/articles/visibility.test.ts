/** Documents that were not public elsewhere, over HTTP: no public byte changes because of them. */
import { beforeEach, describe, expect, test } from "vitest";
import { at, edit, gist, listed, put, settle, tokenOf } from "../../support/newsroom.ts";
import { everythingPublic } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const JSON_TYPE = { "Content-Type": "application/json" };
const ITEM = {
  guid: "https://old.example/?p=2",
  title: "Unproven claim",
  content_html: "<p>Lawyers still read.</p>",
  date_published: "2031-11-20T08:00:00Z",
  sections: ["Politics"],
};

function post(document: string, type: string): Promise<Response> {
  return edit("POST", "/api/articles", document, { "Content-Type": type });
}

function postItem(more: object): Promise<Response> {
  return edit("POST", "/api/articles", JSON.stringify({ ...ITEM, ...more }), JSON_TYPE);
}

function seen(): Promise<unknown[]> {
  return everythingPublic(["politics"], ["open", "2031-11-20-unproven-claim"]);
}

beforeEach(() => at(NOON));

describe("a document that was not public elsewhere changes nothing public", () => {
  const hiding: [string, () => Promise<Response>, number][] = [
    ["published: false in JSON", () => postItem({ published: false }), 201],
    ["a status that waits in JSON", () => postItem({ status: "pending" }), 201],
    ["a visibility in JSON", () => postItem({ visibility: "members" }), 201],
    ["a status that nobody knows in JSON", () => postItem({ status: "lawyers" }), 422],
    ["a document from the bin", () => postItem({ status: "trash" }), 422],
    ["an embargo in JSON", () => postItem({ embargo: "2031-12-01T00:00:00Z" }), 201],
    [
      "published: false in front matter",
      () =>
        post(
          "---\ntitle: Unproven claim\ncategories: [Politics]\ndate: 2031-11-20T08:00:00Z\npublished: false\n---\n\nLawyers still read.\n",
          "text/markdown",
        ),
      201,
    ],
    [
      "a publishDate in front matter",
      () =>
        post(
          '+++\ntitle = "Unproven claim"\ncategories = ["Politics"]\ndate = 2031-11-20T08:00:00Z\npublishDate = 2031-12-01T00:00:00Z\n+++\n\nLawyers still read.\n',
          "text/markdown",
        ),
      201,
    ],
    [
      "a schedule in ninjs",
      () =>
        post(
          JSON.stringify({
            guid: "urn:desk.example:1",
            pubstatus: "usable",
            headline: "Unproven claim",
            body_html: "<p>Lawyers still read.</p>",
            versioncreated: "2031-11-20T08:00:00+0000",
            publish_schedule: "2031-12-01T00:00:00+0000",
            subject: [{ name: "Politics" }],
          }),
          "application/vnd.iptc.ninjs+json",
        ),
      201,
    ],
  ];

  test.each(hiding)("%s", async (_what, upload, status) => {
    await put("open", wire());
    await settle();
    const before = await seen();
    const response = await upload();
    expect(response.status).toBe(status);
    await settle();
    expect(await seen()).toEqual(before);
  });
});

test("an article whose document is hidden later leaves the public", async () => {
  await postItem({});
  await settle();
  expect(await gist(await postItem({ published: false }))).toMatchObject({
    change: "revised",
    status: "draft",
    warnings: ["kept-as-draft", "hidden-from-readers"],
  });
  await settle();
  expect({ drafts: await listed("?status=draft"), published: await listed("?status=published") }).toEqual({
    drafts: ["2031-11-20-unproven-claim"],
    published: [],
  });
});

describe("an identity made only of characters that no feed can carry", () => {
  test.each([{ id: "\uD800" }, { id: "\u0001" }, { guid: "\u0001" }, { guid: " \uFFFE " }])(
    "is refused, and replaces no article: %j",
    async (identity) => {
      const { guid: _guid, ...item } = ITEM;
      const upload = (title: string): Promise<Response> =>
        edit("POST", "/api/articles", JSON.stringify({ ...item, title, ...identity }), JSON_TYPE);
      const statuses = [(await upload("Boats are back")).status, (await upload("Tides are high")).status];
      expect([statuses, await listed()]).toEqual([[422, 422], []]);
    },
  );
});

describe("?section=", () => {
  const documents: [string, string, string][] = [
    [
      "text/markdown",
      "---\ntitle: Tide tables\ndate: 2031-11-20T08:00:00Z\n---\n\nHigh water at noon.\n",
      "a Markdown document",
    ],
    [
      "application/json",
      JSON.stringify({ ...ITEM, sections: undefined, guid: undefined, title: "Tide tables" }),
      "a JSON document",
    ],
    [
      "text/plain",
      "2031-11-20T08:00:00Z\n\nTide tables\n\nTide tables\n\nHigh water at noon.\n",
      "a wire document",
    ],
    [
      "application/vnd.iptc.ninjs+json",
      JSON.stringify({
        uri: "urn:desk.example:3",
        headlines: [{ value: "Tide tables" }],
        bodies: [{ value: "<p>High water.</p>" }],
        versionCreated: "2031-11-20T08:00:00Z",
      }),
      "a ninjs item",
    ],
  ];

  test.each(documents)("names the sections of a document that names none: %s", async (type, document) => {
    const response = await edit("POST", "/api/articles?section=Human+Rights&section=sport", document, {
      "Content-Type": type,
    });
    const { article } = await response.json<{ article: { sections: { id: string }[] } }>();
    expect(article.sections.map(({ id }) => id)).toEqual(["human-rights", "sport"]);
  });

  test("changes nothing in a document that names its own sections", async () => {
    const response = await edit("POST", "/api/articles?section=sport", wire());
    const { article } = await response.json<{ article: { sections: { id: string }[] } }>();
    expect(article.sections.map(({ id }) => id)).toEqual(["politics"]);
  });

  test.each(["?section=", "?section=%01", "?silent&silent", "?sections=Sport"])(
    "is refused when it is empty, like every other error in a query: %s",
    async (query) => {
      expect((await edit("POST", `/api/articles${query}`, wire())).status).toBe(400);
    },
  );

  test("counts for the rights of a token: another section than the token's is forbidden", async () => {
    const holder = await tokenOf("Sport desk", ["publish"], ["sport"]);
    const upload = async (section: string): Promise<number> =>
      (
        await edit("POST", `/api/articles?section=${section}`, documents[0]?.[1], {
          "Content-Type": "text/markdown",
          ...holder,
        })
      ).status;
    expect([await upload("politics"), await upload("sport")]).toEqual([403, 201]);
  });
});
