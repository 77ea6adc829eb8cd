/** The feeds as other people's readers understand them: each reader is asked for everything that it knows of. */
import { beforeEach, describe, expect, test } from "vitest";
import { slug } from "../../src/article/identity.ts";
import { FEED_FILES } from "../../src/feed/addresses.ts";
import {
  AMPERSANDS,
  ARABIC,
  BRIDGE,
  GUEST,
  HOSTILE,
  itemOf,
  publishAll,
  SONS,
  type Upload,
} from "../support/stories/foreign-articles.ts";
import { READERS } from "../support/reading/foreign-readers.ts";
import { compare, read } from "../support/reading/reader-comparison.ts";
import { ORIGIN, site } from "../support/site.ts";
import { layout, startAnotherIsolate } from "../support/worker.ts";

const EVERYTHING = [BRIDGE, GUEST, ARABIC, HOSTILE];
const BY_RENEE = [BRIDGE, GUEST, ARABIC];

beforeEach(() => {
  layout.feeds = [
    { id: "bridges", title: "Bridges", all: [], any: [], none: [], tags: ["Harbour Bridge"], language: "en" },
  ];
  startAnotherIsolate();
});

/** A name that begins in Arabic is isolated from the English text around it (Unicode UAX #9, FSI and PDI). */
function latest(name: string): string {
  const isolated = /^\p{Script=Arabic}/u.test(name) ? `\u2068${name}\u2069` : name;
  return `${isolated}: the latest from ${site.title}.`;
}

describe("[RSS 2.0, RFC 4287, JSON Feed 1.1] every reader finds", () => {
  test.each<
    [string, string, { title: string; description: string; page: string; language: string }, Upload[]]
  >([
    ["the whole site", "", { ...site, page: "/", language: "en" }, EVERYTHING],
    [
      "a declared section",
      "/sections/human-rights",
      {
        title: "Human Rights – ",
        description: site.sections.find(({ id }) => id === "human-rights")?.description ?? "",
        page: "/sections/human-rights",
        language: "en",
      },
      [BRIDGE, GUEST, HOSTILE],
    ],
    [
      "the Arabic section",
      "/sections/arabic",
      {
        title: "العربية – ",
        description: site.sections.find(({ id }) => id === "arabic")?.description ?? "",
        page: "/sections/arabic",
        language: "ar",
      },
      [ARABIC],
    ],
    [
      "a union of sections",
      "/sections/arabic+politics",
      {
        title: "العربية + Politics – ",
        description: latest("العربية + Politics"),
        page: "/sections/arabic+politics",
        language: "en",
      },
      EVERYTHING,
    ],
    [
      "a feed of the owner's",
      "/feeds/bridges",
      { title: "Bridges – ", description: latest("Bridges"), page: "/feeds/bridges", language: "en" },
      BY_RENEE,
    ],
    [
      "an author",
      "/authors/renee-aubrisson",
      {
        title: "Renée Aubrisson – ",
        description: latest("Renée Aubrisson"),
        page: "/authors/renee-aubrisson",
        language: "en",
      },
      BY_RENEE,
    ],
    [
      "an author without a Latin letter",
      `/authors/${slug("王小明")}`,
      {
        title: "王小明 – ",
        description: latest("王小明"),
        page: `/authors/${slug("王小明")}`,
        language: "en",
      },
      BY_RENEE,
    ],
    [
      "a tag",
      "/tags/harbour-bridge",
      {
        title: "harbour bridge – ",
        description: latest("harbour bridge"),
        page: "/tags/harbour-bridge",
        language: "en",
      },
      BY_RENEE,
    ],
    [
      "an author with a hostile name",
      `/authors/${slug(SONS)}`,
      { title: `${SONS} – `, description: latest(SONS), page: `/authors/${slug(SONS)}`, language: "en" },
      [HOSTILE],
    ],
  ])(
    "%s: its title, its page, its own address, its hub, and all of every article",
    async (_, home, about, uploads) => {
      await publishAll(EVERYTHING);
      const { found, expected } = await compare(
        READERS,
        ({ format }) => `${home}/${FEED_FILES[format]}`,
        (reader, path) => ({
          title: home === "" ? site.title : `${about.title}${site.title}`,
          description: about.description,
          home: `${ORIGIN}${about.page}`,
          language: about.language,
          self: `${ORIGIN}${path}`,
          hub: `${ORIGIN}/hub`,
          items: uploads.map((upload) => itemOf(upload, reader)),
        }),
      );
      expect(found).toEqual(expected);
    },
  );

  test("the archive: its address, and every article in full on its page", async () => {
    await publishAll(EVERYTHING);
    const page = `/archive/1.${EVERYTHING.length}`;
    const beginnings = await Promise.all(
      READERS.filter(({ name }) => name === "feedsmith").map(async (reader) => {
        const { previous } = await read(reader, `/${FEED_FILES[reader.format]}`);
        return previous;
      }),
    );
    expect(beginnings).toEqual(
      ["rss.xml", "atom.xml", "feed.json"].map((file) => `${ORIGIN}${page}/${file}`),
    );
    const { found, expected } = await compare(
      READERS,
      ({ format }) => `${page}/${FEED_FILES[format]}`,
      (reader, path) => ({
        self: `${ORIGIN}${path}`,
        hub: undefined,
        items: EVERYTHING.map((upload) => itemOf(upload, reader)),
      }),
    );
    expect(found).toEqual(expected);
  });

  test("a summary variant: the same articles, without their bodies", async () => {
    await publishAll(EVERYTHING);
    const { found, expected } = await compare(
      READERS,
      ({ format }) => `/${FEED_FILES[format]}?content=summary`,
      (reader, path) => ({
        self: `${ORIGIN}${path}`,
        hub: `${ORIGIN}/hub`,
        items: EVERYTHING.map((upload) => Object.assign(itemOf(upload, reader), { html: undefined })),
      }),
    );
    expect(found).toEqual(expected);
  });

  test("addresses and tags with ampersands, which are in attributes in XML", async () => {
    await publishAll([AMPERSANDS]);
    const { found, expected } = await compare(
      READERS,
      ({ format }) => `/${FEED_FILES[format]}`,
      (reader) => ({ items: [itemOf(AMPERSANDS, reader)] }),
    );
    expect(found).toEqual(expected);
  });
});
