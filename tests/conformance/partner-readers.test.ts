/** The partners' feeds and the list of all feeds, as other people's readers understand them. */
import { parseOpml } from "feedsmith";
import { describe, expect, test } from "vitest";
import { slug } from "../../src/article/identity.ts";
import {
  ARABIC,
  BRIDGE,
  GUEST,
  HOSTILE,
  itemOf,
  publishAll,
  SONS,
} from "../support/stories/foreign-articles.ts";
import { type Reader, READERS } from "../support/reading/foreign-readers.ts";
import { get, settle, withdraw } from "../support/newsroom.ts";
import type { ReadItem } from "../support/reading/read-feed.ts";
import { compare, read } from "../support/reading/reader-comparison.ts";
import { ORIGIN, site } from "../support/site.ts";
import { layout, startAnotherIsolate } from "../support/worker.ts";

function feedsUnder(folder: string, names: string[]): string[] {
  return names.map((name) => `${ORIGIN}/${folder}/${name}/rss.xml`);
}

describe("every reader of RSS finds in a partner's feed", () => {
  const RSS_READERS = READERS.filter(({ format }) => format === "rss");

  const picture = BRIDGE.image?.url;
  const opening = "Cars crossed the bridge at noon.";
  test.each<[string, (reader: Reader) => Partial<ReadItem>]>([
    ["msn.xml", () => ({})],
    // It stands in media:thumbnail.
    ["smartnews.xml", ({ name }) => ({ image: name === "htmlparser2" ? undefined : picture })],
    // It is the enclosure; the one reader tells pictures from other files.
    [
      "flipboard.xml",
      ({ name }) => ({ summary: opening, enclosures: name === "feed-parser" ? [] : [picture] }),
    ],
  ])("%s: the article with its picture", async (file, differencesFor) => {
    await publishAll([BRIDGE]);
    const { found, expected } = await compare(
      RSS_READERS,
      () => `/sections/politics/${file}`,
      (reader, path) => ({
        home: `${ORIGIN}/sections/politics`,
        self: `${ORIGIN}${path}`,
        hub: `${ORIGIN}/hub`,
        items: [{ ...itemOf(BRIDGE, reader), ...differencesFor(reader) }],
      }),
    );
    expect(found).toEqual(expected);
  });

  test.each(["smartnews.xml", "msn.xml"])(
    "%s: that an article was withdrawn, and none of its words",
    async (file) => {
      await publishAll([BRIDGE, HOSTILE]);
      await withdraw("hostile");
      await settle();
      const feeds = await Promise.all(RSS_READERS.map((reader) => read(reader, `/${file}`)));
      const seen = feeds.map(({ items }) => items.map(({ id, title }) => [id, title]));
      expect(seen).toEqual(
        RSS_READERS.map((reader) => [
          [itemOf(BRIDGE, reader).id, BRIDGE.title],
          [itemOf(HOSTILE, reader).id, "This article was withdrawn"],
        ]),
      );
    },
  );
});

test("[OPML 2.0] a reader finds every group of feeds in /feeds.opml, and each of its feeds answers", async () => {
  layout.feeds = [{ id: "bridges", title: "Bridges", all: [], any: [], none: [], tags: ["橋"] }];
  startAnotherIsolate();
  await publishAll([BRIDGE, GUEST, ARABIC, HOSTILE]);
  const { body } = parseOpml(await (await get("/feeds.opml")).text());
  const groups = (body?.outlines ?? []).map(({ text, outlines = [] }) => [
    text,
    outlines.map(({ xmlUrl }) => xmlUrl),
  ]);
  expect(groups).toEqual([
    ["The whole site", [`${ORIGIN}/rss.xml`]],
    [
      "Sections",
      feedsUnder(
        "sections",
        site.sections.map(({ id }) => id),
      ),
    ],
    ["Topics", feedsUnder("feeds", ["bridges"])],
    ["Authors", feedsUnder("authors", [slug(SONS), "renee-aubrisson", slug("王小明")])],
  ]);
  const urls = groups.flatMap(([, feeds]) => feeds ?? []);
  const answers = await Promise.all(urls.map((url) => get(new URL(url ?? "").pathname)));
  expect(answers.map(({ status }) => status)).toEqual(urls.map(() => 200));
});
