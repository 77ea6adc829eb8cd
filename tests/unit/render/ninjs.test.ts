/** Articles as ninjs items: a whole item, a withdrawal, and the way back through the upload. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Article, type Draft, STATUSES } from "../../../src/article/article.ts";
import { renderNinjs } from "../../../src/render/ninjs.ts";
import { parseJson } from "../../../src/upload/json/json.ts";
import type { Issue, Parsed } from "../../../src/upload/issue.ts";
import { parseNinjs } from "../../../src/upload/ninjs/ninjs.ts";
import { parseWire } from "../../../src/upload/wire/wire.ts";
import { site } from "../../support/site.ts";
import { anArticle } from "../../support/stories/article.ts";

const ARTICLE = anArticle({
  revision: 3,
  sections: [
    { id: "politics", title: "politics" },
    { id: "harbour", title: "Harbour" },
  ],
  shortHeadline: "Bridge reopens",
  authors: [{ name: "Jane Roe", url: "https://gazette.example/jane" }, { name: "王小明" }],
  tags: ["bridges", "business"],
  expires: Date.parse("2026-12-01T00:00:00Z"),
  correction: "The bridge opened at noon.",
  image: {
    url: "https://pictures.example/bridge.jpg",
    alt: "The bridge",
    credit: "John Doe",
    width: 1200,
    height: 800,
  },
  attachments: [
    { url: "https://files.example/talk.mp3", type: "audio/mpeg", length: 1234, title: "A talk" },
    { url: "https://files.example/plan.pdf", type: "application/pdf" },
  ],
});

function inJson(article: Parameters<typeof renderNinjs>[1]): unknown {
  return JSON.parse(JSON.stringify(renderNinjs(site, article)));
}

function uploaded(article: Article): Parsed {
  return parseNinjs(new TextEncoder().encode(JSON.stringify(renderNinjs(site, article))), site);
}

/** What an upload makes of an article, and the warnings about it. */
function comesBack(article: Article): { draft: Draft; guid: string | undefined; warnings: Issue[] } {
  const parsed = uploaded(article);
  if (!parsed.ok || parsed.upload.action !== "publish") throw new Error(JSON.stringify(parsed));
  const { draft, guid } = parsed.upload;
  return { draft, guid, warnings: parsed.warnings };
}

/** A draft as a receiver can know it: nothing in ninjs has an author's address, and files are left out by uploads. */
function known(draft: Draft) {
  const { sections, headline, summary, html, text, authors, tags, language, image, published } = draft;
  const names = authors.map(({ name }) => name);
  const expires = draft.expires ?? undefined;
  return { sections, headline, summary, html, text, names, tags, language, image, published, expires };
}

test("an article is an item of ninjs 1 with its words, its people, its subjects and its media", () => {
  const uri = "tag:gazette.example,2026-11-04:harbour-bridge";
  const scheme = "https://news.example/sections";
  const picture = "https://pictures.example/bridge.jpg";
  const talk = "https://files.example/talk.mp3";
  const plan = "https://files.example/plan.pdf";
  expect(inJson(ARTICLE)).toEqual({
    uri,
    guid: uri,
    type: "text",
    version: "3",
    versioncreated: "2026-11-04T12:00:01.000Z",
    pubstatus: "usable",
    firstcreated: "2026-11-04T12:00:00.000Z",
    expires: "2026-12-01T00:00:00.000Z",
    language: "en",
    headline: "Harbour bridge reopens",
    headline_short: "Bridge reopens",
    description_text: "The bridge is open again.",
    body_html: "<p>Cars crossed the bridge at noon.</p>",
    body_text: "Cars crossed the bridge at noon.",
    byline: "Jane Roe, 王小明",
    authors: [
      { name: "Jane Roe", role: "writer" },
      { name: "王小明", role: "writer" },
    ],
    subject: [
      { name: "Politics", code: "politics", scheme },
      { name: "Harbour", code: "harbour", scheme },
    ],
    keywords: ["bridges", "business"],
    infosource: [{ name: site.publisher.name }],
    ednote: "The bridge opened at noon.",
    renditions: { web: { href: "https://news.example/articles/harbour-bridge", mimetype: "text/html" } },
    associations: {
      featuremedia: {
        uri: picture,
        guid: picture,
        type: "picture",
        description_text: "The bridge",
        byline: "John Doe",
        renditions: { original: { href: picture, mimetype: "image/jpeg", width: 1200, height: 800 } },
      },
      attachment_1: {
        uri: talk,
        guid: talk,
        type: "audio",
        headline: "A talk",
        renditions: { original: { href: talk, mimetype: "audio/mpeg", sizeinbytes: 1234 } },
      },
      attachment_2: {
        uri: plan,
        guid: plan,
        renditions: { original: { href: plan, mimetype: "application/pdf" } },
      },
    },
  });
});

