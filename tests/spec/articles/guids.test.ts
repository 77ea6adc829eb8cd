import { describe, expect, test } from "vitest";
import { importLines } from "../../support/stories/copies.ts";
import { edit, listed, put, settle, shown, withdraw } from "../../support/newsroom.ts";
import { feedItems } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

type Taken = { change: string; article: { id: string; guid: string }; warnings: { reason: string }[] };

/** The same text, whatever its guid. */
const item = (guid?: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  title: "Tide table",
  sections: ["Weather"],
  date_published: "2025-11-04T07:07:06Z",
  content_text: "High water at noon.",
  ...(guid !== undefined && { guid }),
  ...more,
});

async function send(document: Record<string, unknown>, headers: Record<string, string> = {}) {
  const type = { "Content-Type": "application/json" };
  const response = await edit("POST", "/api/articles", JSON.stringify(document), { ...type, ...headers });
  const { change, article, warnings } = await response.json<Taken>();
  return {
    status: response.status,
    change,
    id: article.id,
    guid: article.guid,
    warnings: warnings.map(({ reason }) => reason),
  };
}

/** The ids of a feed's items, in the order of their letters. */
const idsOf = (items: { id?: string | undefined }[]): string[] =>
  items.map(({ id = "" }) => id).toSorted((one, other) => (one < other ? -1 : 1));

async function idsInFeeds() {
  await settle();
  const { rss, atom, json } = await feedItems();
  return { rss: idsOf(rss), atom: idsOf(atom), json: idsOf(json) };
}

const sendBoth = async () => [
  await send(item("east-1"), { "Idempotency-Key": "east" }),
  await send(item("west-1"), { "Idempotency-Key": "west" }),
];

const EAST = "2025-11-04-tide-table";
const WEST = "2025-11-04-tide-table-2";

describe("two documents of one text", () => {
  test("with two guids are two articles, each in every feed under its own", async () => {
    const [east, west] = [await send(item("east-1")), await send(item("west-1"))];
    expect([east, west]).toMatchObject([
      { status: 201, change: "created", id: EAST, guid: "east-1", warnings: [] },
      { status: 201, change: "created", id: WEST, guid: "west-1", warnings: ["resembles-article"] },
    ]);
    const guids = ["east-1", "west-1"];
    expect(await idsInFeeds()).toEqual({
      rss: guids,
      atom: guids.map((guid) => `tag:courier.example,2026-01-01:guids/${guid}`),
      json: guids,
    });
  });

  test("with two guids change nothing when they are sent again, each its own article", async () => {
    for (const guid of ["east-1", "west-1"]) await send(item(guid));
    const again = [await send(item("east-1")), await send(item("west-1")), await send(item("east-1"))];
    expect(again).toMatchObject([
      { status: 200, change: "unchanged", id: EAST, guid: "east-1" },
      { status: 200, change: "unchanged", id: WEST, guid: "west-1" },
      { status: 200, change: "unchanged", id: EAST, guid: "east-1" },
    ]);
    expect(await listed()).toHaveLength(2);
  });

  test("without a guid belong to an article that has the text now, before one that had it earlier", async () => {
    for (const guid of ["east-1", "west-1"]) await send(item(guid));
    await send(item("east-1", { content_text: "High water at one." }));
    expect(await send(item())).toMatchObject({ change: "unchanged", id: WEST, guid: "west-1" });
  });

  test("with two guids are two articles in an import, and unchanged in the next", async () => {
    const lines = [item("east-1"), item("west-1")];
    const [first, second] = [await importLines(lines), await importLines(lines)];
    expect(first.answers).toMatchObject([
      { line: 1, change: "created", id: EAST },
      { line: 2, change: "created", id: WEST, resembles: EAST },
    ]);
    expect(second.answers).toMatchObject([
      { line: 1, change: "unchanged", id: EAST },
      { line: 2, change: "unchanged", id: WEST },
    ]);
    expect((await idsInFeeds()).rss).toEqual(["east-1", "west-1"]);
  });

  test("with two guids each get their first answer again under their own Idempotency-Key", async () => {
    const first = await sendBoth();
    expect(first.map(({ change, guid }) => [change, guid])).toEqual([
      ["created", "east-1"],
      ["created", "west-1"],
    ]);
    expect(await sendBoth()).toEqual(first);
    expect(await listed()).toHaveLength(2);
  });

  test("are one article when the second names no guid", async () => {
    await send(item("east-1"));
    expect(await send(item())).toMatchObject({ change: "unchanged", id: EAST, guid: "east-1" });
  });

  test("are two when only the second names a guid, and the second comes again unchanged", async () => {
    const [first, second, third] = [
      await send(item()),
      await send(item("west-1")),
      await send(item("west-1")),
    ];
    expect([first?.change, second, third]).toMatchObject([
      "created",
      { change: "created", id: WEST, guid: "west-1" },
      { change: "unchanged", id: WEST, guid: "west-1" },
    ]);
    expect((await idsInFeeds()).rss).toEqual([(await shown(EAST)).guid, "west-1"]);
  });

  test("are two when the first was withdrawn under another guid", async () => {
    await send(item("east-1"));
    await withdraw(EAST);
    expect(await send(item("west-1"))).toMatchObject({ status: 201, id: WEST, guid: "west-1" });
  });

  test("are two when the guids are ids of another system", async () => {
    const made = [
      await send(item(undefined, { id: "Node 1" })),
      await send(item(undefined, { id: "Node 2" })),
    ];
    expect(made.map(({ change, guid }) => [change, guid])).toEqual([
      ["created", "Node 1"],
      ["created", "Node 2"],
    ]);
  });
});

test("a former text that comes back under a new guid is another article", async () => {
  await send(item("east-1"));
  await send(item("east-1", { content_text: "High water at one." }));
  expect(await send(item("west-1"))).toMatchObject({ change: "created", id: WEST });
  expect(await shown(EAST)).toMatchObject({ revision: 2, text: "High water at one." });
});

test("a wire document, which has no guid, is still the article that it made", async () => {
  await put("bridge", wire());
  const response = await edit("POST", "/api/articles", wire());
  expect(await response.json<Taken>()).toMatchObject({ change: "unchanged", article: { id: "bridge" } });
});
