import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Site } from "../../../src/article/site.ts";
import type { FeedItem } from "../../../src/feed/document.ts";
import { feedItem } from "../../../src/feed/feed.ts";
import { AGGREGATORS, lint } from "../../../src/lint/lint.ts";
import type { Finding, Verdict } from "../../../src/lint/verdict.ts";
import { aWindowArticle } from "../../support/stories/article.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;

const SITE: Site = {
  url: "https://news.example",
  title: "The Gazette",
  description: "News from the coast.",
  language: "en",
  timeZone: "UTC",
  publisher: { name: "Gazette Press" },
  authority: "gazette.example",
  since: "2026-01-31",
  sections: [{ id: "politics", title: "Politics" }],
  feeds: [],
  newSections: "open",
  itemsPerFeed: 50,
  hub: undefined,
};

/** An item that every aggregator takes, with the given differences. */
function anItem(changes: Partial<FeedItem> = {}): FeedItem {
  const article = aWindowArticle({
    headline: "Harbour bridge reopens after the storm",
    summary: "s".repeat(300),
    image: { url: "https://news.example/bridge.jpg", width: 1200, height: 800 },
    published: NOON,
  });
  return { ...feedItem(SITE, article), ...changes };
}

type Case = {
  changes: Partial<FeedItem>;
  site?: Partial<Site>;
  /** The milliseconds from the article's publication to the check; negative before the publication. */
  later?: number;
};

function findings({ changes, site = {}, later = 0 }: Case): Finding[] {
  const item = anItem(changes);
  return lint(item, { ...SITE, ...site }, NOON + later).flatMap((verdict) => verdict.findings);
}

/** "refuses msn-title-length: MSN would refuse it: headline has …" of every finding. */
function reported(of: Case): string[] {
  return findings(of).map(({ severity, rule, detail }) => `${severity} ${rule}: ${detail}`);
}

/** An item whose one image is in its body. */
function anImageTag(attributes: string): Partial<FeedItem> {
  return { image: undefined, html: `<p>At noon.</p><img ${attributes}>` };
}

const KEPT_IMAGE = {
  url: `https://news.example/media/${"a".repeat(64)}.jpg`,
  media: "a".repeat(64),
  type: "image/jpeg",
  length: 15_000_000,
  width: 1200,
  height: 500,
};

// The weight of an item besides its body; one byte a character.
const OTHER_BYTES = anItem().title.length + anItem().description.length;