test("a kept picture is an association with its id, its texts and its files under Superdesk's names", () => {
  const media = "a".repeat(64);
  const image = {
    url: "https://former.example/media/a.png",
    media,
    type: "image/png",
    width: 3000,
    height: 1500,
    length: 300_000,
    alt: "The bridge",
    caption: "A ramp at last.",
    credit: "John Doe",
    sizes: [1200, 400].map((width) => ({
      type: "image/webp" as const,
      width,
      height: width / 2,
      length: width * 100,
    })),
  };
  const at = `https://news.example/media/${media}`;
  expect(inJson(anArticle({ image }))).toMatchObject({
    associations: {
      featuremedia: {
        uri: `${at}.png`,
        guid: `${at}.png`,
        media,
        type: "picture",
        description_text: "A ramp at last.",
        body_text: "The bridge",
        byline: "John Doe",
        renditions: {
          original: {
            href: `${at}.png`,
            mimetype: "image/png",
            width: 3000,
            height: 1500,
            sizeinbytes: 300_000,
          },
          baseImage: {
            href: `${at}-1200w.webp`,
            mimetype: "image/webp",
            width: 1200,
            height: 600,
            sizeinbytes: 120_000,
          },
          thumbnail: {
            href: `${at}-400w.webp`,
            mimetype: "image/webp",
            width: 400,
            height: 200,
            sizeinbytes: 40_000,
          },
        },
      },
    },
  });
});

test("an article that lies elsewhere links there", () => {
  const link = "https://elsewhere.example/story?a=1";
  expect(inJson(anArticle({ link }))).toMatchObject({ renditions: { web: { href: link } } });
});

test("a guid that is no URI stays, and the uri is a tag URI made from it", () => {
  expect(inJson(anArticle({ guid: "wp 17" }))).toMatchObject({
    guid: "wp 17",
    uri: expect.stringMatching(/^tag:[^,]+,[\d-]+:guids\/wp%2017$/),
  });
});

describe("a withdrawn article", () => {
  const { version, id, guid, revision } = ARTICLE;
  const reason = "It was wrong.";
  const value = {
    uri: guid,
    guid,
    type: "text",
    version: "3",
    versioncreated: "2026-11-05T08:00:00.000Z",
    pubstatus: "canceled",
    ednote: reason,
  };
  const withdrawn = Date.parse(value.versioncreated);

  test("is canceled, with its identity, its time and its reason alone", () => {
    expect(inJson({ version, id, guid, revision, withdrawn, reason })).toEqual(value);
    expect(inJson({ ...ARTICLE, status: "withdrawn", changed: withdrawn, reason })).toEqual(value);
  });

  test("is withdrawn by our own upload", () => {
    expect(uploaded({ ...ARTICLE, status: "withdrawn" })).toEqual({
      ok: true,
      upload: { action: "withdraw", guid },
      warnings: [],
    });
  });
});

test.each(STATUSES)(
  "the words of an article with the status %s are there only if readers see it",
  (status) => {
    const json = JSON.stringify(renderNinjs(site, { ...ARTICLE, status }));
    const isSeen = status === "published" || status === "expired";
    const { headline, text, tags, published } = ARTICLE;
    const words = [headline, text, ...tags, new Date(published).toISOString()];
    expect(words.map((some) => json.includes(some))).toEqual(words.map(() => isSeen));
    expect(json).not.toContain("embargo");
  },
);

