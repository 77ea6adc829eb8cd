/** Descriptions of kept pictures: two editors don't overwrite each other's. */
import { expect, test } from "vitest";
import { problemOf, type ShownMedia, uploaded } from "../../support/media.ts";
import { edit } from "../../support/newsroom.ts";
import { makePng } from "../../support/pictures.ts";

async function aPicture(): Promise<string> {
  const { id } = await uploaded(await makePng(9, 9), "?alt=The%20bridge");
  return `/api/media/${id}`;
}

async function tagOf(address: string): Promise<string> {
  return (await edit("GET", address)).headers.get("ETag") ?? "";
}

function describe(address: string, texts: object, tag?: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", ...(tag !== undefined && { "If-Match": tag }) };
  return edit("PUT", address, JSON.stringify(texts), headers);
}

async function altOf(address: string): Promise<string | undefined> {
  const { media } = await (await edit("GET", address)).json<{ media: ShownMedia }>();
  return media.alt;
}

test("a description with the tag of the present one is taken, and its answer has its own", async () => {
  const address = await aPicture();
  const tag = await tagOf(address);
  expect(tag).toMatch(/^"[^"]+"$/);
  const first = await describe(address, { alt: "A" }, tag);
  const second = await describe(address, { alt: "B" }, `"another", ${first.headers.get("ETag")}`);
  expect([first.status, second.status, await altOf(address)]).toEqual([200, 200, "B"]);
  expect(second.headers.get("ETag")).toBe(await tagOf(address));
});

test.each([
  ["a former one", (former: string) => former],
  ["a weak one", (_former: string, present: string) => `W/${present}`],
  ["one that never was", () => '"3"'],
  ["nothing that is a tag", () => "3"],
])(
  "a description with the tag of %s is refused, and the problem has the present tag",
  async (_of, tagFrom) => {
    const address = await aPicture();
    const former = await tagOf(address);
    await describe(address, { alt: "Theirs" });
    const present = await tagOf(address);
    const response = await describe(address, { alt: "Mine" }, tagFrom(former, present));
    expect([response.status, response.headers.get("ETag"), await altOf(address)]).toEqual([
      412,
      present,
      "Theirs",
    ]);
    expect(await problemOf(response)).toMatchObject({
      code: "precondition-failed",
      media: address.split("/").at(-1),
    });
  },
);

test("a description is taken without a tag, with any, and again under its former tag", async () => {
  const address = await aPicture();
  const former = await tagOf(address);
  const answers = [
    await describe(address, { alt: "A" }),
    await describe(address, { alt: "B" }, "*"),
    // The same request may come again where its answer was lost.
    await describe(address, { alt: "B" }, former),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
});

test("each text has a tag of its own, and so has its absence", async () => {
  const address = await aPicture();
  const tags: string[] = [];
  for (const texts of [{}, { alt: "" }, { alt: "A" }, { caption: "A" }, { credit: "A" }, { licence: "A" }]) {
    await describe(address, texts);
    tags.push(await tagOf(address));
  }
  expect(new Set(tags).size).toBe(6);
});
