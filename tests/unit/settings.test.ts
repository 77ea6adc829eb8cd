import { describe, expect, test } from "vitest";
import { readAccess, readSettings, SettingsError } from "../../src/settings.ts";

const URL_OF_SITE = "https://news.example";

function siteFile(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: "The Gazette",
    description: "News from the coast.",
    language: "en",
    publisher: { name: "The Gazette", url: "https://gazette.example/" },
    authority: "gazette.example",
    since: "2026-01-31",
    sections: [{ title: "Politics" }],
    ...changes,
  };
}

/** The lines of the refusal, without its heading. */
function problems(file: unknown, siteUrl: unknown): string[] {
  try {
    readSettings(file, siteUrl);
  } catch (thrown) {
    if (thrown instanceof SettingsError) return thrown.message.split("\n").slice(1);
    throw thrown;
  }
  return [];
}

describe("a configuration", () => {
  test("that is complete gives the site, with the address of its origin", () => {
    const file = siteFile({
      timeZone: "Europe/Lisbon",
      icon: "https://gazette.example/icon.svg",
      favicon: "https://gazette.example/favicon.svg",
      image: "https://gazette.example/logo.png",
      newSections: "reject",
      itemsPerFeed: 20,
      cover: "https://gazette.example/cover.jpg",
      logo: "https://gazette.example/logo.svg",
      accentColor: "#8A2b12",
      sections: [
        { title: "Politics", description: "The assembly." },
        { id: "arabic", title: "العربية", language: "ar" },
      ],
      feeds: [{ id: "coast", title: "The coast", any: ["politics"], tags: ["Harbour"] }],
      hub: { subscriptions: 500, subscriptionsPerHost: 20, pending: 50, topics: 90 },
    });
    expect(readSettings(file, "https://News.Example/")).toEqual({
      url: "https://news.example",
      title: "The Gazette",
      description: "News from the coast.",
      language: "en",
      timeZone: "Europe/Lisbon",
      publisher: { name: "The Gazette", url: "https://gazette.example/" },
      authority: "gazette.example",
      since: "2026-01-31",
      icon: "https://gazette.example/icon.svg",
      favicon: "https://gazette.example/favicon.svg",
      image: "https://gazette.example/logo.png",
      newSections: "reject",
      itemsPerFeed: 20,
      sections: [
        { id: "politics", title: "Politics", description: "The assembly." },
        { id: "arabic", title: "العربية", language: "ar" },
      ],
      cover: "https://gazette.example/cover.jpg",
      logo: "https://gazette.example/logo.svg",
      accentColor: "8A2b12",
      feeds: [{ id: "coast", title: "The coast", all: [], any: ["politics"], none: [], tags: ["Harbour"] }],
      hub: { subscriptions: 500, subscriptionsPerHost: 20, pending: 50, topics: 90 },
    });
  });

  test("without these fields opens new sections, shows fifty articles in a feed, and times in UTC", () => {
    const { newSections, itemsPerFeed, timeZone } = readSettings(siteFile(), URL_OF_SITE);
    expect({ newSections, itemsPerFeed, timeZone }).toEqual({
      newSections: "open",
      itemsPerFeed: 50,
      timeZone: "UTC",
    });
  });

  test("gives a section without an id the slug of its title", () => {
    const sections = [{ title: "Human Rights" }, { title: "Économie" }, { title: "R&D" }];
    const { sections: read } = readSettings(siteFile({ sections }), URL_OF_SITE);
    expect(read.map(({ id }) => id)).toEqual(["human-rights", "economie", "r-and-d"]);
  });

  test("without a section is complete: a section opens when an article names it", () => {
    expect(readSettings(siteFile({ sections: [] }), URL_OF_SITE).sections).toEqual([]);
  });

  test("trims its texts", () => {
    expect(readSettings(siteFile({ title: "  The Gazette\n" }), URL_OF_SITE).title).toBe("The Gazette");
  });

  test("with many mistakes is refused with all mistakes at once, each with its place", () => {
    const file = {
      title: " ",
      language: "not a language",
      timeZone: "Europe/Atlantis",
      publisher: { name: "", url: "gazette" },
      authority: "https://gazette.example",
      since: "yesterday",
      icon: "ftp://gazette.example/icon.png",
      favicon: "/favicon.ico",
      image: "https://gazette.example/logo.webp",
      newSections: "maybe",
      itemsPerFeed: 51,
      sections: [
        { title: "Politics" },
        { id: "Human Rights", title: "Human Rights" },
        { title: "", language: "?" },
      ],
      titel: "The Gazette",
    };
    const places = problems(file, "").map(
      (line) => /^ {2}- (SITE_URL|content\/site\.json: [^:]+)/.exec(line)?.[1],
    );
    expect(new Set(places)).toEqual(
      new Set([
        "SITE_URL",
        "content/site.json: title",
        "content/site.json: description",
        "content/site.json: language",
        "content/site.json: timeZone",
        "content/site.json: publisher.name",
        "content/site.json: publisher.url",
        "content/site.json: authority",
        "content/site.json: since",
        "content/site.json: icon",
        "content/site.json: favicon",
        "content/site.json: image",
        "content/site.json: newSections",
        "content/site.json: itemsPerFeed",
        "content/site.json: sections.1.id",
        "content/site.json: sections.2.title",
        "content/site.json: sections.2.language",
        "content/site.json: titel",
      ]),
    );
  });

  test("with two sections of one id is refused beside its other mistakes", () => {
    const file = siteFile({
      sections: [{ title: "Human Rights" }, { id: "human-rights", title: "Rights" }],
      itemsPerFeed: 0,
    });
    expect(problems(file, URL_OF_SITE)).toEqual([
      expect.stringContaining("content/site.json: itemsPerFeed: "),
      "  - content/site.json: sections: two sections have one id",
    ]);
  });

  test.each([
    ["a file that is no object", "The Gazette"],
    ["an empty file", null],
  ])("is refused for %s", (_, file) => {
    expect(problems(file, URL_OF_SITE)).toEqual([expect.stringContaining("content/site.json: the file: ")]);
  });

  test("is refused for a misspelled field, so that none is silently ignored", () => {
    expect(problems(siteFile({ sectons: [] }), URL_OF_SITE)).toEqual([
      expect.stringContaining("content/site.json: sectons: "),
    ]);
  });
});

