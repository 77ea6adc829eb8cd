import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPosition, writePosition } from "../../../src/api/pagination.ts";
import { parseEntityTags } from "../../../src/http/entity-tag.ts";
import { formatHttpDate, parseHttpDate } from "../../../src/http/http-date.ts";
import { canonicalPath } from "../../../src/public/redirects.ts";

const weak = (opaque: string) => ({ isWeak: true, opaque });
const strong = (opaque: string) => ({ isWeak: false, opaque });

describe("[RFC 9110 8.8.3] a list of entity tags", () => {
  test.each([
    ["one strong tag", '"1"', [strong("1")]],
    ["one weak tag", 'W/"a.1.rss.b"', [weak("a.1.rss.b")]],
    ["an empty tag", '""', [strong("")]],
    ["several tags", '"1", W/"2","3"', [strong("1"), weak("2"), strong("3")]],
    ["a tag with a comma in it", '"1,2", "3"', [strong("1,2"), strong("3")]],
    [
      "a tag of every visible character but the quote",
      '"!#$%&()*+-./:;<=>?@[\\]^_`{|}~"',
      [strong("!#$%&()*+-./:;<=>?@[\\]^_`{|}~")],
    ],
    ["a tag with obs-text", '"caf\u00E9"', [strong("café")]],
    ["empty elements, which a recipient ignores", ', "1",, "2",', [strong("1"), strong("2")]],
    ["white space around", ' "1" , "2" ', [strong("1"), strong("2")]],
  ])("reads %s", (_, field, expected) => {
    expect(parseEntityTags(field)).toEqual(expected);
  });

  test.each(["*", " * "])("reads %j as any", (field) => {
    expect(parseEntityTags(field)).toBe("*");
  });

  test.each([
    ["nothing", ""],
    ["a tag without quotes", "1"],
    ["a tag without its end", '"1'],
    ["a weak mark in lower case", 'w/"1"'],
    ["a weak mark apart from its tag", 'W/ "1"'],
    ["two tags without a comma", '"1" "2"'],
    ["any among others", '*, "1"'],
    ["a good tag before nonsense", '"1", nonsense'],
    ["a tag with a space in it", '"1 2"'],
  ])("rejects %s, which is no list", (_, field) => {
    expect(parseEntityTags(field)).toEqual([]);
  });

  test("reads back every tag that may be written", () => {
    const opaque = fc.stringMatching(/^[\x21\x23-\x7e\x80-\xff]*$/);
    const tags = fc.array(fc.record({ isWeak: fc.boolean(), opaque }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(tags, fc.constantFrom(",", ", ", " , ,"), (list, separator) => {
        const field = list.map((tag) => `${tag.isWeak ? "W/" : ""}"${tag.opaque}"`).join(separator);
        expect(parseEntityTags(field)).toEqual(list);
      }),
    );
  });
});

describe("[RFC 9110 5.6.7] an HTTP date", () => {
  const now = Date.parse("2026-11-04T12:00:00Z");

  test("is written as an IMF-fixdate", () => {
    expect(formatHttpDate(Date.parse("1994-11-06T08:49:37.999Z"))).toBe("Sun, 06 Nov 1994 08:49:37 GMT");
  });

  test.each([
    ["an IMF-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["an RFC 850 date", "Sunday, 06-Nov-94 08:49:37 GMT"],
    ["an asctime date", "Sun Nov  6 08:49:37 1994"],
    ["white space around it", "  Sun, 06 Nov 1994 08:49:37 GMT "],
  ])("is read from %s", (_, field) => {
    expect(parseHttpDate(field, now)).toBe(Date.parse("1994-11-06T08:49:37Z"));
  });

  test("is read from an asctime date with two digits for the day", () => {
    expect(parseHttpDate("Wed Nov 16 08:49:37 1994", now)).toBe(Date.parse("1994-11-16T08:49:37Z"));
  });

  test("may be a leap second, which is read as the end of its minute", () => {
    const instant = parseHttpDate("Sat, 31 Dec 2016 23:59:60 GMT", now);
    expect(instant).toBeGreaterThanOrEqual(Date.parse("2016-12-31T23:59:59Z"));
    expect(instant).toBeLessThanOrEqual(Date.parse("2017-01-01T00:00:00Z"));
  });

  test.each([
    ["of this year", "Wednesday, 04-Nov-26 12:00:00 GMT", "2026-11-04T12:00:00Z"],
    ["of last year", "Tuesday, 04-Nov-25 12:00:00 GMT", "2025-11-04T12:00:00Z"],
    ["of next year", "Thursday, 04-Nov-27 12:00:00 GMT", "2027-11-04T12:00:00Z"],
    ["50 years ahead to the second", "Wednesday, 04-Nov-76 12:00:00 GMT", "2076-11-04T12:00:00Z"],
    ["50 years and a second ahead", "Thursday, 04-Nov-76 12:00:01 GMT", "1976-11-04T12:00:01Z"],
    ["51 years ahead", "Friday, 04-Nov-77 12:00:00 GMT", "1977-11-04T12:00:00Z"],
  ])("%s, with two digits of a year, lies at most 50 years ahead", (_, field, expected) => {
    expect(parseHttpDate(field, now)).toBe(Date.parse(expected));
  });

  test.each([
    ["nothing", ""],
    ["a word", "yesterday"],
    ["a number", "784111777"],
    ["an RFC 3339 time", "1994-11-06T08:49:37Z"],
    ["a date in another zone", "Sun, 06 Nov 1994 08:49:37 +0000"],
    ["a date without a zone", "Sun, 06 Nov 1994 08:49:37"],
    ["a date in lower case", "sun, 06 nov 1994 08:49:37 gmt"],
    ["a date of one digit of a day", "Sun, 6 Nov 1994 08:49:37 GMT"],
    ["a date with something behind it", "Sun, 06 Nov 1994 08:49:37 GMT; length=1"],
    ["a month that isn't", "Sun, 06 Nop 1994 08:49:37 GMT"],
    ["a day that no month has", "Sun, 32 Nov 1994 08:49:37 GMT"],
    ["a day that this month hasn't", "Thu, 31 Nov 1994 08:49:37 GMT"],
    ["an hour that isn't", "Sun, 06 Nov 1994 25:49:37 GMT"],
    ["an asctime date with a zone", "Sun Nov  6 08:49:37 1994 GMT"],
  ])("is never %s", (_, field) => {
    expect(parseHttpDate(field, now)).toBeUndefined();
  });

  test("of any second between the years 1970 and 9999 is read back as the same second", () => {
    const second = fc.integer({ min: 0, max: Date.parse("9999-12-31T23:59:59Z") / 1000 });
    fc.assert(
      fc.property(second, (seconds) => {
        expect(parseHttpDate(formatHttpDate(seconds * 1000), now)).toBe(seconds * 1000);
      }),
    );
  });
});

describe("a cursor", () => {
  test("leads back to the position for which it was written, and needs no escaping in a query", () => {
    const id = fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,5}$/);
    const published = fc.integer({
      min: Date.parse("0001-01-01T00:00:00Z"),
      max: Date.parse("9999-12-31T23:59:59.999Z"),
    });
    fc.assert(
      fc.property(fc.record({ published, id }), (position) => {
        const cursor = writePosition(position);
        expect(readPosition(cursor)).toEqual(position);
        const asked = new URL(`https://news.example/api/articles?limit=2&cursor=${cursor}`);
        expect(asked.searchParams.get("cursor")).toBe(cursor);
      }),
    );
  });

  test.each([
    ["empty", ""],
    ["a word", "next"],
    ["no Base64", "%%%"],
    ["bytes that are no text", btoa("\u00FF\u00FE")],
    ["without an id", btoa("1762240026000")],
    ["of an id that is none", btoa("1762240026000 ../x")],
    ["of a time that is none", btoa("tomorrow harbour-bridge")],
    ["of a time that no article has", btoa(`${"9".repeat(40)} harbour-bridge`)],
  ])("that is %s is refused", (_, cursor) => {
    expect(readPosition(cursor)).toBeUndefined();
  });
});

