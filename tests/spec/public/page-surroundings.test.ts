/** What surrounds the content of pages: the sections, other stories, archive pages, and what validators say of all that. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { all, canonical, type Element, page, parse, texts } from "../../support/reading/html.ts";
import { faults } from "../../support/faulty-kv.ts";
import { at, get, put, request, settle, withdraw } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { publishAll, series, story } from "../../support/stories/stories.ts";
import { wire } from "../../support/stories/wire.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const PEOPLE = { Accept: "text/html" };
const PICTURE = { image: "https://pictures.example/ferry.jpg" };

beforeEach(() => {
  at(NOW);
});

async function tagOf(path: string): Promise<string> {
  return (await get(path)).headers.get("ETag") ?? "";
}

/** The links in a part of a page that has this label. */
function linksIn(elements: Element[], label: string): (readonly [string, string | undefined])[] {
  return all(elements, "a")
    .filter(({ ancestors }) => ancestors.some(({ attributes }) => attributes["aria-label"] === label))
    .map(({ text, attributes }) => [text.trim(), attributes["href"]] as const);
}

function headlines(elements: Element[]): string[] {
  return texts([...all(elements, "h2"), ...all(elements, "h3")]);
}

/** The headlines of other stories under an article. */
async function more(path: string): Promise<string[]> {
  return texts(
    all(await page(path), "h3").filter(({ ancestors }) =>
      ancestors.some(({ attributes }) => attributes["aria-labelledby"] === "more"),
    ),
  );
}

describe("every page", () => {
  const PAGES = [
    "/",
    "/feeds",
    "/sections",
    "/authors",
    "/sections/politics",
    "/articles/bridge",
    "/archive/1.1",
    "/problems/not-found",
    "/nowhere",
  ];

  test.each(PAGES)(
    "%s names the declared sections and those that articles opened, and has one h1",
    async (path) => {
      await put("bridge", wire({ sections: "Politics Tides" }));
      await settle();
      startAnotherIsolate();
      const elements = await page(path, PEOPLE);
      expect(linksIn(elements, "Sections")).toEqual([
        ...site.sections.map(({ id, title }) => [title, `/sections/${id}`]),
        ["Tides", "/sections/tides"],
      ]);
      expect(all(elements, "h1").length).toBe(1);
      expect(all(elements, "a", { href: "#main" }).length).toBe(1);
      expect(all(elements, "main", { id: "main" }).length).toBe(1);
    },
  );

  test("at a feed's address in a browser names them too", async () => {
    await put("bridge", wire({ sections: "Tides" }));
    await settle();
    const elements = await page("/rss.xml", { "Sec-Fetch-Dest": "document", Accept: "text/html" });
    expect(linksIn(elements, "Sections")).toContainEqual(["Tides", "/sections/tides"]);
  });
});

describe("the validators of an article's page", () => {
  test("stay when something is published in another section, and when a section only has more articles", async () => {
    await put("bridge", wire({ sections: "Politics" }));
    await put("derby", wire({ sections: "Sport", headline: "Rovers win" }));
    await settle();
    const before = await tagOf("/articles/bridge");
    await put("race", wire({ sections: "Sport", headline: "A race is held" }));
    await settle();
    startAnotherIsolate();
    expect(await tagOf("/articles/bridge")).toBe(before);
  });

  test("change when a section opens, and when another story of its section comes, changes or goes", async () => {
    await put("bridge", wire({ sections: "Politics" }));
    await settle();
    const seen = [await tagOf("/articles/bridge")];
    const steps = [
      () => put("tide", wire({ sections: "Tides", headline: "The tide is high" })),
      () => put("vote", wire({ sections: "Politics", headline: "The town votes" })),
      () => put("vote", wire({ sections: "Politics", headline: "The town has voted" })),
      () => withdraw("vote"),
    ];
    for (const step of steps) {
      await step();
      await settle();
      startAnotherIsolate();
      seen.push(await tagOf("/articles/bridge"));
    }
    // After the withdrawal it shows what it showed before the vote.
    expect([new Set(seen).size, seen.at(-1)]).toEqual([4, seen[1]]);
  });

  test("of every page stay when something comes under embargo", async () => {
    await put("bridge", wire({ sections: "Politics" }));
    await settle();
    const paths = ["/", "/sections/politics", "/articles/bridge", "/archive/1.1", "/feeds"];
    const before = await Promise.all(paths.map(tagOf));
    await put(
      "budget",
      wire({ sections: "Politics Secret", headline: "Budget", time: "2040-01-01T00:00:00Z" }),
    );
    await settle();
    startAnotherIsolate();
    expect(await Promise.all(paths.map(tagOf))).toEqual(before);
  });
});