describe("the hub", () => {
  const LIMITS = { subscriptions: 10_000, subscriptionsPerHost: 100, pending: 1000, topics: 1000 };

  test.each([
    ["is on, with these limits, where nothing is said of it", {}, LIMITS],
    ["is on with the same limits where it is true", { hub: true }, LIMITS],
    ["is on with the same limits where it names none", { hub: {} }, LIMITS],
    ["keeps the other limits where it names one", { hub: { pending: 1 } }, { ...LIMITS, pending: 1 }],
    ["is off where it is false", { hub: false }, undefined],
  ])("%s", (_, member, limits) => {
    expect(readSettings(siteFile(member), URL_OF_SITE).hub).toEqual(limits);
  });

  test.each([0, -1, 1.5, "100", null, 2 ** 53])("has no limit of %j", (limit) => {
    const members = ["subscriptions", "subscriptionsPerHost", "pending", "topics"];
    const lines = members.map((member) => problems(siteFile({ hub: { [member]: limit } }), URL_OF_SITE));
    expect(lines).toEqual(
      members.map((member) => [`  - content/site.json: hub.${member}: must be a whole number of 1 or more`]),
    );
  });

  test.each([null, 1, "on", [], [true]])("is never %j", (hub) => {
    expect(problems(siteFile({ hub }), URL_OF_SITE)).toEqual([
      "  - content/site.json: hub: must be true, false or an object of limits",
    ]);
  });

  test("has no misspelled limit", () => {
    expect(problems(siteFile({ hub: { subscription: 10 } }), URL_OF_SITE)).toEqual([
      expect.stringContaining("content/site.json: hub.subscription: "),
    ]);
  });
});

describe("SITE_URL", () => {
  test.each([
    ["https://news.example", "https://news.example"],
    ["https://news.example/", "https://news.example"],
    ["HTTPS://NEWS.EXAMPLE", "https://news.example"],
    ["http://localhost:8787", "http://localhost:8787"],
    ["https://news.example:443", "https://news.example"],
    ["https://münchen.example", "https://xn--mnchen-3ya.example"],
  ])("%s is the origin %s", (given, expected) => {
    expect(readSettings(siteFile(), given).url).toBe(expected);
  });

  test("that is empty is refused, and the message names the place where it is set", () => {
    expect(problems(siteFile(), "")).toContain(
      "  - SITE_URL is not set: give the public address of the site in wrangler.toml, under [vars]",
    );
  });

  test.each([
    ["missing", undefined],
    ["a number", 8787],
    ["without a scheme", "news.example"],
    ["with a path", "https://news.example/feeds"],
    ["with a query", "https://news.example/?a=1"],
    ["with a fragment", "https://news.example/#top"],
    ["of another scheme", "ftp://news.example"],
    ["a script", "javascript:alert(1)"],
    ["without a host", "https://"],
  ])("%s is refused", (_, siteUrl) => {
    const lines = problems(siteFile(), siteUrl);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/^ {2}- SITE_URL /);
  });
});