describe("our own upload", () => {
  test("takes an item, and makes the same article of it, without a warning", () => {
    const article = { ...ARTICLE, sections: [{ id: "politics", title: "Politics" }], attachments: [] };
    const { draft, guid, warnings } = comesBack(article);
    expect(known(draft)).toEqual(known(article));
    expect([guid, warnings]).toEqual([ARTICLE.guid, []]);
  });

  test("takes an item whose section no site declares", () => {
    const article = anArticle({ sections: [{ id: "harbour", title: "Harbour" }], tags: ["bridges"] });
    expect(known(comesBack(article).draft)).toEqual(known(article));
  });

  test("makes the same article of a wire document again", () => {
    const head = "Politics Human Rights 2026-11-04T07:07:06+00:00\n\nÜber die Brücke";
    const body =
      "Ein <Kurztext>.\n\nUnd mehr.\n\nÜber die Brücke\n\nErster & letzter\nAbsatz.\n\nNoch einer.";
    const parsed = parseWire(new TextEncoder().encode(`${head}\n\n${body}`), site);
    if (!parsed.ok || parsed.upload.action === "withdraw") throw new Error("Refused");
    const article = articleOf(parsed.upload.draft);
    expect(known(comesBack(article).draft)).toEqual(known(article));
  });
});

function articleOf(draft: Draft, guid = ARTICLE.guid): Article {
  const { version, id, revision, status, updated, changed } = ARTICLE;
  const identity = { version, id, guid, revision, status, updated, changed };
  const image = draft.image?.url === undefined ? undefined : draft.image;
  return { ...draft, ...identity, image, correction: undefined, expires: draft.expires ?? undefined };
}

/** An article as an upload in JSON makes it. */
function fromJson(document: object): Article {
  const parsed = parseJson(new TextEncoder().encode(JSON.stringify(document)), site);
  if (!parsed.ok || parsed.upload.action === "withdraw") throw new Error(JSON.stringify(parsed));
  return articleOf(parsed.upload.draft, parsed.upload.guid);
}

const WORDS = [
  "Brücke",
  "bridge",
  "R&D",
  "&amp;",
  "<b>",
  "]]>",
  `"q"`,
  "'",
  "桥",
  "🌊",
  "\u00A0",
  "  ",
  "\n",
  "\u202E",
];
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((some) => `a ${some.join(" ")} z`);
const HTML = [
  "<p>a &amp; b</p>",
  "<h2>c</h2>",
  "<ul><li>d<li>e</ul>",
  "f<br>g",
  "<em>h",
  "<img src=/i.jpg alt=i>",
];
const html = fc.array(fc.oneof(fc.constantFrom(...HTML), words), { minLength: 1, maxLength: 5 });
const names = fc.uniqueArray(words, { maxLength: 3 });
const documents = fc.record(
  {
    title: words,
    summary: words,
    content_html: html.map((parts) => `<p>a</p>${parts.join("")}`),
    sections: fc.subarray(["Politics", "Human Rights", "Business"], { minLength: 1 }),
    authors: names.map((some) => some.map((name) => ({ name }))),
    tags: fc.uniqueArray(fc.oneof(words, fc.constant("Business")), { maxLength: 3 }),
    language: fc.constantFrom("en", "ar", "zh-Hant-TW", "de-CH"),
    expires: fc.constant("2027-01-01T00:00:00Z"),
    date_published: fc.constantFrom("2026-11-04T07:07:06.250Z", "1999-12-31T23:59:59+02:00"),
    image: fc.record(
      {
        url: fc.webUrl({ validSchemes: ["https"], withQueryParameters: true }),
        alt: words,
        credit: words,
        width: fc.integer({ min: 1, max: 9000 }),
      },
      { requiredKeys: ["url"] },
    ),
  },
  { requiredKeys: ["title", "content_html", "sections", "date_published"] },
);

test("every article that an upload makes comes back as it was", () => {
  fc.assert(
    fc.property(documents, (document) => {
      const article = fromJson(document);
      expect(known(comesBack(article).draft)).toEqual(known(article));
    }),
    { numRuns: 300 },
  );
});
