import { describe, expect, test } from "vitest";
import { all, canonical, type Element, page, texts } from "../../support/reading/html.ts";
import { at, edit, get, put, settle, withdraw } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");
const FILES = ["rss.xml", "atom.xml", "feed.json"];
const PARTNERS = ["smartnews.xml", "msn.xml", "flipboard.xml"];

/** An article in Markdown with one byline. */
function signed(author: string, date = "2026-11-24T09:00:00Z"): string {
  return `---
title: Harbour bridge reopens
date: ${date}
sections: [Politics]
authors: [${JSON.stringify(author)}]
---
Cars crossed the bridge at noon.
`;
}

function putSigned(id: string, document: string): Promise<Response> {
  return edit("PUT", `/api/articles/${id}`, document, { "Content-Type": "text/markdown" });
}

function files(home: string, names: string[]): string[] {
  return names.map((file) => `${home}/${file}`);
}

function addresses(home: string): string[] {
  return files(`${ORIGIN}${home}`, FILES);
}

function ask(tag: string): Promise<Response> {
  return get("/feeds", { "If-None-Match": tag });
}

function inside(elements: Element[], name: string, ancestor: Element): Element[] {
  return all(elements, name).filter(({ ancestors }) => ancestors.includes(ancestor));
}

/** The list of the page: each group's title, and the name and the link targets of each of its feeds. */
async function groups() {
  const elements = await page("/feeds");
  return all(elements, "section").map((section) => ({
    title: texts(inside(elements, "h2", section))[0],
    feeds: inside(elements, "li", section).map((item) => ({
      name: inside(elements, "h3", item)[0]?.text,
      addresses: texts(inside(elements, "code", item)),
      hrefs: inside(elements, "a", item).map(({ attributes }) => attributes["href"] ?? ""),
    })),
  }));
}

describe("/feeds", () => {
  test("lists every feed in groups, with its addresses in each format", async () => {
    layout.feeds = [
      { id: "harbour", title: "Harbour affairs", all: ["politics"], any: [], none: [], tags: [] },
    ];
    startAnotherIsolate();
    await putSigned("bridge", signed("Renée Aubrisson"));
    await settle();
    const listed = (await groups()).map(({ title, feeds }) => [
      title,
      feeds.map((feed) => [feed.name, feed.addresses]),
    ]);
    expect(listed).toEqual([
      ["The whole site", [[site.title, addresses("")]]],
      [
        "Sections",
        site.sections.map(({ id, title }) => [
          `${title} ${id === "politics" ? "1 article" : "0 articles"}`,
          addresses(`/sections/${id}`),
        ]),
      ],
      ["Topics", [["Harbour affairs", addresses("/feeds/harbour")]]],
      ["Authors", [["Renée Aubrisson", addresses("/authors/renee-aubrisson")]]],
    ]);
  });

  test("has links to subscribe in the common readers, each with the address in one piece", async () => {
    const [whole] = await groups();
    const url = `${ORIGIN}/rss.xml`;
    const encoded = "https%3A%2F%2Fnews.example%2Frss.xml";
    expect(whole?.feeds[0]?.hrefs).toEqual(
      expect.arrayContaining([
        `https://feedly.com/i/subscription/feed/${encoded}`,
        `https://www.inoreader.com/?add_feed=${encoded}`,
        `https://www.newsblur.com/?url=${encoded}`,
        `https://feedbin.com/?subscribe=${encoded}`,
        `https://theoldreader.com/feeds/subscribe?url=${encoded}`,
        `feed:${url}`,
      ]),
    );
  });

  test("leads to each feed's page and files, and to partners' feeds except for authors", async () => {
    layout.feeds = [];
    startAnotherIsolate();
    await putSigned("bridge", signed("Ann Lee"));
    await settle();
    const own = (await groups()).map(({ feeds }) => feeds[0]?.hrefs.filter((href) => href.startsWith("/")));
    expect(own).toEqual([
      ["/", ...files("", FILES), ...files("", PARTNERS)],
      ["/sections/politics", ...files("/sections/politics", FILES), ...files("/sections/politics", PARTNERS)],
      ["/authors/ann-lee", ...files("/authors/ann-lee", FILES)],
    ]);
  });

  test("has its title, its canonical address and a link to all feeds as OPML, and every page leads to it", async () => {
    const elements = await page("/feeds");
    expect({
      title: texts(all(elements, "title")),
      heading: texts(all(elements, "h1")),
      canonical: canonical(elements),
      opml: all(elements, "a", { href: "/feeds.opml" }).length,
    }).toEqual({
      title: [`Feeds – ${site.title}`],
      heading: ["Feeds"],
      canonical: [`${ORIGIN}/feeds`],
      opml: 1,
    });
    const footers = await Promise.all(
      ["/", "/sections/politics", "/feeds"].map(async (path) => {
        const links = all(await page(path), "a", { href: "/feeds" });
        return links.filter(({ ancestors }) => ancestors.some(({ name }) => name === "footer")).length;
      }),
    );
    expect(footers).toEqual([1, 1, 1]);
  });

  test("shows hostile names as they were written", async () => {
    const name = `"><script>alert(1)</script> Lee & 'Sons'`;
    await putSigned("bridge", signed(name));
    await settle();
    expect((await groups()).at(-1)?.feeds.map((feed) => feed.name)).toEqual([name]);
    expect(all(await page("/feeds"), "script")).toEqual([]);
  });

  test("changes with its sections and its authors, and so does its tag", async () => {
    const first = (await get("/feeds")).headers.get("ETag") ?? "";
    await put("bridge", wire({ sections: "Tides" }));
    await settle();
    const second = await ask(first);
    await putSigned("ferry", signed("Ann Lee"));
    await settle();
    const third = await ask(second.headers.get("ETag") ?? "");
    const fourth = await ask(third.headers.get("ETag") ?? "");
    expect([second, third, fourth].map(({ status }) => status)).toEqual([200, 200, 304]);
  });

  test("doesn't name an author or a section under embargo, nor one whose articles were all withdrawn", async () => {
    at(NOON);
    await put("open", wire());
    await settle();
    const open = await groups();
    await putSigned("fall", signed("Eve Embargoed", "2026-11-24T20:00:00Z"));
    await put("tides", wire({ sections: "Tides", time: "2026-11-24T20:00:00Z" }));
    await settle();
    expect(await groups()).toEqual(open);
    await putSigned("gone", signed("Wes Withdrawn"));
    await settle();
    expect((await groups()).at(-1)?.title).toBe("Authors");
    await withdraw("gone");
    await settle();
    expect(await groups()).toEqual(open);
  });
});