const BROKEN: [string, Case, string[]][] = [
  [
    "a headline of 19 characters is too short for MSN",
    { changes: { title: "h".repeat(19) } },
    ["refuses msn-title-length: MSN would refuse it: headline has 19 characters, needs 20"],
  ],
  [
    "a headline of 55 characters needs a short one for MSN's cards",
    { changes: { title: "h".repeat(55) } },
    [
      "warns msn-short-title: MSN would warn: headline has 55 characters, may have 54 without a short headline: add one of at most 54 in short_title",
    ],
  ],
  [
    "a short headline of blanks is none",
    { changes: { title: "😀".repeat(55), shortTitle: " \u00A0" } },
    [
      "warns msn-short-title: MSN would warn: headline has 55 characters, may have 54 without a short headline: add one of at most 54 in short_title",
    ],
  ],
  [
    "a headline of 151 characters is too long for MSN without a short one",
    { changes: { title: "h".repeat(151) } },
    [
      "refuses msn-title-length: MSN would refuse it: headline has 151 characters, may have 150 without a short headline: add one of at most 54 in short_title",
    ],
  ],
  [
    "a short headline of 55 characters is too long for MSN",
    { changes: { title: "h".repeat(56), shortTitle: "s".repeat(55) } },
    ["warns msn-short-title-length: MSN would warn: short headline has 55 characters, may have 54"],
  ],
  [
    "a tag in a short headline is not plain text",
    { changes: { title: "h".repeat(55), shortTitle: "Bridge <b>open</b>" } },
    ["refuses msn-title-markup: MSN would refuse it: short headline contains “<b>”, needs plain text"],
  ],
  [
    "the space around a headline is none of its characters",
    { changes: { title: `\u00A0${"h".repeat(19)}\n` } },
    ["refuses msn-title-length: MSN would refuse it: headline has 19 characters, needs 20"],
  ],
  [
    "a character outside the Basic Multilingual Plane counts once",
    { changes: { title: "😀".repeat(19) } },
    ["refuses msn-title-length: MSN would refuse it: headline has 19 characters, needs 20"],
  ],
  [
    "an article needs a headline",
    { changes: { title: " \t" } },
    [
      "refuses msn-title-length: MSN would refuse it: headline has 0 characters, needs 20",
      "refuses google-news-title: Google News would refuse it: article has no headline, needs one",
      "refuses smartnews-title: SmartNews would refuse it: article has no headline, needs one",
      "refuses flipboard-title: Flipboard would refuse it: article has no headline, needs one",
    ],
  ],
  [
    "a tag in a headline is not plain text",
    { changes: { title: "Using </b> in a headline" } },
    [
      "refuses msn-title-markup: MSN would refuse it: headline contains “</b>”, needs plain text",
      "warns rss-profile-title-markup: RSS profile would warn: headline contains “</b>”, needs plain text",
    ],
  ],
  [
    "a character reference in a headline is not plain text by the RSS profile",
    { changes: { title: "Fish &amp; chips on the quay" } },
    ["warns rss-profile-title-markup: RSS profile would warn: headline contains “&amp;”, needs plain text"],
  ],
  [
    "a tag in a summary is not plain text",
    { changes: { description: `${"s".repeat(300)} <em>more</em>` } },
    ["refuses msn-abstract-markup: MSN would refuse it: summary contains “<em>”, needs plain text"],
  ],
  [
    "a long quotation is cut",
    { changes: { description: `${"s".repeat(300)} <a ${"😀".repeat(100)}>` } },
    [
      `refuses msn-abstract-markup: MSN would refuse it: summary contains “<a ${"😀".repeat(57)}…”, needs plain text`,
    ],
  ],
  [
    "a quotation of 60 characters is whole",
    { changes: { description: `${"s".repeat(300)} <a ${"q".repeat(56)}>` } },
    [
      `refuses msn-abstract-markup: MSN would refuse it: summary contains “<a ${"q".repeat(56)}>”, needs plain text`,
    ],
  ],
  [
    "an article needs a summary",
    { changes: { description: "" } },
    ["refuses flipboard-description: Flipboard would refuse it: article has no summary, needs one"],
  ],
  [
    "an article in another language than the site's is in no MSN feed but its section's",
    { changes: { language: "ar-EG" }, site: { language: "en-GB" } },
    [
      "warns msn-language: MSN would warn: article is in “ar-EG”, so only the feed of a section in that language shows it",
    ],
  ],
  [
    "a summary of 299 characters is too short for Flipboard",
    { changes: { description: "s".repeat(299) } },
    ["warns flipboard-description-length: Flipboard would warn: summary has 299 characters, needs 300"],
  ],
  [
    "what stands for a missing summary is called the beginning of the text",
    { changes: { summary: undefined, description: "s" } },
    [
      "warns flipboard-description-length: Flipboard would warn: beginning of the text has 1 character, needs 300",
    ],
  ],
  [
    "an article needs a body; empty paragraphs are none",
    { changes: { html: '<p> </p>\n<p><img alt="no address"></p>' } },
    [
      "refuses msn-body: MSN would refuse it: article has no body, needs one",
      "warns google-feed-full-text: Google's feed specification would warn: article has no body, needs one",
      "refuses smartnews-body: SmartNews would refuse it: article has no body, needs one",
    ],
  ],
  [
    "an article needs an id",
    { changes: { id: "" } },
    [
      "refuses msn-id: MSN would refuse it: article has no id, needs one",
      "refuses google-feed-id: Google's feed specification would refuse it: article has no id, needs one",
      "refuses smartnews-id: SmartNews would refuse it: article has no id, needs one",
      "refuses flipboard-id: Flipboard would refuse it: article has no id, needs one",
    ],
  ],
  [
    "a link is an absolute web address",
    { changes: { url: "/articles/bridge" } },
    [
      "refuses msn-link: MSN would refuse it: link “/articles/bridge” is not an absolute address",
      "refuses google-news-link: Google News would refuse it: link “/articles/bridge” is not an absolute address",
      "refuses smartnews-link: SmartNews would refuse it: link “/articles/bridge” is not an absolute address",
      "refuses flipboard-link: Flipboard would refuse it: link “/articles/bridge” is not an absolute address",
      "warns rss-profile-link: RSS profile would warn: link “/articles/bridge” is not an absolute address",
    ],
  ],
  [
    "an article needs a publication date",
    { changes: { published: NaN } },
    [
      "refuses msn-published: MSN would refuse it: publication time “NaN” is not a date",
      "refuses google-news-published: Google News would refuse it: publication time “NaN” is not a date",
      "refuses smartnews-published: SmartNews would refuse it: publication time “NaN” is not a date",
      "refuses flipboard-published: Flipboard would refuse it: publication time “NaN” is not a date",
    ],
  ],
  [
    "an article of 365 days is too old for MSN, and out of the news sitemap",
    { changes: {}, later: 365 * DAY },
    [
      "refuses msn-age: MSN would refuse it: article is 365 days old, needs to be less than 365",
      "warns google-news-age: Google News would warn: article is 365 days old, the news sitemap lists only the last 2",
    ],
  ],
  [
    "an article of more than 2 days is out of the news sitemap",
    { changes: {}, later: 2 * DAY + 1 },
    [
      "warns google-news-age: Google News would warn: article is 2.1 days old, the news sitemap lists only the last 2",
    ],
  ],
  [
    "a language that isn't known keeps an article out of the news sitemap",
    { changes: { language: "und" }, site: { language: "und" } },
    [
      "refuses google-news-language: Google News would refuse it: language “und” is not a language that it knows",
    ],
  ],
  [
    "a language of more than three letters is no ISO 639 code",
    { changes: { language: "english" }, site: { language: "english" } },
    [
      "refuses google-news-language: Google News would refuse it: language “english” is not a language that it knows",
    ],
  ],
  [
    "an article of 1,000,001 bytes is too heavy for Google and for SmartNews",
    { changes: { html: "h".repeat(1_000_001 - OTHER_BYTES) } },
    [
      "refuses google-feed-size: Google's feed specification would refuse it: article has 1000001 bytes, may have 1000000",
      "refuses smartnews-size: SmartNews would refuse it: article has 1000001 bytes, may have 1000000",
    ],
  ],
  [
    "a character weighs as many bytes as it has in UTF-8",
    { changes: { html: "é".repeat(500_000) } },
    [
      `refuses google-feed-size: Google's feed specification would refuse it: article has ${1_000_000 + OTHER_BYTES} bytes, may have 1000000`,
      `refuses smartnews-size: SmartNews would refuse it: article has ${1_000_000 + OTHER_BYTES} bytes, may have 1000000`,
    ],
  ],
  [
    "Google removes a script",
    { changes: { html: "<p>At noon.</p><script>1</script>" } },
    [
      "warns google-feed-script: Google's feed specification would warn: body contains “<script>”, which is removed",
    ],
  ],
  [
    "Google removes a style sheet",
    { changes: { html: "<STYLE>p{}</STYLE><p>At noon.</p>" } },
    [
      "warns google-feed-script: Google's feed specification would warn: body contains “<style>”, which is removed",
    ],
  ],
  [
    "Google removes a style attribute",
    { changes: { html: '<p style="color:red">At noon.</p>' } },
    [
      'warns google-feed-script: Google\'s feed specification would warn: body contains “style="color:red"”, which is removed',
    ],
  ],
  [
    "an article without authors needs a publisher with a name",
    { changes: { authors: [] }, site: { publisher: { name: "" } } },
    [
      "refuses smartnews-creator: SmartNews would refuse it: article has no author or publisher, needs one",
      "refuses flipboard-creator: Flipboard would refuse it: article has no author or publisher, needs one",
    ],
  ],
  [
    "an author's name of white space stands in the publisher's way",
    { changes: { authors: [{ name: " " }] } },
    [
      "refuses smartnews-creator: SmartNews would refuse it: article has no author or publisher, needs one",
      "refuses flipboard-creator: Flipboard would refuse it: article has no author or publisher, needs one",
    ],
  ],
  [
    "an author's name is plain text",
    { changes: { authors: [{ name: "Jane Roe" }, { name: "<i>John Doe</i>" }] } },
    [
      "warns rss-profile-creator-markup: RSS profile would warn: author's name contains “<i>”, needs plain text",
    ],
  ],
  [
    "an article without an image is refused by Flipboard alone",
    { changes: { image: undefined } },
    [
      "warns msn-image: MSN would warn: article has no image, so it isn't published automatically",
      "warns google-discover-image: Google Discover would warn: article has no image, needs one",
      "warns smartnews-thumbnail: SmartNews would warn: article has no image, needs one",
      "refuses flipboard-image: Flipboard would refuse it: article has no image, needs one",
      "warns feedly-image: Feedly would warn: article has no image, needs one",
    ],
  ],
  [
    "an image of 499 pixels is too small for Flipboard",
    { changes: { image: { url: "https://news.example/a.jpg", width: 1200, height: 499 } } },
    [
      "refuses flipboard-image-size: Flipboard would refuse it: image has 499 pixels on its smallest side, needs 500",
    ],
  ],
  [
    "one side is enough to tell an image too small",
    { changes: { image: { url: "https://news.example/a.jpg", width: 1 } } },
    [
      "warns google-discover-image-width: Google Discover would warn: image is 1 pixel wide, needs 1200 to be shown large",
      "refuses flipboard-image-size: Flipboard would refuse it: image has 1 pixel on its smallest side, needs 500",
    ],
  ],
  [
    "one side is not enough to tell an image large enough",
    { changes: { image: { url: "https://news.example/a.jpg", height: 500 } } },
    [
      "warns flipboard-image-unmeasured: Flipboard would warn: image has an unknown size, needs 500 pixels on its smallest side",
    ],
  ],
  [
    "the size of an image in the body is read from its tag",
    { changes: anImageTag(`src="https://news.example/a.jpg" width="499" height="600"`) },
    [
      "warns google-discover-image-width: Google Discover would warn: image is 499 pixels wide, needs 1200 to be shown large",
      "refuses flipboard-image-size: Flipboard would refuse it: image has 499 pixels on its smallest side, needs 500",
    ],
  ],
  [
    "a width in per cent is no size",
    { changes: anImageTag(`src="https://news.example/a.jpg" width="100%" height="600"`) },
    [
      "warns flipboard-image-unmeasured: Flipboard would warn: image has an unknown size, needs 500 pixels on its smallest side",
    ],
  ],
  [
    "an image of 1199 pixels is too narrow for Google Discover",
    { changes: { image: { url: "https://news.example/a.jpg", width: 1199, height: 800 } } },
    [
      "warns google-discover-image-width: Google Discover would warn: image is 1199 pixels wide, needs 1200 to be shown large",
    ],
  ],
  [
    "an image of 15,000,001 bytes is too heavy for MSN",
    { changes: { image: { ...KEPT_IMAGE, length: 15_000_001 } } },
    ["warns msn-image-size: MSN would warn: image has 15000001 bytes, may have 15000000"],
  ],
  [
    "an AVIF without sizes is nothing for MSN",
    { changes: { image: { ...KEPT_IMAGE, type: "image/avif", sizes: [] } } },
    [
      "warns msn-image-type: MSN would warn: image is “image/avif”, needs one of image/jpeg, image/png, image/webp, image/gif",
    ],
  ],
  [
    "a vector graphic is nothing for MSN",
    { changes: { image: { url: "https://news.example/a.svg", width: 1200, height: 800 } } },
    [
      "warns msn-image-type: MSN would warn: image is “image/svg+xml”, needs one of image/jpeg, image/png, image/webp, image/gif",
    ],
  ],
  [
    "an article's own image has an absolute web address",
    { changes: { image: { url: "data:image/png,1", width: 1200, height: 800 } } },
    ["refuses msn-image-address: MSN would refuse it: image “data:image/png,1” is not an absolute address"],
  ],
  [
    "an image in the body has an absolute address",
    { changes: { html: '<p>At noon.</p><img src="//news.example/a.jpg" alt="a > b">' } },
    [
      "refuses msn-image-address: MSN would refuse it: image “//news.example/a.jpg” is not an absolute address",
      "warns rss-profile-body-address: RSS profile would warn: <img> “//news.example/a.jpg” is not an absolute address",
    ],
  ],
  [
    "a link in the body has an absolute address",
    { changes: { html: '<p>At noon, see <a title="there" href="#there">there</a>.</p>' } },
    ["warns rss-profile-body-address: RSS profile would warn: <a> “#there” is not an absolute address"],
  ],
  [
    "RSS loses the second attachment",
    {
      changes: {
        attachments: [
          { url: "https://news.example/a.mp3", type: "audio/mpeg" },
          { url: "https://news.example/b.mp3", type: "audio/mpeg" },
        ],
      },
    },
    [
      "warns rss-profile-enclosures: RSS profile would warn: article has 2 attachments, RSS carries only the first",
    ],
  ],
  [
    "an attachment has an absolute address",
    { changes: { attachments: [{ url: "a.mp3", type: "audio/mpeg" }] } },
    [
      "warns rss-profile-enclosure-address: RSS profile would warn: attachment “a.mp3” is not an absolute address",
    ],
  ],
];

