/** The texts of feeds: titles, names and tags without character references, bodies with their paragraphs. */
import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { textReader } from "../../../src/cli/feed-file/parts/plain-text.ts";
import { atomOf, draftOf, rssOf, warningsOf } from "./feed.ts";

for (const [written, title] of [
  ["Caf&amp;eacute; society &amp;amp; the quay", "Café society & the quay"],
  ["<![CDATA[Council&#8217;s plan &amp; costs]]>", "Council’s plan & costs"],
  ["<![CDATA[Council&#x2019;s plan]]>", "Council’s plan"],
  ["AT&amp;T and R&amp;D", "AT&T and R&D"],
  ["Sale &amp;copy=2 and &amp;notanentity;", "Sale &copy=2 and &notanentity;"],
  ["Vec&amp;lt;T&amp;gt;", "Vec<T>"],
] as const) {
  test(`a title that is written ${written} is read as ${title}`, () => {
    equal(draftOf(rssOf(`<title>${written}</title>`)).title, title);
    equal(draftOf(atomOf(`<title>${written}</title>`)).title, title);
  });
}

test("names, tags and addresses are decoded once more, too", () => {
  const draft = draftOf(
    rssOf(
      "<link>https://old.example/?p=1&amp;amp;q=2</link><dc:creator>Zo&amp;euml; Reef</dc:creator>" +
        "<category>Arts &amp;amp; Books</category>" +
        '<enclosure url="https://old.example/a.mp3?a=1&amp;amp;b=2&amp;copy=3" type="audio/mpeg"/>',
    ),
  );
  deepEqual(
    [draft.url, draft.authors, draft.tags, draft.attachments[0]?.url],
    [
      "https://old.example/?p=1&q=2",
      [{ name: "Zoë Reef" }],
      ["Arts & Books"],
      "https://old.example/a.mp3?a=1&b=2&copy=3",
    ],
  );
});

test("an id is never decoded: readers know it as it is", () => {
  equal(draftOf(rssOf('<guid isPermaLink="false">a&amp;amp;b</guid>')).guid, "a&amp;b");
});

test("a title of Atom is decoded by its type, and not once more", () => {
  equal(
    draftOf(atomOf('<title type="html">How to write &amp;amp;eacute;</title>')).title,
    "How to write &eacute;",
  );
});

test("a reference without a semicolon is never decoded", () => {
  fc.assert(
    fc.property(
      fc.string().map((text) => text.replaceAll(";", "")),
      (text) => textReader(false)(text) === text,
    ),
  );
});

for (const [title, description, html] of [
  ["Plain text with blank lines", "First.\n\nSecond,\nwrapped.", "<p>First.</p>\n<p>Second,\nwrapped.</p>"],
  [
    "Inline markup",
    "The &lt;b&gt;ferry&lt;/b&gt; is back.\r\n \r\nIt waits.",
    "<p>The <b>ferry</b> is back.</p>\n<p>It waits.</p>",
  ],
] as const) {
  test(`${title} in a description becomes paragraphs`, () => {
    equal(draftOf(rssOf(`<description>${description}</description>`)).content_html, html);
  });
}

for (const html of [
  "One line.",
  "One\nparagraph.",
  "One\r\nparagraph.",
  "<p>Its own.</p>\n\n<p>Blocks.</p>",
]) {
  test(`${JSON.stringify(html)} in a description stays as it is`, () => {
    const read = draftOf(rssOf(`<description><![CDATA[${html}]]></description>`)).content_html;
    equal(read?.replaceAll("\r\n", "\n"), html.replaceAll("\r\n", "\n"));
  });
}

test("content:encoded is HTML, whatever blank lines it has", () => {
  equal(draftOf(rssOf("<content:encoded>One.\n\nTwo.</content:encoded>")).content_html, "One.\n\nTwo.");
});

for (const element of ["itunes:summary", "itunes:subtitle", "googleplay:description", "dc:description"]) {
  test(`${element} is the body without a description, and the summary beside a body`, () => {
    const words = `<${element}>It is back.</${element}>`;
    equal(draftOf(rssOf(words)).content_html, "It is back.");
    const { content_html, summary } = draftOf(rssOf(`${words}<content:encoded>Whole.</content:encoded>`));
    deepEqual([content_html, summary], ["Whole.", "It is back."]);
    equal(draftOf(rssOf(`${words}<description>Described.</description>`)).content_html, "Described.");
  });
}

const SUMMARY = "<summary>In short.</summary>";
const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString("base64");

for (const [title, content, body] of [
  [
    "HTML with a parameter",
    '<content type="text/html; charset=utf-8">&lt;p&gt;Whole.&lt;/p&gt;</content>',
    { content_html: "<p>Whole.</p>" },
  ],
  ["plain text", '<content type="text/plain">Whole.</content>', { content_text: "Whole." }],
  [
    "HTML in Base64",
    `<content type="application/octet-stream">\n${base64("<p>Whole – all.</p>")}\n</content>`,
    { content_html: "<p>Whole – all.</p>" },
  ],
  [
    "HTML in Base64 as Atom 0.3 marks it",
    `<content type="text/html" mode="base64">\n${base64("<p>Whole – all.</p>")}</content>`,
    { content_html: "<p>Whole – all.</p>" },
  ],
  [
    "a text in Base64 as Atom 0.3 marks it",
    `<content mode='base64' type="text/plain">${base64("Whole < all")}</content>`,
    { content_text: "Whole < all" },
  ],
  [
    "a text in Base64",
    `<content type="application/x-words">${base64("Whole < all")}</content>`,
    { content_text: "Whole < all" },
  ],
] as const) {
  test(`the content of an entry may be ${title}`, () => {
    const { content_html, content_text, summary } = draftOf(atomOf(`${SUMMARY}${content}`));
    deepEqual(
      { ...(content_html === undefined ? { content_text } : { content_html }), summary },
      { ...body, summary: "In short." },
    );
    deepEqual(warningsOf(atomOf(content)), []);
  });
}

test("a content that is marked as Base64 and isn’t stays as it is", () => {
  equal(
    draftOf(atomOf('<content type="text/plain" mode="base64">Plain words</content>')).content_text,
    "Plain words",
  );
});

for (const reference of ["&#x85;", "&#133;", "&#x0085;"]) {
  test(`${reference} separates words, and is no ellipsis`, () => {
    const feed = rssOf(`<title>Ebb${reference}tide</title><description>One.${reference}Two.</description>`);
    const { title, content_html } = draftOf(feed);
    deepEqual([title, content_html], ["Ebb tide", "One. Two."]);
  });
}

for (const [content, warning] of [
  ['<content type="text/html" src="https://old.example/1"/>', "content-elsewhere: https://old.example/1"],
  [
    `<content type="image/png">${base64(Uint8Array.of(0x89, 0x50, 0, 1))}</content>`,
    "content-not-text: image/png",
  ],
  ['<content type="application/pdf">%%%</content>', "content-not-text: application/pdf"],
  ['<content type="image/svg+xml"><svg/></content>', "unknown-content: image/svg+xml"],
] as const) {
  test(`a content that can’t be read gives the warning ${warning}, and the summary is the body`, () => {
    const feed = atomOf(`${SUMMARY}${content}`);
    deepEqual(warningsOf(feed), [warning]);
    equal(draftOf(feed).content_text, "In short.");
  });
}
