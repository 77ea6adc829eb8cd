/** Pictures in uploads: every form in every format, kept pictures in bodies, and the titles of frames. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Article, Draft, Image } from "../../../src/article/article.ts";
import { articleJson } from "../../../src/render/article-json.ts";
import { renderNinjs } from "../../../src/render/ninjs.ts";
import readme from "../../../src/upload/README.md?raw";
import type { Parsed } from "../../../src/upload/issue.ts";
import { parseJson } from "../../../src/upload/json/json.ts";
import { parseMarkdown } from "../../../src/upload/markdown/markdown.ts";
import { parseNinjs } from "../../../src/upload/ninjs/ninjs.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { anArticle } from "../../support/stories/article.ts";

const ID = "3f8f2a0c5d1be7946f20d3c81a7b9e64508cf1d2e3a4b5968778695a4b3c2d1e";
const OTHER = "0".repeat(64);
const KEPT = `${ORIGIN}/media/${ID}.jpg`;
const AWAY = "https://pictures.example/bridge.jpg";
const TEXTS = { alt: "The bridge", credit: "Sam Poe", caption: "A ramp at last." };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function fromJson(members: object): Parsed {
  const item = { title: "T", sections: ["Politics"], date_published: "2026-11-04T07:07:06Z" };
  return parseJson(bytes(JSON.stringify({ ...item, content_text: "Hello.", ...members })), site);
}

/** Front matter in YAML, of which JSON is a part. */
function fromYaml({ image }: { image: unknown }): Parsed {
  const head = `title: T\nsections: [Politics]\ndate: 2026-11-04T07:07:06Z\nimage: ${JSON.stringify(image)}`;
  return parseMarkdown(bytes(`---\n${head}\n---\nHello.\n`), site);
}

function fromToml({ image }: { image: unknown }): Parsed {
  const head = `title = "T"\nsections = ["Politics"]\ndate = "2026-11-04T07:07:06Z"\nimage = ${inToml(image)}`;
  return parseMarkdown(bytes(`+++\n${head}\n+++\nHello.\n`), site);
}

function inToml(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${key} = ${JSON.stringify(member)}`);
  return `{ ${members.join(", ")} }`;
}

function fromNinjs(members: object): Parsed {
  const item = { uri: "urn:a:1", headline: "T", firstcreated: "2026-11-04T07:07:06Z", body_text: "Hello." };
  return parseNinjs(bytes(JSON.stringify({ ...item, ...members })), site, ["Politics"]);
}

function draftOf(parsed: Parsed): Draft {
  if (!parsed.ok || parsed.upload.action === "withdraw") throw new Error(JSON.stringify(parsed));
  return parsed.upload.draft;
}

function reported({ warnings, ...parsed }: Parsed): (string | undefined)[][] {
  const issues = parsed.ok ? [] : parsed.issues;
  return [...issues, ...warnings].map(({ path, field, reason }) => [path, field, reason]);
}

const FORMATS = [
  ["JSON", fromJson],
  ["YAML", fromYaml],
  ["TOML", fromToml],
] as const;

const FORMS: [string, unknown, Draft["image"]][] = [
  ["an address", AWAY, { url: AWAY }],
  [
    "an address with its texts and measures",
    { url: AWAY, ...TEXTS, width: 3, height: 2 },
    { url: AWAY, ...TEXTS, width: 3, height: 2 },
  ],
  ["an empty caption", { url: AWAY, caption: " " }, { url: AWAY }],
  ["an id", { media: ID }, { media: ID }],
  ["an id among white space", { media: ` ${ID} ` }, { media: ID }],
  ["an id with texts", { media: ID, ...TEXTS }, { media: ID, ...TEXTS }],
  ["an id beside its own address", { media: ID, url: KEPT }, { media: ID }],
  [
    "an id beside its own address in capitals",
    { media: ID, url: KEPT.replace("https://news", "HTTPS://NEWS") },
    { media: ID },
  ],
  [
    "an id beside its own address with the port",
    { media: ID, url: KEPT.replace("example/", "example:443/") },
    { media: ID },
  ],
  [
    "an id beside its own address by http",
    { media: ID, url: KEPT.replace("https:", "http:") },
    { media: ID },
  ],
  ["an id beside its own address from the root", { media: ID, url: `/media/${ID}.jpg` }, { media: ID }],
  ["the address of a kept picture", KEPT, { media: ID }],
  ["the address of a kept picture by http", KEPT.replace("https:", "http:"), { media: ID }],
  ["the address of one of its sizes", `${ORIGIN}/media/${ID}-400w.jpg`, { media: ID }],
  ["its address with a query", `${KEPT}?a=1#b`, { media: ID }],
  ["its address from the root of the site", `/media/${ID}.jpg`, { media: ID }],
  [
    "its address with texts and measures",
    { url: `/media/${ID}.jpg`, ...TEXTS, width: 3, height: 2 },
    { media: ID, ...TEXTS },
  ],
  [
    "a kept picture of another site",
    `https://other.example/media/${ID}.jpg`,
    { url: `https://other.example/media/${ID}.jpg` },
  ],
  ["another file of the site", `${ORIGIN}/media/bridge.jpg`, { url: `${ORIGIN}/media/bridge.jpg` }],
];