describe("a picture that pages load", () => {
  const FIELDS = ["icon", "favicon", "logo"];

  test.each(FIELDS)("%s is never on another site by http, which the policy of pages blocks", (field) => {
    for (const siteUrl of [URL_OF_SITE, "http://localhost:8787"])
      for (const address of [
        "http://gazette.example/a.png",
        "HTTP://news.example/a.png",
        "http://localhost/a.png",
      ])
        expect(problems(siteFile({ [field]: address }), siteUrl)).toEqual([
          `  - content/site.json: ${field}: must be https, or at the site's own address: pages load no other picture`,
        ]);
  });

  test.each(FIELDS)("%s may be on the site itself, by http too", (field) => {
    expect(problems(siteFile({ [field]: "http://localhost:8787/a.png" }), "http://localhost:8787")).toEqual(
      [],
    );
    expect(problems(siteFile({ [field]: "https://gazette.example/a.png" }), "http://localhost:8787")).toEqual(
      [],
    );
  });
});

describe("a field of site.json", () => {
  test.each([
    ["language", "pt-BR"],
    ["language", "zh-Hant-TW"],
    ["timeZone", "UTC"],
    ["timeZone", "America/Argentina/Buenos_Aires"],
    ["authority", "news.gazette.example"],
    ["since", "2024-02-29"],
    ["image", "https://gazette.example/logo.JPG"],
    ["itemsPerFeed", 1],
    ["itemsPerFeed", 50],
  ])("%s may be %s", (field, value) => {
    expect(problems(siteFile({ [field]: value }), URL_OF_SITE)).toEqual([]);
  });

  test.each([
    ["title", ""],
    ["language", ""],
    ["language", "en_US"],
    // The feed validators refuse a language that isn't registered (RFC 5646, section 2.2.9).
    ["language", "english"],
    ["timeZone", ""],
    ["timeZone", "Lisbon"],
    ["timeZone", "Europe/Lisbon "],
    // An offset knows no summer time.
    ["timeZone", "+01:00"],
    ["timeZone", 1],
    ["authority", "localhost"],
    ["authority", "Gazette.example"],
    ["authority", "gazette.example:80"],
    ["since", "2026-1-31"],
    // This day doesn't exist: RFC 4151, section 2.1.
    ["since", "2026-02-30"],
    ["image", "https://gazette.example/logo.svg"],
    ["icon", "javascript:alert(1)"],
    ["newSections", "closed"],
    ["itemsPerFeed", 0],
    ["itemsPerFeed", 51],
    ["itemsPerFeed", 2.5],
    ["itemsPerFeed", "50"],
    ["publisher", "The Gazette"],
    ["sections", {}],
  ])("%s is never %j", (field, value) => {
    const lines = problems(siteFile({ [field]: value }), URL_OF_SITE);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain(`content/site.json: ${field}: `);
  });
});

describe("the Cloudflare Access team", () => {
  const TEAM = "https://courier.cloudflareaccess.com";

  test("is absent when neither variable is set", () => {
    expect(readAccess("", "")).toBeUndefined();
  });

  test("has its address and the application’s tag", () => {
    expect(readAccess(TEAM, "4714c1358e65fe4b408ad6d432a5f878")).toEqual({
      issuer: TEAM,
      audience: "4714c1358e65fe4b408ad6d432a5f878",
    });
  });

  const WRONG_TEAM =
    "  - ACCESS_TEAM_DOMAIN must be the team's address, such as https://courier.cloudflareaccess.com";
  const NO_AUDIENCE = "  - ACCESS_AUDIENCE is not set: give the application's AUD tag";

  test.each([
    ["a team without an application", TEAM, "", [NO_AUDIENCE]],
    ["an application without a team", "", "tag", [WRONG_TEAM]],
    ["a team without https", "http://courier.cloudflareaccess.com", "tag", [WRONG_TEAM]],
    ["a team’s name alone", "courier", "tag", [WRONG_TEAM]],
    ["a team with a path", `${TEAM}/`, "tag", [WRONG_TEAM]],
    ["another’s domain", `${TEAM}.mallory.example`, "tag", [WRONG_TEAM]],
    ["a wrong team without an application", "courier", "", [WRONG_TEAM, NO_AUDIENCE]],
  ])("is refused for %s, with every mistake", (_, team, audience, lines) => {
    expect(() => readAccess(team, audience)).toThrow(
      new SettingsError(`Dateline is not configured:\n${lines.join("\n")}`),
    );
  });
});