const KEPT: [string, Case][] = [
  ["an ordinary article", { changes: {} }],
  ["a headline of 20 characters", { changes: { title: "h".repeat(20) } }],
  ["a headline of 54 characters", { changes: { title: "h".repeat(54) } }],
  ["a headline of 54 characters of two UTF-16 units", { changes: { title: "😀".repeat(54) } }],
  [
    "a short headline of 54 characters of two UTF-16 units",
    { changes: { title: "h".repeat(151), shortTitle: "😀".repeat(54) } },
  ],
  [
    "a short headline that no feed shows beside one that is short itself",
    { changes: { title: "h".repeat(54), shortTitle: "<b>".repeat(55) } },
  ],
  ["a headline with less-than signs", { changes: { title: "Waves <3 metres, wind < 4, R&D; done" } }],
  ["a summary of 300 characters", { changes: { description: "s".repeat(300) } }],
  [
    "an image of 1200 and 500 pixels in the body",
    { changes: anImageTag(`width="1200" height="500" src="https://a.example/b"`) },
  ],
  ["a body of one picture", { changes: { html: '<p><img src="https://a.example/b"></p>' } }],
  ["an article of 1,000,000 bytes", { changes: { html: "h".repeat(1_000_000 - OTHER_BYTES) } }],
  ["an article of 2 days", { changes: {}, later: 2 * DAY }],
  ["an article under an embargo", { changes: {}, later: -30 * DAY }],
  ["an article under an embargo of years", { changes: {}, later: -800 * DAY }],
  ["a language with a region", { changes: { language: "pt-BR" }, site: { language: "pt-BR" } }],
  ["a language of three letters", { changes: { language: "haw" }, site: { language: "haw" } }],
  [
    "an image of 1200 and 500 pixels",
    { changes: { image: { url: "http://a.example/b", width: 1200, height: 500 } } },
  ],
  ["a kept image of 1200 and 500 pixels and 15,000,000 bytes", { changes: { image: KEPT_IMAGE } }],
  [
    "an AVIF with a size of a type that MSN takes",
    {
      changes: {
        image: {
          ...KEPT_IMAGE,
          type: "image/avif",
          sizes: [{ url: "https://a.example/b", type: "image/webp", width: 400, height: 300, length: 9 }],
        },
      },
    },
  ],
  ["authors with names", { changes: { authors: [{ name: "Jane Roe" }, { name: "John Doe" }] } }],
  ["one attachment", { changes: { attachments: [{ url: "https://a.example/b", type: "audio/mpeg" }] } }],
  ["a mail address in the body", { changes: { html: '<p><a href="mailto:desk@a.example">Write</a></p>' } }],
  ["a word like an attribute in a text", { changes: { html: '<p>Say style="red" src="x".</p>' } }],
  [
    "an attribute inside another's value",
    { changes: { html: `<p><img alt=" src='x' style='y'" src="https://a.example/b"></p>` } },
  ],
];