test.each([fromJson, fromYaml])("a picture without an id may say so: %o", (parse) => {
  const parsed = parse({ image: { media: null, url: AWAY } });
  expect([draftOf(parsed).image, reported(parsed)]).toEqual([{ url: AWAY }, []]);
});

describe.each(FORMATS)("a picture in %s", (_format, parse) => {
  test.each(FORMS)("may be %s", (_form, image, expected) => {
    const parsed = parse({ image });
    expect([draftOf(parsed).image, reported(parsed)]).toEqual([expected, []]);
  });

  test("is refused with an id that is none, at its place", () => {
    for (const media of ["abc", ID.toUpperCase(), `${ID}0`, `${ID}.jpg`]) {
      const parsed = parse({ image: { media } });
      expect([parsed.ok, reported(parsed)]).toEqual([false, [["/image/media", "image", "not-a-media-id"]]]);
    }
  });

  test("is refused with an id and the address of something else", () => {
    for (const url of [AWAY, KEPT.replace(ID, OTHER), "nonsense"]) {
      const parsed = parse({ image: { media: ID, url } });
      expect([parsed.ok, reported(parsed)]).toEqual([false, [["/image/url", "image", "several-pictures"]]]);
    }
  });

  test("loses a text that is too long, and a member that nobody knows, with a warning about each", () => {
    const parsed = parse({
      image: { media: ID, caption: "c".repeat(10_001), credit: "Sam Poe", focus: "left" },
    });
    expect(draftOf(parsed).image).toEqual({ media: ID, credit: "Sam Poe" });
    expect(reported(parsed)).toEqual([
      ["/image/focus", "image", "unknown-field"],
      ["/image/caption", "image", "too-long"],
    ]);
  });

  test("keeps no e-mail address in its credit", () => {
    const parsed = parse({ image: { media: ID, credit: "Sam Poe <sam@desk.example>" } });
    expect([draftOf(parsed).image, reported(parsed)]).toEqual([
      { media: ID, credit: "Sam Poe" },
      [["/image", "image", "email-removed"]],
    ]);
  });
});

test("an id in JSON is a text", () => {
  expect(reported(fromJson({ image: { media: 7 } }))).toEqual([["/image/media", "image", "wrong-type"]]);
});

test("a document that says where it comes from may show a kept picture, too", () => {
  const parsed = fromJson({
    url: "https://old.example/2026/",
    image: `/media/${ID}.jpg`,
    attachments: [{ url: `/media/${ID}.jpg` }],
    content_text: undefined,
    content_html: `<p><img src="/media/${ID}.jpg" alt=""> <a href="/media/${ID}.jpg">Large</a> <img src="/a.jpg" alt=""></p>`,
  });
  const { image, html, attachments } = draftOf(parsed);
  expect([image, html, attachments.map(({ url }) => url)]).toEqual([
    { media: ID },
    `<p><img src="${KEPT}" alt=""> <a href="${KEPT}">Large</a> <img src="https://old.example/a.jpg" alt=""></p>`,
    [KEPT],
  ]);
});

test("an article may come again as the API answers it, and is the same", () => {
  const { image } = articleJson(site, keptArticle(TEXTS));
  const parsed = fromJson({ image });
  expect([draftOf(parsed).image, reported(parsed)]).toEqual([{ media: ID, ...TEXTS }, []]);
});

