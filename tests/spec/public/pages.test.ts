import { describe, expect, test } from "vitest";
import { FORMATS } from "../../../src/render/formats.ts";
import { all, canonical, type Element, offered, page, parse, texts } from "../../support/reading/html.ts";
import { at, edit, get, put, request, settle, withdraw } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

const FILES = ["rss.xml", "atom.xml", "feed.json"];
const NAVIGATION = { "Sec-Fetch-Dest": "document", Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

function metas(elements: Element[]): Record<string, string | undefined> {
  return Object.fromEntries(
    all(elements, "meta")
      .filter(({ attributes }) => attributes["property"] !== undefined)
      .map(({ attributes }) => [attributes["property"], attributes["content"]]),
  );
}

function feedsOf(home: string): [string, string][] {
  return [
    ["application/rss+xml", `${ORIGIN}${home}/rss.xml`],
    ["application/atom+xml", `${ORIGIN}${home}/atom.xml`],
    ["application/feed+json", `${ORIGIN}${home}/feed.json`],
  ];
}

/** A response's header fields, except those of the transfer. */
function fields(response: Response): Record<string, string> {
  const own = [...response.headers].filter(([name]) => !["date", "content-length"].includes(name));
  return Object.fromEntries(own);
}

describe("the front page", () => {
  test("leads to the list of all feeds, which has the site's and each section's in each format", async () => {
    await put("harbour-bridge", wire({ sections: "Tides" }));
    expect(all(await page("/"), "a", { href: "/feeds" }).length).toBeGreaterThan(0);
    const hrefs = all(await page("/feeds"), "a").map(({ attributes }) => attributes["href"]);
    const homes = ["", ...site.sections.map(({ id }) => `/sections/${id}`), "/sections/tides"];
    expect(hrefs).toEqual(
      expect.arrayContaining(homes.flatMap((home) => FILES.map((file) => `${home}/${file}`))),
    );
  });

  test("shows the newest headlines first, each a link to its article", async () => {
    await put("old", wire({ headline: "Ferry service returns", time: "2026-11-03T09:00:00Z" }));
    await put("new", wire({ headline: "Harbour bridge reopens", time: "2026-11-04T09:00:00Z" }));
    await settle();
    const elements = await page("/");
    const links = all(elements, "a").filter(({ ancestors }) => ancestors.some(({ name }) => name === "h2"));
    expect(links.map(({ text, attributes }) => [text, attributes["href"]])).toEqual([
      ["Harbour bridge reopens", `${ORIGIN}/articles/new`],
      ["Ferry service returns", `${ORIGIN}/articles/old`],
    ]);
  });

  test("says so when nothing has been published yet", async () => {
    const response = await get("/");
    expect({ status: response.status, text: await response.text() }).toEqual({
      status: 200,
      text: expect.stringContaining("Nothing has been published here yet."),
    });
  });

  test("doesn't show an article under embargo", async () => {
    await put("budget", wire({ headline: "Budget leaked", time: "2099-01-01T00:00:00Z" }));
    expect(await (await get("/")).text()).not.toContain("Budget leaked");
  });

  test("has its title, its language, its canonical address and the site's feeds", async () => {
    const elements = await page("/");
    expect({
      title: texts(all(elements, "title")),
      language: all(elements, "html").map(({ attributes }) => attributes["lang"]),
      canonical: canonical(elements),
      offered: offered(elements),
    }).toEqual({
      title: [site.title],
      language: [site.language],
      canonical: [`${ORIGIN}/`],
      offered: feedsOf(""),
    });
  });
});

describe("a section's page", () => {
  test("shows its title, its description, its feeds and its headlines, and nothing of another section", async () => {
    const [politics] = site.sections;
    await put("bridge", wire({ sections: "Politics", headline: "Harbour bridge reopens" }));
    await put("derby", wire({ sections: "Sport", headline: "Rovers win the derby" }));
    const elements = await page("/sections/politics");
    const body = all(elements, "main")[0]?.text;
    expect(texts(all(elements, "h1"))).toEqual([politics?.title]);
    expect(body).toContain(politics?.description);
    expect(texts(all(elements, "h2"))).toEqual(["Harbour bridge reopens"]);
    expect(
      all(elements, "a")
        .filter(({ ancestors }) =>
          ancestors.some(({ attributes }) => attributes["aria-label"] === "Feeds: Politics"),
        )
        .map(({ text, attributes }) => [text, attributes["href"]]),
    ).toEqual(FORMATS.map(({ name }, index) => [name, `/sections/politics/${FILES[index]}`]));
  });

  test("offers the section's own feeds, and has its own canonical address and title", async () => {
    const elements = await page("/sections/politics");
    expect({
      title: texts(all(elements, "title")),
      canonical: canonical(elements),
      offered: offered(elements),
    }).toEqual({
      title: [`Politics – ${site.title}`],
      canonical: [`${ORIGIN}/sections/politics`],
      offered: feedsOf("/sections/politics"),
    });
  });

  test("exists for a declared section without articles, and for an undeclared one with some", async () => {
    await put("harbour-bridge", wire({ sections: "Tides" }));
    const responses = await Promise.all(["/sections/weather", "/sections/tides"].map((path) => get(path)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
  });

  test("is a 404 for a section that nobody declared and no article names, kept briefly", async () => {
    const response = await get("/sections/tides", { Accept: "text/html" });
    expect({
      status: response.status,
      type: response.headers.get("Content-Type"),
      caching: response.headers.get("Cache-Control"),
    }).toEqual({
      status: 404,
      type: expect.stringMatching(/^text\/html; charset=utf-8$/i),
      caching: "public, max-age=30",
    });
  });

  test("in another language declares the language and its direction", async () => {
    const elements = await page("/sections/arabic");
    const [html] = all(elements, "html");
    expect([html?.attributes["lang"], html?.attributes["dir"]]).toEqual(["ar", "rtl"]);
  });

  test("gives each headline the language and the direction of its article", async () => {
    await put("jisr", wire({ sections: "Politics العربية", headline: "BBC: عودة الجسر" }));
    await put("bridge", wire({ headline: "Harbour bridge reopens" }));
    await settle();
    const items = all(await page("/sections/politics"), "li", { dir: "rtl" });
    expect(items.map(({ attributes }) => attributes["lang"])).toEqual(["ar"]);
    expect(items[0]?.text).toContain("BBC: عودة الجسر");
  });
});

describe("the page of an author, of a tag, or of a feed of the owner's", () => {
  const HARBOUR = {
    id: "harbour",
    title: "Harbour affairs",
    description: "Around the harbour.",
    all: ["politics"],
    any: [],
    none: [],
    tags: [],
  };

  test("of a feed that the owner defines shows its title, its description, its feeds and its articles", async () => {
    layout.feeds = [HARBOUR];
    startAnotherIsolate();
    await put("bridge", wire({ sections: "Politics" }));
    await put("derby", wire({ sections: "Sport", headline: "Rovers win the derby" }));
    await settle();
    const elements = await page("/feeds/harbour");
    expect({
      title: texts(all(elements, "title")),
      heading: texts(all(elements, "h1")),
      headlines: texts(all(elements, "h2")),
      canonical: canonical(elements),
      offered: offered(elements),
    }).toEqual({
      title: [`Harbour affairs – ${site.title}`],
      heading: ["Harbour affairs"],
      headlines: ["Harbour bridge reopens"],
      canonical: [`${ORIGIN}/feeds/harbour`],
      offered: feedsOf("/feeds/harbour"),
    });
    expect(all(elements, "main")[0]?.text).toContain("Around the harbour.");
  });

  test("exists, and is empty, for a feed without articles", async () => {
    layout.feeds = [HARBOUR];
    startAnotherIsolate();
    expect((await get("/feeds/harbour")).status).toBe(200);
  });

  test.each(["/feeds/harbour", "/authors/ann-lee", "/tags/bridges", "/authors/%00", "/tags/a%2Fb"])(
    "%s is a 404 while its feed doesn't exist",
    async (path) => {
      await put("bridge", wire());
      const { status, headers } = await get(path);
      const isRedirected = status === 301 && (await get(headers.get("Location") ?? "/")).status === 404;
      expect(status === 404 || isRedirected).toBe(true);
    },
  );

  test("doesn't exist for the author of an article under embargo", async () => {
    at(Date.parse("2026-11-24T12:00:00Z"));
    const document = `---
title: Ministry falls
date: 2026-11-24T20:00:00Z
sections: [Politics]
authors: [Eve Black]
tags: [ministries]
---
It fell.
`;
    await edit("PUT", "/api/articles/fall", document, { "Content-Type": "text/markdown" });
    const [author, tag] = await Promise.all([get("/authors/eve-black"), get("/tags/ministries")]);
    expect([author.status, tag.status]).toEqual([404, 404]);
    at(Date.parse("2026-11-24T20:00:00Z"));
    await settle();
    expect(texts(all(await page("/authors/eve-black"), "h2"))).toEqual(["Ministry falls"]);
  });
});

describe("an article's page", () => {
  test("shows headline, summary, body and sections", async () => {
    await put("harbour-bridge", wire({ sections: "Politics Human Rights" }));
    const elements = await page("/articles/harbour-bridge");
    const paragraphs = texts(all(elements, "p"));
    expect(texts(all(elements, "h1"))).toEqual(["Harbour bridge reopens"]);
    expect(paragraphs).toEqual(
      expect.arrayContaining([
        "The bridge over the harbour is open again.",
        "Cars crossed the bridge at noon.",
        "The repairs took four months.",
      ]),
    );
    // Below it may stand other stories.
    const inArticle = (name: string) =>
      all(elements, name).filter(({ ancestors }) => ancestors.some((above) => above.name === "article"));
    expect(inArticle("a").map(({ text, attributes }) => [text, attributes["href"]])).toEqual([
      ["Politics", "/sections/politics"],
      ["Politics", "/sections/politics"],
      ["Human Rights", "/sections/human-rights"],
    ]);
    expect(inArticle("time").map(({ attributes }) => attributes["datetime"])).toEqual([
      "2026-11-04T07:07:06.000Z",
    ]);
  });

  test("has its title, its description, its canonical address, the site's feeds and its sections'", async () => {
    await put("harbour-bridge", wire({ sections: "Politics Events" }));
    const elements = await page("/articles/harbour-bridge");
    expect({
      title: texts(all(elements, "title")),
      description: all(elements, "meta", { name: "description" }).map(
        ({ attributes }) => attributes["content"],
      ),
      canonical: canonical(elements),
      offered: offered(elements),
    }).toEqual({
      title: [`Harbour bridge reopens – ${site.title}`],
      description: ["The bridge over the harbour is open again."],
      canonical: [`${ORIGIN}/articles/harbour-bridge`],
      offered: [...feedsOf(""), ...feedsOf("/sections/politics"), ...feedsOf("/sections/events")],
    });
  });

  test("has Open Graph properties", async () => {
    await put("harbour-bridge", wire());
    expect(metas(await page("/articles/harbour-bridge"))).toEqual({
      "og:type": "article",
      "og:title": "Harbour bridge reopens",
      "og:description": "The bridge over the harbour is open again.",
      "og:url": `${ORIGIN}/articles/harbour-bridge`,
      "og:site_name": site.title,
      "og:locale": "en_US",
      "article:published_time": "2026-11-04T07:07:06.000Z",
      "article:modified_time": "2026-11-04T07:07:06.000Z",
      "article:section": "Politics",
    });
  });

  test("describes itself to search engines as a NewsArticle of schema.org", async () => {
    await put("harbour-bridge", wire({ sections: "Politics Events" }));
    const [script] = all(await page("/articles/harbour-bridge"), "script");
    const publisher = { "@type": "NewsMediaOrganization", ...site.publisher };
    expect(JSON.parse(script?.text ?? "")).toEqual({
      "@context": "https://schema.org",
      "@type": "NewsArticle",
      headline: "Harbour bridge reopens",
      description: "The bridge over the harbour is open again.",
      url: `${ORIGIN}/articles/harbour-bridge`,
      mainEntityOfPage: `${ORIGIN}/articles/harbour-bridge`,
      datePublished: "2026-11-04T07:07:06.000Z",
      dateModified: "2026-11-04T07:07:06.000Z",
      inLanguage: "en",
      articleSection: ["Politics", "Events"],
      author: [publisher],
      publisher,
    });
  });

  test("without a summary has the beginning of the body as its description", async () => {
    await put("harbour-bridge", wire({ summary: "" }));
    expect(metas(await page("/articles/harbour-bridge"))["og:description"]).toBe(
      "Cars crossed the bridge at noon. The repairs took four months.",
    );
  });

  test("of an article in Arabic declares Arabic, and is written from right to left", async () => {
    const headline = "عودة الجسر";
    await put(
      "jisr",
      wire({ sections: "العربية", headline, summary: "فتح الجسر.", body: "عبرت السيارات الجسر." }),
    );
    const elements = await page("/articles/jisr");
    const directions = (name: string) =>
      all(elements, name).map(({ attributes }) => [attributes["lang"], attributes["dir"]]);
    expect({
      html: directions("html"),
      article: directions("article"),
      footer: directions("footer"),
    }).toEqual({
      html: [["ar", "rtl"]],
      article: [["ar", "rtl"]],
      footer: [["en", "ltr"]],
    });
    const directed = elements
      .filter(({ attributes }) => attributes["dir"] === "rtl")
      .map(({ text }) => text.trim());
    expect(directed).toEqual(expect.arrayContaining([headline, "فتح الجسر.", "عبرت السيارات الجسر."]));
  });

  test("leads to the pages of its authors and its tags, each of which lists it", async () => {
    await edit(
      "PUT",
      "/api/articles/bridge",
      JSON.stringify({
        title: "Harbour bridge reopens",
        date_published: "2026-11-04T09:00:00Z",
        sections: ["Politics"],
        authors: [{ name: "Renée Aubrisson" }, { name: "Ann Lee" }],
        tags: ["Bridges & roads"],
        content_text: "Cars crossed the bridge at noon.",
      }),
      { "Content-Type": "application/json" },
    );
    await settle();
    const links = all(await page("/articles/bridge"), "a").filter(
      ({ attributes }) => attributes["rel"] !== undefined,
    );
    expect(links.map(({ text, attributes }) => [text, attributes["href"], attributes["rel"]])).toEqual([
      ["Renée Aubrisson", "/authors/renee-aubrisson", "author"],
      ["Ann Lee", "/authors/ann-lee", "author"],
      ["Bridges & roads", "/tags/bridges-and-roads", "tag"],
    ]);
    const pages = await Promise.all(links.map(({ attributes }) => page(attributes["href"] ?? "")));
    expect(pages.map((elements) => texts(all(elements, "h1")).concat(texts(all(elements, "h2"))))).toEqual(
      ["Renée Aubrisson", "Ann Lee", "Bridges & roads"].map((name) => [name, "Harbour bridge reopens"]),
    );
  });

  test("of an article under embargo is a 404", async () => {
    await put("budget", wire({ time: "2099-01-01T00:00:00Z" }));
    expect((await get("/articles/budget")).status).toBe(404);
  });

  test("of an unknown article is a 404 page, kept briefly, that search engines don't list", async () => {
    const response = await get("/articles/harbour-bridge", { Accept: "text/html" });
    const elements = await parse(await response.clone().text());
    expect({
      status: response.status,
      caching: response.headers.get("Cache-Control"),
      vary: response.headers.get("Vary"),
      robots: all(elements, "meta", { name: "robots" }).map(({ attributes }) => attributes["content"]),
      heading: texts(all(elements, "h1")),
    }).toEqual({
      status: 404,
      caching: "public, max-age=30",
      vary: "Accept",
      robots: ["noindex"],
      heading: ["There is nothing here"],
    });
  });

  test("of an unknown article is a problem document for a program", async () => {
    const response = await get("/articles/harbour-bridge");
    expect({
      status: response.status,
      type: response.headers.get("Content-Type"),
      body: await response.json(),
    }).toEqual({
      status: 404,
      type: "application/problem+json",
      body: {
        type: `${ORIGIN}/problems/not-found`,
        title: "There is nothing here",
        status: 404,
        detail: "No page, feed, section or article has this address.",
      },
    });
  });

  test("of a withdrawn article is a 410 page with the time of the withdrawal, and nothing of the article", async () => {
    await put("harbour-bridge", wire());
    await withdraw("harbour-bridge");
    await settle();
    const response = await get("/articles/harbour-bridge");
    const html = await response.text();
    const elements = await parse(html);
    expect({
      status: response.status,
      type: response.headers.get("Content-Type"),
      caching: response.headers.get("Cache-Control"),
      robots: all(elements, "meta", { name: "robots" }).map(({ attributes }) => attributes["content"]),
      heading: texts(all(elements, "h1")),
      times: all(elements, "time").length,
    }).toEqual({
      status: 410,
      type: expect.stringMatching(/^text\/html; charset=utf-8$/i),
      caching: "public, max-age=30",
      robots: ["noindex"],
      heading: ["This article was withdrawn"],
      times: 1,
    });
    expect(html).not.toContain("bridge");
  });
});

/** Parts that no text may ever add to a page: elements, handlers, addresses of scripts. */
function added(elements: Element[]): string[] {
  const unwanted = elements.filter(({ name, attributes }) =>
    name === "script" ? attributes["type"] !== "application/ld+json" : ["img", "style", "b"].includes(name),
  );
  const handlers = elements.flatMap(({ name, attributes }) =>
    Object.entries(attributes)
      .filter(([key, value]) => /^on|["'<>=]/.test(key) || /^\s*(?:javascript|data):/i.test(value))
      .map(([key]) => `${name}[${key}]`),
  );
  return [...unwanted.map(({ name }) => name), ...handlers];
}

describe("hostile words", () => {
  const ATTACK = `</script></title></h1><script>alert(1)</script>"><img src=x onerror=alert(1)>'&lt;b&gt; onload="x`;
  const HOSTILE = wire({
    sections: `"><script>alert(1)</script> Politics`,
    headline: `Headline ${ATTACK}`,
    summary: `Summary ${ATTACK}`,
    body: `Body ${ATTACK}\n\n<!-- ]]> <style>*{}</style>`,
  });
  const SECTION = "/sections/script-alert-1-script";

  test.each(["/", "/sections/politics", SECTION, "/articles/attack"])(
    "add no element to %s",
    async (path) => {
      await put("attack", HOSTILE);
      const response = await get(path);
      expect({ status: response.status, added: added(await parse(await response.text())) }).toEqual({
        status: 200,
        added: [],
      });
    },
  );

  test.each(FILES)("add no element to the page that a person sees at /%s", async (file) => {
    await put("attack", HOSTILE);
    const elements = await page(`/${file}`, NAVIGATION);
    expect(added(elements)).toEqual([]);
    expect(texts(all(elements, "h2"))).toEqual([`Headline ${ATTACK}`]);
  });

  test("stand on the article's page as they were written", async () => {
    await put("attack", HOSTILE);
    const elements = await page("/articles/attack");
    expect({
      title: texts(all(elements, "title")),
      heading: texts(all(elements, "h1")),
      property: metas(elements)["og:title"],
      description: all(elements, "meta", { name: "description" }).map(
        ({ attributes }) => attributes["content"],
      ),
    }).toEqual({
      title: [`Headline ${ATTACK} – ${site.title}`],
      heading: [`Headline ${ATTACK}`],
      property: `Headline ${ATTACK}`,
      description: [`Summary ${ATTACK}`],
    });
    expect(texts(all(elements, "p"))).toEqual(
      expect.arrayContaining([`Summary ${ATTACK}`, `Body ${ATTACK}`, "<!-- ]]> <style>*{}</style>"]),
    );
    expect(new Set(texts(all(elements, "a", { href: SECTION })))).toEqual(
      new Set([`"><script>alert(1)</script>`]),
    );
  });

  test("don't end the data for search engines early", async () => {
    await put("attack", HOSTILE);
    const scripts = all(await page("/articles/attack"), "script");
    const data = scripts.map(({ text }) => JSON.parse(text));
    expect(data.map(({ headline }) => headline)).toEqual([`Headline ${ATTACK}`, undefined]);
    expect(data[1].itemListElement.at(-1).name).toBe(`Headline ${ATTACK}`);
  });

  test("stand on the front page and on their section's page as they were written", async () => {
    await put("attack", HOSTILE);
    const [home, section] = await Promise.all([page("/"), page(SECTION)]);
    expect([new Set(texts(all(home, "a", { href: SECTION }))), texts(all(section, "h1"))]).toEqual([
      new Set([`"><script>alert(1)</script>`]),
      [`"><script>alert(1)</script>`],
    ]);
  });
});

describe("a page", () => {
  const PAGES = [
    "/",
    "/feeds",
    "/sections/politics",
    "/articles/harbour-bridge",
    "/problems/not-found",
    "/nowhere",
  ];

  test.each(PAGES)("%s runs no script and loads only what its policy allows", async (path) => {
    await put("harbour-bridge", wire());
    const response = await get(path, { Accept: "text/html" });
    const elements = await parse(await response.clone().text());
    expect(response.headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self' https:; media-src https:; frame-src https://youtube.com https://www.youtube.com https://youtube-nocookie.com https://www.youtube-nocookie.com https://player.vimeo.com; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const scripts = all(elements, "script").filter(
      ({ attributes }) => attributes["type"] !== "application/ld+json",
    );
    expect(scripts).toEqual([]);
    expect(
      elements.filter(({ name, attributes }) => name === "style" || attributes["style"] !== undefined),
    ).toEqual([]);
    expect(all(elements, "link", { rel: "stylesheet" }).map(({ attributes }) => attributes["href"])).toEqual([
      "/style.css",
    ]);
  });

  test.each([
    "/",
    "/feeds",
    "/sections/politics",
    "/articles/harbour-bridge",
    "/problems/withdrawn",
    "/style.css",
    "/favicon.svg",
    "/site.webmanifest",
  ])("%s is a 304 for a client that has it", async (path) => {
    await put("harbour-bridge", wire());
    const first = await get(path);
    const tag = first.headers.get("ETag") ?? "";
    const second = await get(path, { "If-None-Match": tag });
    expect({ first: first.status, second: second.status, tag: second.headers.get("ETag") }).toEqual({
      first: 200,
      second: 304,
      tag,
    });
    expect(tag).not.toBe("");
    expect(second.headers.get("Cache-Control")).toBe(first.headers.get("Cache-Control"));
    expect(await second.text()).toBe("");
  });

  test("has another tag when its content has changed", async () => {
    const paths = ["/", "/sections/politics", "/articles/harbour-bridge"];
    const tags = async () => Promise.all(paths.map(async (path) => (await get(path)).headers.get("ETag")));
    await put("harbour-bridge", wire());
    const before = await tags();
    await put("harbour-bridge", wire({ headline: "Harbour bridge closes" }));
    await settle();
    const after = await tags();
    expect(after.map((tag, index) => tag === before[index])).toEqual([false, false, false]);
  });

  test.each([
    ["/", [""]],
    ["/feeds", [""]],
    ["/sections/politics", ["/sections/politics"]],
    ["/articles/harbour-bridge", ["", "/sections/politics"]],
  ])(
    "[RFC 8288 3] %s offers its feeds in its header fields too, in a 304 as in a 200",
    async (path, homes) => {
      await put("harbour-bridge", wire());
      const full = await get(path);
      const short = await get(path, { "If-None-Match": full.headers.get("ETag") ?? "" });
      const links = (full.headers.get("Link") ?? "")
        .split(", ")
        .map((link) => /^<(.*)>; rel="alternate"; type="(.*?)"; title/.exec(link)?.slice(1).toReversed());
      expect(links).toEqual(homes.flatMap(feedsOf));
      expect([short.status, short.headers.get("Link")]).toEqual([304, full.headers.get("Link")]);
    },
  );

  test("[RFC 8187 3.2] encodes the titles in its header fields so that any text survives", async () => {
    await put("jisr", wire({ sections: "العربية" }));
    const [, title = ""] =
      /title\*=UTF-8''([^,;]*)/.exec((await get("/sections/arabic")).headers.get("Link") ?? "") ?? [];
    expect(title).toMatch(/^(?:[\w.~!$&+^`|-]|%[0-9A-F]{2})+$/);
    expect(decodeURIComponent(title)).toBe(`العربية – ${site.title} (RSS)`);
  });

  test("leads software to the list of all feeds", async () => {
    const outlines = all(await page("/"), "link", { rel: "outline" });
    expect(outlines.map(({ attributes }) => [attributes["type"], attributes["href"]])).toEqual([
      ["text/x-opml", `${ORIGIN}/feeds.opml`],
    ]);
  });

  test("answers HEAD as GET, without the body", async () => {
    await put("harbour-bridge", wire());
    const path = "/articles/harbour-bridge";
    const [full, head] = await Promise.all([get(path), request(path, { method: "HEAD" })]);
    expect({ status: head.status, fields: fields(head), body: await head.text() }).toEqual({
      status: 200,
      fields: fields(full),
      body: "",
    });
  });

  test("explains each problem", async () => {
    const elements = await page("/problems/precondition-failed");
    expect(texts(all(elements, "h1"))).toEqual(["The precondition does not hold"]);
    expect(all(elements, "main")[0]?.text).toContain("Status 412");
  });

  test.each(["/problems/nonsense", "/problems/constructor"])(
    "%s of an unknown problem is a 404",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

describe("a feed's address opened in a browser", () => {
  test.each(FORMATS.map(({ name, mediaType }, index) => [FILES[index] ?? "", name, mediaType] as const))(
    "/%s shows a person a page with the address to copy, and everyone else the feed",
    async (file, name, mediaType) => {
      await put("harbour-bridge", wire());
      const [person, reader] = await Promise.all([get(`/${file}`, NAVIGATION), get(`/${file}`)]);
      const elements = await parse(await person.clone().text());
      expect({
        person: [person.headers.get("Content-Type"), person.headers.get("Vary")],
        reader: [reader.headers.get("Content-Type"), reader.headers.get("Vary")],
        address: all(elements, "input").map(({ attributes }) => attributes["value"]),
        headings: texts(all(elements, "h1")),
        headlines: texts(all(elements, "h2")),
        source: all(elements, "a", { href: "?raw" }).length,
      }).toEqual({
        person: ["text/html; charset=utf-8", "Sec-Fetch-Dest"],
        reader: [
          `${mediaType}; charset=utf-8`,
          name === "RSS" ? "Sec-Fetch-Dest" : "Sec-Fetch-Dest, Accept-Encoding",
        ],
        address: [`${ORIGIN}/${file}`],
        headings: [expect.stringContaining(name)],
        headlines: ["Harbour bridge reopens"],
        source: 1,
      });
    },
  );

  test("of a section shows the section's", async () => {
    const elements = await page("/sections/politics/atom.xml", NAVIGATION);
    expect(all(elements, "input").map(({ attributes }) => attributes["value"])).toEqual([
      `${ORIGIN}/sections/politics/atom.xml`,
    ]);
  });

  test("of a negotiated feed shows the address of the format, and names in Vary the fields that decide it", async () => {
    const response = await get("/feed", { ...NAVIGATION, Accept: "application/atom+xml" });
    const elements = await parse(await response.clone().text());
    const address = all(elements, "input").map(({ attributes }) => attributes["value"]);
    expect({ address, vary: response.headers.get("Vary") }).toEqual({
      address: [`${ORIGIN}/atom.xml`],
      vary: "Accept, Sec-Fetch-Dest",
    });
  });

  test.each(FILES)("/%s?raw shows its source as plain text", async (file) => {
    await put("harbour-bridge", wire());
    const [source, feed] = await Promise.all([get(`/${file}?raw`, NAVIGATION), get(`/${file}`)]);
    expect({ type: source.headers.get("Content-Type"), text: await source.text() }).toEqual({
      type: "text/plain; charset=utf-8",
      text: await feed.text(),
    });
  });

  test("?raw changes nothing for a feed reader", async () => {
    expect((await get("/rss.xml?raw")).headers.get("Content-Type")).toBe(
      "application/rss+xml; charset=utf-8",
    );
  });

  test("has another tag as a page, as a source and as a feed", async () => {
    const responses = await Promise.all([
      get("/rss.xml"),
      get("/rss.xml", NAVIGATION),
      get("/rss.xml?raw", NAVIGATION),
    ]);
    const tags = responses.map(({ headers }) => headers.get("ETag"));
    expect(new Set(tags).size).toBe(3);
    expect(tags).not.toContain(null);
  });

  test.each(["empty", "iframe", "script", "image"])(
    "gives the feed when it is fetched as %s",
    async (destination) => {
      const response = await get("/rss.xml", { "Sec-Fetch-Dest": destination });
      expect(response.headers.get("Content-Type")).toBe("application/rss+xml; charset=utf-8");
    },
  );
});

describe("the files of pages:", () => {
  test("/style.css is a style sheet", async () => {
    const response = await get("/style.css");
    expect({ status: response.status, type: response.headers.get("Content-Type") }).toEqual({
      status: 200,
      type: "text/css; charset=utf-8",
    });
    expect(await response.text()).toContain(".headlines");
  });

  test("/favicon.svg is a picture of the site's initial", async () => {
    const response = await get("/favicon.svg");
    const [text] = all(await parse(await response.clone().text()), "text");
    expect({ status: response.status, type: response.headers.get("Content-Type"), text: text?.text }).toEqual(
      {
        status: 200,
        type: "image/svg+xml; charset=utf-8",
        text: site.title.replace("The ", "").charAt(0),
      },
    );
  });

  test("/site.webmanifest is a web application manifest, to which every page leads", async () => {
    const [manifest] = all(await page("/"), "link", { rel: "manifest" });
    const response = await get(manifest?.attributes["href"] ?? "");
    expect({
      type: response.headers.get("Content-Type"),
      caching: response.headers.get("Cache-Control"),
      tag: response.headers.get("ETag"),
      name: (await response.json<{ name: string }>()).name,
    }).toEqual({
      type: "application/manifest+json; charset=utf-8",
      caching: "public, max-age=3600",
      tag: expect.stringMatching(/^(?:W\/)?"/),
      name: site.title,
    });
  });

  test("/favicon.ico leads to the favicon", async () => {
    const response = await get("/favicon.ico");
    expect({
      status: response.status,
      location: response.headers.get("Location"),
      caching: response.headers.get("Cache-Control"),
    }).toEqual({
      status: 302,
      location: site.favicon ?? "/favicon.svg",
      caching: "public, max-age=3600",
    });
  });
});
