import { describe, expect, test } from "vitest";
import { act, at, edit, get, put, request, settle, withdraw } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";
import { type Element, named, only, parseXml, texts } from "../../support/reading/xml.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");
const HOUR = 3_600_000;
const ADDRESSES = ["/feeds.opml", "/.well-known/feeds"];

/** An article with bylines. */
function signed(headline: string, authors: string[], date = "2026-11-24T09:00:00Z"): string {
  return JSON.stringify({
    title: headline,
    date_published: date,
    sections: ["Politics"],
    authors: authors.map((name) => ({ name })),
    content_text: "Cars crossed the bridge at noon.",
  });
}

function putSigned(id: string, document: string): Promise<Response> {
  return edit("PUT", `/api/articles/${id}`, document, { "Content-Type": "application/json" });
}

function feedsOf(group: Element): Record<string, string>[] {
  return named(group, "outline").map(({ attributes }) => attributes);
}

/** The list of the document: each group's title, and the attributes of its feeds. */
async function outlines(path = "/feeds.opml"): Promise<Record<string, Record<string, string>[]>> {
  const body = only(named(parseXml(await (await get(path)).text()), "body"));
  return Object.fromEntries(
    named(body, "outline").map((group) => [group.attributes["text"] ?? "", feedsOf(group)]),
  );
}

describe("/feeds.opml", () => {
  test("[OPML 2.0] is a subscription list with a head, and a group for each kind of feed that exists", async () => {
    layout.feeds = [
      {
        id: "harbour",
        title: "Harbour affairs",
        all: [],
        any: ["politics"],
        none: [],
        tags: [],
        language: "de",
      },
    ];
    startAnotherIsolate();
    await putSigned("bridge", signed("Harbour bridge reopens", ["Zoë Ashby", "Ann Lee"]));
    await settle();
    const root = parseXml(await (await get("/feeds.opml")).text());
    const head = only(named(root, "head"));
    expect([root.name, root.attributes["version"]]).toEqual(["opml", "2.0"]);
    expect([texts(head, "title"), texts(head, "ownerName"), texts(head, "docs")]).toEqual([
      [site.title],
      [site.publisher.name],
      ["http://opml.org/spec2.opml"],
    ]);
    const groups = await outlines();
    const [politics] = site.sections;
    expect(groups).toEqual({
      "The whole site": [
        {
          type: "rss",
          text: site.title,
          title: site.title,
          description: site.description,
          xmlUrl: `${ORIGIN}/rss.xml`,
          htmlUrl: `${ORIGIN}/`,
          language: "en",
          version: "RSS",
        },
      ],
      Sections: expect.arrayContaining([
        {
          type: "rss",
          text: `Politics – ${site.title}`,
          title: `Politics – ${site.title}`,
          description: politics?.description,
          xmlUrl: `${ORIGIN}/sections/politics/rss.xml`,
          htmlUrl: `${ORIGIN}/sections/politics`,
          language: "en",
          version: "RSS",
        },
        expect.objectContaining({ xmlUrl: `${ORIGIN}/sections/arabic/rss.xml`, language: "ar" }),
      ]),
      Topics: [
        {
          type: "rss",
          text: `Harbour affairs – ${site.title}`,
          title: `Harbour affairs – ${site.title}`,
          description: `Harbour affairs: das Neueste von ${site.title}.`,
          xmlUrl: `${ORIGIN}/feeds/harbour/rss.xml`,
          htmlUrl: `${ORIGIN}/feeds/harbour`,
          language: "de",
          version: "RSS",
        },
      ],
      Authors: [
        expect.objectContaining({
          text: `Ann Lee – ${site.title}`,
          xmlUrl: `${ORIGIN}/authors/ann-lee/rss.xml`,
        }),
        expect.objectContaining({
          text: `Zoë Ashby – ${site.title}`,
          xmlUrl: `${ORIGIN}/authors/zoe-ashby/rss.xml`,
        }),
      ],
    });
    expect(groups["Sections"]?.map(({ htmlUrl }) => htmlUrl)).toEqual(
      site.sections.map(({ id }) => `${ORIGIN}/sections/${id}`),
    );
  });

  test("leaves out a group without a feed", async () => {
    layout.feeds = [];
    startAnotherIsolate();
    expect(Object.keys(await outlines())).toEqual(["The whole site", "Sections"]);
  });

  test("names feeds that exist: each section's feed answers", async () => {
    await put("bridge", wire({ sections: "Tides" }));
    await settle();
    const { Sections: sections = [] } = await outlines();
    const answers = await Promise.all(sections.map(({ xmlUrl = "" }) => get(new URL(xmlUrl).pathname)));
    expect(sections.at(-1)?.["text"]).toBe(`Tides – ${site.title}`);
    expect(answers.map(({ status }) => status)).toEqual(sections.map(() => 200));
  });

  test("carries hostile names unharmed", async () => {
    const name = `Ann "A" <Lee> & 'Sons'`;
    await putSigned("bridge", signed("Harbour bridge reopens", [name]));
    await settle();
    expect((await outlines())["Authors"]?.map(({ text }) => text)).toEqual([`${name} – ${site.title}`]);
  });

  test("names nothing that comes only from hidden, expired or withdrawn articles", async () => {
    at(NOON);
    await putSigned("open", signed("Harbour bridge reopens", ["Ann Lee"]));
    await settle();
    const open = await outlines();
    await put("fall", wire({ sections: "Embargoed", time: "2026-11-24T20:00:00Z" }));
    await putSigned("leak", signed("Ministry falls", ["Eve Embargoed"], "2026-11-24T20:00:00Z"));
    await edit("PUT", "/api/articles/draft?draft=true", signed("A draft", ["Dan Draft"]), {
      "Content-Type": "application/json",
    });
    await putSigned("gone", signed("Gone", ["Wes Withdrawn"]));
    await putSigned("offer", signed("Offer", ["Xenia Expired"]));
    await settle();
    expect((await outlines())["Authors"]?.length).toBe(3);
    await withdraw("gone");
    await act("offer", "expire", { expires: "2026-11-24T13:00:00Z" });
    at(NOON + 2 * HOUR);
    await settle();
    expect(await outlines()).toEqual(open);
  });
});