describe("under an article", () => {
  test("stand the newest others of its first section, with their pictures", async () => {
    await publishAll([
      ...series("s", 3, { sections: ["Sport"] }),
      story("pictured", { title: "The ferry sails", sections: ["Politics"], ...PICTURE }),
      story("bridge", { title: "The bridge opens", sections: ["Politics", "Sport"] }),
    ]);
    expect(await more("/articles/bridge")).toEqual(["The ferry sails"]);
    const pictures = all(await page("/articles/bridge"), "img").map(({ attributes }) => attributes["src"]);
    expect(pictures).toEqual([PICTURE.image]);
  });

  test("nothing stands while the section can't be read, and no cache keeps the page", async () => {
    await publishAll(series("s", 2, { sections: ["Sport"] }));
    startAnotherIsolate();
    vi.spyOn(console, "error").mockReturnValue();
    faults.isReadFailing = (key) => key === "window:section:sport" || key === "site";
    const response = await get("/articles/s-1");
    expect([response.status, response.headers.get("ETag")]).toEqual([200, null]);
    const elements = await parse(await response.text());
    expect(texts(all(elements, "h3"))).toEqual([]);
    expect(linksIn(elements, "Sections").length).toBe(site.sections.length);
  });
});

describe("the front page", () => {
  test("has the newest of a section of which the site's newest articles have none", async () => {
    await publishAll(series("s", 60, { sections: ["Sport"] }));
    await publishAll([
      story("old", { title: "An old vote", sections: ["Politics"], date_published: "2031-01-01T00:00:00Z" }),
    ]);
    startAnotherIsolate();
    const [before, elements] = [await tagOf("/"), await page("/")];
    expect(headlines(elements)).toContain("An old vote");
    await publishAll([
      story("older", {
        title: "An older vote",
        sections: ["Politics"],
        date_published: "2030-01-01T00:00:00Z",
      }),
    ]);
    startAnotherIsolate();
    expect(await tagOf("/")).not.toBe(before);
    expect(headlines(await page("/"))).toContain("An older vote");
  });

  describe("beside the windows of sections that the site's newest articles leave out", () => {
    beforeEach(async () => {
      await publishAll(series("s", 60, { sections: ["Sport"] }));
      const date_published = "2026-01-01T00:00:00Z";
      await publishAll([
        story("vote", { title: "An old vote", sections: ["Politics"], date_published }),
        story("play", { title: "An old play", sections: ["Culture"], date_published }),
      ]);
      startAnotherIsolate();
      await tagOf("/");
    }, 60_000);

    test("reads each once a second, however many readers come", async () => {
      at(NOW + 1000);
      faults.reads.length = 0;
      await Promise.all(Array.from({ length: 10 }, () => tagOf("/")));
      const windows = faults.reads.filter((read) => read.includes("window:section:"));
      expect(windows.toSorted()).toEqual(["window:section:culture", "window:section:politics"]);
    });

    test("shows what it knows of them while KV can't be read, with the same validators", async () => {
      const before = await tagOf("/");
      at(NOW + 1000);
      vi.spyOn(console, "error").mockReturnValue();
      faults.isReadFailing = () => true;
      const response = await get("/");
      expect(headlines(await parse(await response.text()))).toContain("An old vote");
      expect(response.headers.get("ETag")).toBe(before);
    });

    test("does without one that can't be read, and keeps the others", async () => {
      startAnotherIsolate();
      vi.spyOn(console, "error").mockReturnValue();
      faults.isReadFailing = (key) => key.includes("window:section:culture");
      const response = await get("/");
      const shown = headlines(await parse(await response.text()));
      expect([shown.includes("An old vote"), shown.includes("An old play")]).toEqual([true, false]);
      expect(response.headers.get("ETag")).toBeNull();
    });
  });

  test("leads to the archive, whose pages lead to one another and back", async () => {
    await publishAll(series("s", 110, { sections: ["Sport"] }));
    for (const [home, archive] of [
      ["/", "/archive"],
      ["/sections/sport", "/sections/sport/archive"],
    ] as const) {
      const link = all(await page(home), "a").find(({ attributes }) =>
        attributes["href"]?.startsWith(`${archive}/`),
      );
      let path = link?.attributes["href"];
      const met: unknown[] = [];
      while (path !== undefined) {
        const elements = await page(path);
        expect(canonical(elements)).toEqual([`${ORIGIN}${path}`]);
        const links = new Map(linksIn(elements, "Archive"));
        met.push([path, texts(all(elements, "h2")).length, links.get("Newer articles")]);
        path = links.get("Older articles");
      }
      expect(met).toEqual([
        [`${archive}/3.10`, 10, home],
        [`${archive}/2`, 50, home],
        [`${archive}/1`, 50, `${archive}/2`],
      ]);
    }
  }, 60_000);
});

