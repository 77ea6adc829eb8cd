/** Partners' feeds: the further elements of each, and hostile text, which stays text in them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutForbidden } from "../../../src/article/characters.ts";
import type { FeedDocument, FeedItem } from "../../../src/feed/document.ts";
import { characterCount } from "../../../src/article/characters.ts";
import { MSN_MAX_SHORT_TITLE, MSN_MAX_TITLE, MSN_MIN_TITLE } from "../../../src/article/partner-limits.ts";
import { PARTNERS } from "../../../src/public/partners.ts";
import { renderFlipboard } from "../../../src/render/flipboard.ts";
import { renderMsn } from "../../../src/render/msn.ts";
import { WITHDRAWN } from "../../../src/render/rss-dialect.ts";
import { renderSmartNews } from "../../../src/render/smartnews.ts";
import { documents, EMPTY, ITEM, ORDINARY, text } from "../../support/stories/feed-document.ts";
import { ATOM, type Element, named, only, parseXml, texts } from "../../support/reading/xml.ts";

const SNF = "{http://www.smartnews.be/snf}";
const MEDIA = "{http://search.yahoo.com/mrss/}";
const TERMS = "{http://purl.org/dc/terms/}";
const SHORT_TITLE = "{http://schemas.ingestion.microsoft.com/common/}shortTitle";

const ILLUSTRATED: FeedItem = {
  ...ITEM,
  expires: Date.parse("2026-12-04T09:00:00Z"),
  image: {
    url: "https://news.example/bridge.jpg",
    alt: "The bridge",
    credit: "Ann Lee",
    width: 900,
    height: 600,
  },
};

function forPartner(file: string, changes: Partial<FeedDocument> = {}): FeedDocument {
  const self = { ...EMPTY.self, rss: `https://news.example/${file}` };
  return { ...ORDINARY, self, items: [ILLUSTRATED], ...changes };
}

function channelOf(rss: string): Element {
  return only(named(parseXml(rss, ATOM), "channel"));
}

function itemsOf(rss: string): Element[] {
  return named(channelOf(rss), "item");
}

const START = `<title>The Courier</title>
<link>https://news.example/</link>
<description>News of the bay</description>
<lastBuildDate>Wed, 04 Nov 2026 12:00:00 GMT</lastBuildDate>
<docs>https://validator.w3.org/feed/docs/rss2.html</docs>
<generator>Dateline</generator>
<language>en</language>
<ttl>5</ttl>
<image>
<title>The Courier</title>
<url>https://news.example/logo.png</url>
<link>https://news.example/</link>
</image>`;

const ITEM_START = `<title>R&#x26;D on &#x3C;the&#x3E; bridge</title>
<link>https://news.example/articles/bridge</link>
<guid isPermaLink="false">tag:news.example,2026-11-04:bridge</guid>
<pubDate>Wed, 04 Nov 2026 07:07:06 GMT</pubDate>`;

const CATEGORIES = `<category domain="https://news.example/sections">Human Rights</category>
<category>bridge</category>`;

const MEDIA_CONTENT = `<media:content url="https://news.example/bridge.jpg" medium="image" type="image/jpeg" width="900" height="600">
<media:description type="plain">The bridge</media:description>
<media:thumbnail url="https://news.example/bridge.jpg"/>
<media:credit>Ann Lee</media:credit>
</media:content>`;

test("an ordinary feed for SmartNews", () => {
  expect(renderSmartNews(forPartner("smartnews.xml"))).toBe(`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:snf="http://www.smartnews.be/snf">
<channel>
${START}
<pubDate>Wed, 04 Nov 2026 12:00:00 GMT</pubDate>
<snf:logo>
<url>https://news.example/icon.png</url>
</snf:logo>
<atom:link href="https://news.example/smartnews.xml" rel="self" type="application/rss+xml"/>
<atom:link href="https://news.example/hub" rel="hub"/>
<item>
${ITEM_START}
<description>Open again &#x26;amp; free.</description>
<content:encoded><![CDATA[<p>Cars &amp; vans crossed.</p>]]></content:encoded>
${CATEGORIES}
<enclosure length="1234" type="audio/mpeg" url="https://news.example/talk.mp3?a=1&amp;b=2"/>
<dc:creator>Ann Lee, Bo Ek</dc:creator>
<media:thumbnail url="https://news.example/bridge.jpg"/>
<media:status state="active"/>
</item>
<item>
<title>This article was withdrawn</title>
<link>https://news.example/articles/gone</link>
<guid isPermaLink="false">tag:news.example,2026-11-03:gone</guid>
<pubDate>Wed, 04 Nov 2026 11:00:00 GMT</pubDate>
<media:status state="deleted"/>
</item>
</channel>
</rss>`);
});

test("an ordinary feed for MSN", () => {
  expect(renderMsn(forPartner("msn.xml"))).toBe(`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
${START}
<atom:link href="https://news.example/msn.xml" rel="self" type="application/rss+xml"/>
<atom:link href="https://news.example/hub" rel="hub"/>
<item>
${ITEM_START}
<description>Open again &#x26; free.</description>
<content:encoded><![CDATA[<p>Cars &amp; vans crossed.</p>]]></content:encoded>
${CATEGORIES}
<enclosure length="1234" type="audio/mpeg" url="https://news.example/talk.mp3?a=1&amp;b=2"/>
<dc:creator>Ann Lee, Bo Ek</dc:creator>
<dcterms:modified>2026-11-04T09:00:00.250Z</dcterms:modified>
<dcterms:valid>2026-12-04T09:00:00.000Z</dcterms:valid>
${MEDIA_CONTENT}
</item>
<item>
<title>This article was withdrawn</title>
<link>https://news.example/articles/gone</link>
<guid isPermaLink="false">tag:news.example,2026-11-03:gone</guid>
<pubDate>Wed, 04 Nov 2026 11:00:00 GMT</pubDate>
<description>This article was withdrawn</description>
<content:encoded>&#x3C;p&#x3E;This article was withdrawn&#x3C;/p&#x3E;</content:encoded>
<dcterms:modified>2026-11-04T11:00:00.000Z</dcterms:modified>
<dcterms:valid>2026-11-04T11:00:00.000Z</dcterms:valid>
</item>
</channel>
</rss>`);
});

test("an ordinary feed for Flipboard", () => {
  expect(renderFlipboard(forPartner("flipboard.xml"))).toBe(`<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
${START}
<atom:link href="https://news.example/flipboard.xml" rel="self" type="application/rss+xml"/>
<atom:link href="https://news.example/hub" rel="hub"/>
<item>
${ITEM_START}
<description>Open again &#x26;amp; free.</description>
<content:encoded><![CDATA[<p>Cars &amp; vans crossed.</p>]]></content:encoded>
${CATEGORIES}
<enclosure length="0" type="image/jpeg" url="https://news.example/bridge.jpg"/>
<dc:creator>Ann Lee, Bo Ek</dc:creator>
${MEDIA_CONTENT}
</item>
</channel>
</rss>`);
});

function logos(changes: Partial<FeedDocument>): string[] {
  const channel = channelOf(renderSmartNews({ ...EMPTY, ...changes }));
  return named(channel, `${SNF}logo`).flatMap((logo) => texts(logo, "url"));
}

describe("SmartNews", () => {
  test.each([
    ["News of the bay and the isles", "News of the bay and the isles"],
    ["News of the bay and all the isles", "News of the bay and all the…"],
    ["桥".repeat(40), `${"桥".repeat(29)}…`],
    ["🌊".repeat(40), `${"🌊".repeat(29)}…`],
  ])("gets a description of a feed in 30 characters: %s", (description, expected) => {
    const channel = channelOf(renderSmartNews({ ...EMPTY, description }));
    expect(texts(channel, "description")).toEqual([expected]);
  });

  test("gets the newest articles of a feed that would weigh more than 1 MB, and every withdrawn one", () => {
    const items = ["a", "b", "c", "d"].map((id) =>
      Object.assign({}, ITEM, { id, html: `<p>${"桥".repeat(120_000)}</p>` }),
    );
    const rss = renderSmartNews({ ...ORDINARY, items });
    const guids = itemsOf(rss).flatMap((item) => texts(item, "guid"));
    expect(guids).toEqual(["a", "b", "tag:news.example,2026-11-03:gone"]);
    expect(new TextEncoder().encode(rss).length).toBeLessThanOrEqual(1_000_000);
  });

  test("gets the site's logo or else its icon, but never a drawing", () => {
    const logo = "https://news.example/logo.png";
    const drawing = "https://news.example/logo.svg?v=2";
    const icon = "https://news.example/icon.png";
    expect([logos({ logo, icon }), logos({ logo: drawing, icon }), logos({ logo: drawing })]).toEqual([
      [logo],
      [icon],
      [],
    ]);
  });
});

describe("MSN", () => {
  test("gets only articles in its feed's language, whatever their region", () => {
    const items = ["en", "en-GB", "ar", "EN"].map((language) =>
      Object.assign({}, ITEM, { id: language, language }),
    );
    const guids = itemsOf(renderMsn({ ...EMPTY, language: "en-US", items })).flatMap((item) =>
      texts(item, "guid"),
    );
    expect(guids).toEqual(["en", "en-GB", "EN"]);
  });

  test.each([
    ["20", undefined, []],
    ["54", undefined, []],
    ["54", "Bridge opens", []],
    ["55", undefined, []],
    ["55", "", []],
    ["55", " \u00A0", []],
    ["55", "Bridge opens", ["Bridge opens"]],
    ["150", "Fish & <chips>", ["Fish & <chips>"]],
    ["151", "Bridge opens", ["Bridge opens"]],
    ["151", "s".repeat(55), ["s".repeat(55)]],
  ])("gets, for a title of %s characters with the short one %j, also %j", (length, shortTitle, expected) => {
    const title = "🌊".repeat(Number(length));
    const rss = renderMsn({ ...EMPTY, items: [{ ...ITEM, title, shortTitle }] });
    expect(texts(only(itemsOf(rss)), SHORT_TITLE)).toEqual(expected);
    expect(rss.includes("xmlns:mi=")).toBe(expected.length > 0);
  });

  test("gets every short title unchanged, whatever its words", () => {
    const words = text.map((some) => `N${some}`);
    fc.assert(
      fc.property(words, (shortTitle) => {
        const item = { ...ITEM, title: "h".repeat(55), shortTitle };
        const rss = renderMsn({ ...EMPTY, items: [item] });
        expect(texts(only(itemsOf(rss)), SHORT_TITLE)).toEqual([withoutForbidden(shortTitle)]);
      }),
    );
  });

  test("gets a withdrawn article under a title that it takes, without a short one", () => {
    const length = characterCount(WITHDRAWN);
    expect([length >= MSN_MIN_TITLE, length <= Math.min(MSN_MAX_SHORT_TITLE, MSN_MAX_TITLE)]).toEqual([
      true,
      true,
    ]);
  });

  test("gets no end date for an article that doesn't expire", () => {
    const [item] = itemsOf(renderMsn({ ...EMPTY, items: [ITEM] }));
    expect(item && texts(item, `${TERMS}valid`)).toEqual([]);
  });
});

function flipboardItem(changes: Partial<FeedItem>): Element {
  return only(itemsOf(renderFlipboard({ ...EMPTY, items: [{ ...ITEM, ...changes }] })));
}

describe("Flipboard", () => {
  const long = "The beginning of its text. ".repeat(12).trim();

  test("gets the beginning of the text where the summary is shorter", () => {
    expect(texts(flipboardItem({ opening: long }), "description")).toEqual([long]);
  });

  test("gets the summary where the text is shorter", () => {
    expect(texts(flipboardItem({ description: long, opening: "Cars." }), "description")).toEqual([long]);
  });

  test("finds an image of unknown type in media:content alone", () => {
    const item = flipboardItem({ image: { url: "https://news.example/image/7" } });
    expect([named(item, "enclosure"), named(item, `${MEDIA}content`).length]).toEqual([[], 1]);
  });

  test("gets a video where there is no image, and never a sound", () => {
    const attachments = [
      { url: "https://news.example/a.mp3", type: "audio/mpeg" },
      { url: "https://news.example/a.mp4", type: "video/mp4" },
    ];
    const enclosures = named(flipboardItem({ image: undefined, attachments }), "enclosure");
    expect(enclosures.map(({ attributes }) => attributes["url"])).toEqual(["https://news.example/a.mp4"]);
  });
});

describe.each(PARTNERS)("$file", ({ render }) => {
  test("keeps every headline and creator unchanged, whatever their words", () => {
    fc.assert(
      fc.property(documents(text), ({ items, ...some }) => {
        const document = {
          ...some,
          items: items.map((item) => Object.assign({}, item, { language: some.language })),
        };
        const rss = render(document);
        expect(rss).not.toMatch(/[\uFDD0-\uFDD2]/);
        const found = itemsOf(rss).slice(0, items.length);
        expect(
          found.map((item) => [
            texts(item, "title"),
            texts(item, "{http://purl.org/dc/elements/1.1/}creator"),
          ]),
        ).toEqual(
          items.map(({ title, authors }) => {
            const people = authors.length > 0 ? authors : [some.publisher];
            return [[withoutForbidden(title)], [people.map(({ name }) => withoutForbidden(name)).join(", ")]];
          }),
        );
      }),
    );
  });

  test("has no elements of an archive", () => {
    const paging = { isArchive: false, previous: EMPTY.self };
    expect(render({ ...EMPTY, paging })).not.toContain("prev-archive");
  });

  test("has no word of a withdrawn article, nor the reason of its withdrawal", () => {
    const deleted = [{ id: "a", url: "https://news.example/articles/a", when: 0, reason: "A mistake" }];
    expect(render({ ...EMPTY, deleted })).not.toContain("A mistake");
  });

  test("has no item where the feed is empty", () => {
    expect(itemsOf(render(EMPTY))).toEqual([]);
  });
});