describe("another spelling", () => {
  const RSS = [
    "rss",
    "rss2",
    "feed.xml",
    "feed.rss",
    "index.xml",
    "index.rss",
    "rss2.xml",
    "feed/rss",
    "feed/rss2",
  ];
  const ATOM = ["atom", "feed.atom", "index.atom", "feed/atom"];
  const JSON_FEED = ["json", "index.json", "feed/json"];
  const SPELLINGS = [
    ...RSS.map((spelling) => [spelling, "rss.xml"] as const),
    ...ATOM.map((spelling) => [spelling, "atom.xml"] as const),
    ...JSON_FEED.map((spelling) => [spelling, "feed.json"] as const),
  ];

  test.each(SPELLINGS)(
    "%s leads to %s, for the site and for a section, with and without a slash at its end",
    (spelling, file) => {
      expect([
        canonicalPath(`/${spelling}`),
        canonicalPath(`/${spelling}/`),
        canonicalPath(`/sections/politics/${spelling}`),
        canonicalPath(`/sections/politics/${spelling}/`),
      ]).toEqual([`/${file}`, `/${file}`, `/sections/politics/${file}`, `/sections/politics/${file}`]);
    },
  );

  test.each([
    ["/sections/Politics", "/sections/politics"],
    ["/sections/Human%20Rights", "/sections/human-rights"],
    ["/sections/Human Rights/rss.xml", "/sections/human-rights/rss.xml"],
    ["/sections/human_rights/atom", "/sections/human-rights/atom.xml"],
    ["/sections/%C3%89conomie/feed", "/sections/economie/feed"],
    ["/sections/Économie/", "/sections/economie"],
  ])("of a section's name, %s, leads to %s", (path, expected) => {
    expect(canonicalPath(path)).toBe(expected);
  });

  test.each([
    ["/articles/harbour-bridge/", "/articles/harbour-bridge"],
    ["/sections/politics/", "/sections/politics"],
    ["/rss.xml/", "/rss.xml"],
    ["//rss.xml", "/rss.xml"],
    ["///sections//politics///rss.xml//", "/sections/politics/rss.xml"],
    ["/sections/", "/sections"],
    ["/articles", "/"],
    ["/articles/", "/"],
  ])("with needless slashes, or without its end, %s leads to %s", (path, expected) => {
    expect(canonicalPath(path)).toBe(expected);
  });

  test.each([
    "/",
    "/rss.xml",
    "/feed",
    "/sections/politics",
    "/sections/politics/feed.json",
    "/articles/harbour-bridge",
    "/nonsense",
    "/rss.xml.gz",
    "/RSS/RSS",
    "/sections/%",
    "/sections/%C3",
  ])("is not %s", (path) => {
    expect(canonicalPath(path)).toBeUndefined();
  });

  test.each(["/constructor", "/toString", "/__proto__", "/sections/politics/valueOf"])(
    "is not %s, the name of a member of every object",
    (path) => {
      expect(canonicalPath(path)).toBeUndefined();
    },
  );
});