describe("a list of feeds", () => {
  test("is the same document at the address that all sites share, and there it names its own address", async () => {
    await put("bridge", wire());
    const [home, common] = await Promise.all(ADDRESSES.map((path) => get(path)));
    const seen = [home, common].map((response) => ({
      status: response?.status,
      type: response?.headers.get("Content-Type"),
      tag: response?.headers.get("ETag"),
      link: response?.headers.get("Link"),
    }));
    expect(seen[0]).toEqual({
      status: 200,
      type: "text/x-opml; charset=utf-8",
      tag: expect.stringMatching(/^W\/"/),
      link: `<${ORIGIN}/feeds.opml>; rel="canonical"`,
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(await common?.text()).toBe(await home?.text());
  });

  test.each(ADDRESSES)("%s is a 304 for a client that has it, until there is another feed", async (path) => {
    await putSigned("bridge", signed("Harbour bridge reopens", ["Ann Lee"]));
    await settle();
    const first = await get(path);
    const tag = first.headers.get("ETag") ?? "";
    const second = await get(path, { "If-None-Match": tag });
    await putSigned("ferry", signed("Ferry returns", ["Bo Reed"]));
    await settle();
    const third = await get(path, { "If-None-Match": tag });
    expect([first.status, second.status, third.status]).toEqual([200, 304, 200]);
    expect(second.headers.get("Cache-Control")).toBe(first.headers.get("Cache-Control"));
  });

  test.each(ADDRESSES)(
    "[Fetch 3.3] %s may be read by any origin, with conditional requests too",
    async (path) => {
      const full = await get(path, { Origin: "https://reader.example" });
      const preflight = await request(path, {
        method: "OPTIONS",
        headers: {
          Origin: "https://reader.example",
          "Access-Control-Request-Method": "GET",
          "Access-Control-Request-Headers": "if-none-match",
        },
      });
      expect([full, preflight].map(({ headers }) => headers.get("Access-Control-Allow-Origin"))).toEqual([
        "*",
        "*",
      ]);
      expect(full.headers.get("Access-Control-Expose-Headers")).toContain("ETag");
      expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe("if-none-match");
    },
  );
});