describe("a rule", () => {
  test.each(BROKEN)("%s", (_, broken, expected) => {
    expect(reported(broken)).toEqual(expected);
  });

  test("is broken by at least one of these examples", () => {
    const broken = new Set(BROKEN.flatMap(([, example]) => findings(example).map(({ rule }) => rule)));
    const all = AGGREGATORS.flatMap(({ rules }) => rules.map(({ rule }) => rule));
    expect([...broken].toSorted()).toEqual(all.toSorted());
  });

  test.each(KEPT)("is kept by %s", (_, kept) => {
    expect(reported(kept)).toEqual([]);
  });

  test("lets an article of a millisecond less than 365 days pass MSN", () => {
    expect(findings({ changes: {}, later: 365 * DAY - 1 }).map(({ rule }) => rule)).toEqual([
      "google-news-age",
    ]);
  });

  const LENGTHS: [number, string[], string[]][] = [
    [19, ["refuses msn-title-length"], ["refuses msn-title-length"]],
    [20, [], []],
    [54, [], []],
    [55, ["warns msn-short-title"], []],
    [150, ["warns msn-short-title"], []],
    [151, ["refuses msn-title-length"], []],
    [1000, ["refuses msn-title-length"], []],
  ];

  test.each(LENGTHS)(
    "of MSN checks a headline of %i characters, alone and beside a short one",
    (length, alone, beside) => {
      const title = "é".repeat(length);
      const found = [undefined, "Harbour bridge reopens"].map((shortTitle) =>
        findings({ changes: { title, shortTitle } }).map(({ severity, rule }) => `${severity} ${rule}`),
      );
      expect(found).toEqual([alone, beside]);
    },
  );
});