describe("the canonical path of any path", () => {
  const segment = fc.oneof(
    fc.constantFrom("", ".", "..", "\\", "\t", "@", ":", "https:", "%2F", "%5C", "evil.example"),
    fc.constantFrom("sections", "articles", "Human Rights", "feed", "rss", "rss.xml", "index.xml", "atom"),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  const anyPath = fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join("/")}`);
  const whole = { numRuns: 2000 };

  test("lies on this site, as a browser reads it", () => {
    const here = "https://news.example/somewhere";
    fc.assert(
      fc.property(anyPath, (path) => {
        const canonical = canonicalPath(path) ?? "/";
        expect(new URL(canonical, here).origin).toBe("https://news.example");
      }),
      whole,
    );
  });

  test.each([
    "//evil.example/",
    "/\\evil.example/",
    "/\\/evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
  ])("lies on this site for %j", (path) => {
    const canonical = canonicalPath(path) ?? "/";
    expect(new URL(canonical, "https://news.example/somewhere").origin).toBe("https://news.example");
  });

  test("begins with one slash, so that it names no scheme and no host", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        expect(canonicalPath(path) ?? "/").toMatch(/^\/(?!\/)/);
      }),
      whole,
    );
  });

  test("[RFC 3986 3.3] consists of characters of a path, so that it can stand in Location", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        expect(canonicalPath(path) ?? "/").toMatch(/^[\w!$&'()*+,;=:@%./~-]*$/);
      }),
      whole,
    );
  });

  test("is its own canonical path: nobody is redirected twice", () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const canonical = canonicalPath(path);
        fc.pre(canonical !== undefined);
        expect(canonicalPath(canonical)).toBeUndefined();
      }),
      whole,
    );
  });
});