/** The examples of src/upload/README.md. */
const [, PICTURES = ""] = /^## Pictures$([^]*?)^## /m.exec(readme) ?? [];
const EXAMPLES = [...PICTURES.matchAll(/^```json\n([^]*?)^```$/gm)];

test("the README's examples are pictures, without a warning", () => {
  const images = EXAMPLES.map(([, text = ""]): unknown => JSON.parse(text));
  expect(images.length).toBe(4);
  for (const parse of [fromJson, fromYaml, fromToml]) {
    expect(images.map((image) => reported(parse({ image })))).toEqual(images.map(() => []));
  }
});

describe("an association of ninjs", () => {
  const NINJS: [string, object, Draft["image"]][] = [
    ["a rendition that is kept here", { renditions: { web: { href: KEPT } } }, { media: ID }],
    ["a rendition from the root of the site", { renditions: [{ href: `/media/${ID}.png` }] }, { media: ID }],
    ["an id alone", { media: ID }, { media: ID }],
    [
      "an id and a rendition elsewhere, as another site writes it",
      { media: OTHER, renditions: { web: { href: AWAY } } },
      { url: AWAY },
    ],
    ["a description", { media: ID, description_text: "A ramp." }, { media: ID, alt: "A ramp." }],
    [
      "a description that is a caption",
      { media: ID, descriptions: [{ role: "drol:caption", value: "A ramp." }] },
      { media: ID, caption: "A ramp." },
    ],
    [
      "a description beside a text of its own",
      { media: ID, description_text: "A ramp.", body_text: "The bridge" },
      { media: ID, alt: "The bridge", caption: "A ramp." },
    ],
    [
      "a description that looks like HTML, and is none",
      { media: ID, description_text: "<p> is a tag." },
      { media: ID, alt: "<p> is a tag." },
    ],
    ["a text of its own", { media: ID, body_text: "The bridge" }, { media: ID, alt: "The bridge" }],
    ["a copyright holder", { media: ID, copyrightholder: "Sam Poe" }, { media: ID, credit: "Sam Poe" }],
  ];

  test.each(NINJS)("may have %s", (_what, members, image) => {
    for (const associations of [
      { main: { type: "picture", ...members } },
      [{ type: "picture", ...members }],
    ]) {
      const parsed = fromNinjs({ associations });
      expect([draftOf(parsed).image, reported(parsed)]).toEqual([image, []]);
    }
  });

  test("is no picture where its id is none and it has no rendition", () => {
    const parsed = fromNinjs({ associations: { main: { type: "picture", media: "urn:a:2" } } });
    expect([draftOf(parsed).image, reported(parsed)]).toEqual([
      undefined,
      [["/associations", "image", "further-media"]],
    ]);
  });
});

/** An article with a kept picture, as the Desk makes it. */
function keptArticle(texts: Pick<Image, "alt" | "credit" | "caption">): Article {
  return anArticle({
    sections: [{ id: "politics", title: "Politics" }],
    image: {
      url: KEPT,
      media: ID,
      type: "image/jpeg",
      length: 412_806,
      width: 3000,
      height: 2000,
      sizes: [
        { type: "image/jpeg", width: 1200, height: 800, length: 148_230 },
        { type: "image/jpeg", width: 400, height: 267, length: 24_117 },
      ],
      ...texts,
    },
  });
}

const words = fc.constantFrom("The bridge", "R&D <b>", "<p> tag explained", "桥 🌊", "]]> &amp;");
const described = fc.record({ alt: words, credit: words, caption: words }, { requiredKeys: [] });
const named = fc.oneof(
  described.map((texts) => ({ media: ID, ...texts })),
  described.map((texts) => ({ url: KEPT, ...texts })),
  fc
    .tuple(described, fc.integer({ min: 1, max: 9000 }))
    .map(([texts, width]) => Object.assign({ url: AWAY, width }, texts)),
);