describe("an archive page", () => {
  test("has validators, is kept briefly even where it is full, and answers HEAD alike", async () => {
    await publishAll(series("s", 110, { sections: ["Sport"] }));
    const [full, open] = await Promise.all([get("/archive/1"), get("/archive/3.10")]);
    const inBrowser = ["/archive/1/rss.xml", "/archive/1/rss.xml?raw", "/archive/3.10/rss.xml", "/rss.xml"];
    const shown = await Promise.all(inBrowser.map((path) => get(path, { "Sec-Fetch-Dest": "document" })));
    for (const { headers } of [full, open, ...shown])
      expect(headers.get("Cache-Control")).toBe("public, max-age=60");
    const tag = full.headers.get("ETag") ?? "";
    expect((await get("/archive/1", { "If-None-Match": tag })).status).toBe(304);
    const head = await request("/archive/1", { method: "HEAD" });
    expect([head.status, head.headers.get("ETag")]).toEqual([200, tag]);
    expect((await get("/archive/1/rss.xml")).headers.get("ETag")).not.toBe(tag);
  }, 60_000);

  test.each([
    ["/archive/1", 302, "/archive/1.1"],
    ["/archive/1.7", 302, "/archive/1.1"],
    ["/authors/jane-roe/archive/1", 302, "/authors/jane-roe/archive/1.1"],
    ["/archive/99", 404, null],
    ["/archive/0", 404, null],
    ["/archive/x", 404, null],
    ["/sections/nowhere/archive/1", 404, null],
    ["/tags/bridges/archive/2", 404, null],
  ])("%s is a %d, or leads to %s", async (path, status, location) => {
    await publishAll([story("bridge", { authors: [{ name: "Jane Roe" }], tags: ["bridges"] })]);
    const response = await get(path);
    expect([response.status, response.headers.get("Location")]).toEqual([status, location]);
  });

  test("of a union names its section and its number, and each story's own section", async () => {
    await publishAll([
      story("vote", { sections: ["Politics"] }),
      story("fair", { sections: ["Events"] }),
      story("both", { sections: ["Politics", "Events"] }),
    ]);
    const elements = await page("/sections/events+politics/archive/politics-1.2");
    const kickers = all(elements, "p", { class: "kicker" });
    expect(texts(all(elements, "h1"))).toEqual(["Archive, page 1"]);
    expect(texts(kickers)).toEqual(["Events + Politics – Politics", "Politics"]);
    const list = await page("/sections/events+politics");
    expect(texts(all(list, "p", { class: "kicker" })).toSorted()).toEqual(["Events", "Politics", "Politics"]);
    expect(all(list, "a", { href: "/sections/events+politics/archive/politics-1.2" })).toHaveLength(1);
    expect(all(await page("/sections/politics/archive/1.2"), "p", { class: "kicker" })).toHaveLength(1);
  });

  test("of an author offers the feeds without a title in its header fields, where no article names the author", async () => {
    await publishAll([story("bridge", { authors: [{ name: "Jane Roe" }] })]);
    const { headers } = await get("/authors/jane-roe/archive/1.1");
    expect(headers.get("Link")).toContain('/authors/jane-roe/rss.xml>; rel="alternate"');
    expect(headers.get("Link")).not.toContain("title");
  });

  test("shows pictures, and drops a foreign query", async () => {
    await publishAll([story("bridge", PICTURE)]);
    expect(all(await page("/archive/1.1"), "img").map(({ attributes }) => attributes["src"])).toEqual([
      PICTURE.image,
    ]);
    const response = await get("/archive/1.1?utm_source=x");
    expect([response.status, response.headers.get("Location")]).toEqual([301, "/archive/1.1"]);
  });
});

describe("a notice", () => {
  test("leads to the sections and to the newest stories, but never to the withdrawn one", async () => {
    await put("bridge", wire({ headline: "The bridge opens" }));
    await put("vote", wire({ headline: "The town votes" }));
    await withdraw("vote");
    await settle();
    for (const [path, status] of [
      ["/nowhere", 404],
      ["/articles/vote", 410],
    ] as const) {
      const response = await get(path, PEOPLE);
      expect(response.status).toBe(status);
      const elements = await parse(await response.text());
      expect(texts(all(elements, "h3"))).toEqual(["The bridge opens"]);
      const head = await request(path, { method: "HEAD", headers: PEOPLE });
      expect([head.status, head.headers.get("Content-Type")]).toEqual([
        status,
        response.headers.get("Content-Type"),
      ]);
    }
  });

  test.each([
    ["/nowhere", 404],
    ["/articles/UPPER", 404],
    ["/problems/not-found", 200],
  ])("at %s stands even while KV can't be read", async (path, status) => {
    startAnotherIsolate();
    vi.spyOn(console, "error").mockReturnValue();
    faults.isReadFailing = () => true;
    const response = await get(path, PEOPLE);
    expect(response.status).toBe(status);
    const elements = await parse(await response.text());
    expect(linksIn(elements, "Sections").length).toBe(site.sections.length);
  });
});