const RULES = AGGREGATORS.flatMap(({ id, source, rules }) =>
  rules.map((rule) => ({ source, ...rule, aggregator: id })),
);

describe("the tables of rules", () => {
  test.each(RULES)("say what $rule demands and where that is written", (rule) => {
    expect(rule).toMatchObject({
      rule: expect.stringMatching(new RegExp(`^${rule.aggregator}(-[a-z]+)+$`)),
      requirement: expect.stringMatching(/^[A-Z].*\.$/),
      source: expect.stringMatching(/^https:\/\/[^/]+\/./),
    });
    expect(new URL(rule.source).protocol).toBe("https:");
  });

  test("name each rule once", () => {
    const names = RULES.map(({ rule }) => rule);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe("a verdict", () => {
  test("says what was found, what is demanded and where that is written", () => {
    const [msn] = lint(anItem({ title: "Harbour is closed" }), SITE, NOON);
    const expected: Verdict = {
      aggregator: "MSN Partner Hub",
      id: "msn",
      verdict: "refuses",
      findings: [
        {
          rule: "msn-title-length",
          severity: "refuses",
          field: "headline",
          detail: "MSN would refuse it: headline has 17 characters, needs 20",
          found: "17 characters",
          requirement: "A title has 20 to 150 characters, or more if it has a short title.",
          source:
            "https://support.microsoft.com/en-us/topic/msn-feed-item-metadata-requirements-0114c19c-36bb-4fef-8322-4a1ed6888329",
        },
      ],
    };
    expect(msn).toEqual(expected);
  });

  test("names the page of its rule where it differs from the aggregator's page", () => {
    const found = findings({ changes: { title: "h".repeat(55), image: undefined } });
    const sources = found.filter(({ rule }) => rule.startsWith("msn-")).map(({ source }) => source);
    const page =
      "https://support.microsoft.com/en-us/msn/partner-hub/feed-content-specifications-in-msn-partner-hub";
    expect(sources).toEqual([page, page]);
  });

  test("is given for every aggregator, in a fixed order, even when nothing was found", () => {
    const verdicts = lint(anItem(), SITE, NOON);
    expect(verdicts).toEqual([
      { aggregator: "MSN Partner Hub", id: "msn", verdict: "accepts", findings: [] },
      { aggregator: "Google News", id: "google-news", verdict: "accepts", findings: [] },
      { aggregator: "Google Discover", id: "google-discover", verdict: "accepts", findings: [] },
      { aggregator: "Google's feed specification", id: "google-feed", verdict: "accepts", findings: [] },
      { aggregator: "SmartNews", id: "smartnews", verdict: "accepts", findings: [] },
      { aggregator: "Flipboard", id: "flipboard", verdict: "accepts", findings: [] },
      { aggregator: "Feedly", id: "feedly", verdict: "accepts", findings: [] },
      { aggregator: "RSS profile", id: "rss-profile", verdict: "accepts", findings: [] },
    ]);
  });

  test("warns when no finding refuses", () => {
    const verdicts = lint(anItem({ image: undefined }), SITE, NOON);
    expect(verdicts.filter(({ verdict }) => verdict === "warns").map(({ id }) => id)).toEqual([
      "msn",
      "google-discover",
      "smartnews",
      "feedly",
    ]);
  });

  test("refuses when one finding of several does", () => {
    const verdicts = lint(anItem({ description: "short", image: undefined }), SITE, NOON);
    const flipboard = verdicts.find(({ id }) => id === "flipboard");
    expect({ ...flipboard, findings: flipboard?.findings.map(({ severity }) => severity) }).toEqual({
      aggregator: "Flipboard",
      id: "flipboard",
      verdict: "refuses",
      findings: ["warns", "refuses"],
    });
  });
});

describe("any article", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 60 });
  const pieces = [
    "<img ",
    "<p>",
    "<script",
    ">",
    "<",
    "</",
    "'",
    '"',
    "src=",
    "width=",
    "499",
    "&#x26;",
    " ",
    "\n",
  ];
  const anyHtml = fc
    .array(fc.oneof(fc.constantFrom(...pieces), anyText), { maxLength: 40 })
    .map((parts) => parts.join(""));
  const anyNumber = fc.option(fc.double(), { nil: undefined });
  const anyItem: fc.Arbitrary<FeedItem> = fc.record({
    id: anyText,
    url: fc.oneof(anyText, fc.webUrl()),
    title: anyHtml,
    shortTitle: fc.option(anyHtml, { nil: undefined }),
    description: anyHtml,
    summary: fc.option(anyHtml, { nil: undefined }),
    html: anyHtml,
    language: anyText,
    published: fc.double(),
    updated: fc.double(),
    authors: fc.array(fc.record({ name: anyText })),
    categories: fc.array(fc.record({ term: anyText, label: anyText })),
    image: fc.option(fc.record({ url: anyText, width: anyNumber, height: anyNumber }), { nil: undefined }),
    attachments: fc.array(fc.record({ url: anyText, type: anyText })),
  });

  test("has a verdict for every aggregator, which is that of its worst finding", () => {
    fc.assert(
      fc.property(anyItem, fc.double(), (item, now) => {
        const verdicts = lint(item, SITE, now);
        expect(verdicts.map(({ id }) => id)).toEqual(AGGREGATORS.map(({ id }) => id));
        for (const { verdict, findings: all } of verdicts) {
          const severities = all.map(({ severity }) => severity);
          expect(verdict).toBe(
            ["refuses", "warns"].find((one) => severities.some((s) => s === one)) ?? "accepts",
          );
        }
      }),
    );
  });

  test("gets short findings, however long it is", () => {
    fc.assert(
      fc.property(anyItem, fc.integer({ min: 1, max: 100 }), (item, times) => {
        const long = {
          ...item,
          title: `<b ${item.title.repeat(times)}>`,
          shortTitle: `<i ${item.title.repeat(times)}>`,
          language: item.language.repeat(times),
        };
        for (const { found, detail } of lint(long, SITE, NOON).flatMap((verdict) => verdict.findings)) {
          expect(found.length).toBeLessThanOrEqual(130);
          expect(detail.length).toBeLessThanOrEqual(250);
        }
      }),
    );
  });

  test("gets the same findings at any time before its release", () => {
    fc.assert(
      fc.property(fc.nat(3000 * DAY), (early) => {
        expect(lint(anItem(), SITE, NOON - early)).toEqual(lint(anItem(), SITE, NOON));
      }),
    );
  });
});