test("every picture that goes in by JSON comes out as ninjs and as JSON, and in again as it was", () => {
  fc.assert(
    fc.property(named, (image) => {
      const written = draftOf(fromJson({ image })).image;
      const { media, url, ...texts } = { media: undefined, url: undefined, ...written };
      const article =
        media === undefined ? anArticle({ image: { ...texts, url: url ?? AWAY } }) : keptArticle(texts);
      const ninjs: object = JSON.parse(JSON.stringify(renderNinjs(site, article)));
      const again = [fromNinjs(ninjs), fromJson({ image: articleJson(site, article).image })];
      expect(again.map((parsed) => draftOf(parsed).image)).toEqual([written, written]);
    }),
    { numRuns: 300 },
  );
});

test("a caption beside an empty alternative text stays a caption in ninjs, whose empty texts say nothing", () => {
  const ninjs: object = JSON.parse(
    JSON.stringify(renderNinjs(site, keptArticle({ alt: "", caption: "A ramp." }))),
  );
  expect(draftOf(fromNinjs(ninjs)).image).toEqual({ media: ID, caption: "A ramp." });
});

describe("a kept picture in a body", () => {
  const shown = `<img src="${KEPT}" alt="A">`;
  test.each([
    ["from the root of the site", `<img src="/media/${ID}.jpg" alt="A">`],
    ["by http", `<img src="${KEPT.replace("https:", "http:")}" alt="A">`],
    [
      "with what the site adds",
      `<img src="${KEPT}" alt="A" width="3000" height="2000" srcset="${ORIGIN}/media/${ID}-400w.jpg 400w, ${KEPT} 3000w" sizes="100vw" loading="lazy">`,
    ],
    [
      "that a script would load",
      `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/media/${ID}.jpg" alt="A">`,
    ],
  ])("stays by its address alone: %s", (_what, written) => {
    const parsed = fromJson({ content_text: undefined, content_html: `<p>${written}</p>` });
    const reasons = reported(parsed).map(([, , reason]) => reason);
    expect([draftOf(parsed).html, reasons.filter((reason) => reason !== "raised-to-https")]).toEqual([
      `<p>${shown}</p>`,
      [],
    ]);
  });

  test("may be written in Markdown", () => {
    const text = `---\ntitle: T\nsections: [Politics]\ndate: 2026-11-04T07:07:06Z\nurl: https://old.example/\n---\n![A](/media/${ID}.jpg)\n`;
    expect(draftOf(parseMarkdown(bytes(text), site)).html).toBe(`<p>${shown}</p>`);
  });

  test("has its sizes in a picture of several formats", () => {
    const written = `<picture><source srcset="/media/${ID}-400w.webp 400w, /media/${ID}.webp 900w"><img src="/media/${ID}.jpg" alt="A"></picture>`;
    const html = `<picture><source srcset="${ORIGIN}/media/${ID}-400w.webp 400w, ${ORIGIN}/media/${ID}.webp 900w">${shown}</picture>`;
    const parsed = fromJson({ url: "https://old.example/", content_text: undefined, content_html: written });
    expect(draftOf(parsed).html).toBe(html);
  });

  test("leaves any other picture its sizes", () => {
    const written =
      '<p><img src="https://a.example/b.jpg" alt="B" width="3" height="2" srcset="https://a.example/b.jpg 2x" sizes="1px"></p>';
    expect(draftOf(fromJson({ content_text: undefined, content_html: written })).html).toBe(written);
  });
});

describe("a player's frame", () => {
  test.each([
    ["the name of YouTube", '<iframe src="https://www.youtube.com/embed/x"></iframe>', "YouTube"],
    ["the name of Vimeo", '<iframe src="//player.vimeo.com/video/1"></iframe>', "Vimeo"],
    [
      "that name where its own is blank",
      '<iframe src="//player.vimeo.com/video/1" title=" "></iframe>',
      "Vimeo",
    ],
    [
      "its own",
      '<iframe title="The &quot;ramp&quot;" src="//player.vimeo.com/video/1"></iframe>',
      'The "ramp"',
    ],
    ["that of an object", '<object data="//player.vimeo.com/video/1" title="The ramp"></object>', "The ramp"],
  ])("has a title: %s", (_what, written, title) => {
    const { html } = draftOf(fromJson({ content_text: undefined, content_html: `<p>A</p>${written}` }));
    expect(/ title="([^"]*)"/.exec(html)?.[1]?.replaceAll("&#x22;", '"').replaceAll("&quot;", '"')).toBe(
      title,
    );
  });
});
