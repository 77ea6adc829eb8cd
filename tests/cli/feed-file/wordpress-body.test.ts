/** The content of WordPress's posts: shortcodes, bare addresses, and paragraphs from blank lines. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import type { FeedItem } from "../../../src/cli/feed-file/item.ts";
import { htmlTokens } from "../../../src/cli/feed-file/paragraphs/html-tokens.ts";
import { paragraphsFromBlankLines } from "../../../src/cli/feed-file/paragraphs/paragraphs.ts";
import { wordpressItems } from "../../../src/cli/feed-file/wordpress/read.ts";
import { takesLinearTime } from "./linear-time.ts";
import { wxr, wxrAttachment, wxrItem } from "./wxr.ts";

const LIBRARY = [
  wxrAttachment("21", "pier.jpg", {
    "excerpt:encoded": "The <b>pier</b>",
    "wp:post_parent": "5",
    "wp:menu_order": "2",
  }),
  wxrAttachment("22", "quay.jpg", { "wp:post_parent": "5", "wp:menu_order": "1" }),
  wxrAttachment("23", "talk.mp3", { title: "A talk & more", "wp:post_parent": "5" }),
  wxrAttachment("24", "secret.jpg", { "wp:status": "private", "wp:post_parent": "5" }),
];

function read(content: string): FeedItem {
  const post = wxrItem({
    "wp:post_id": "5",
    "content:encoded": content.replaceAll("]]>", "]]]]><![CDATA[>"),
  });
  const [item] = wordpressItems(wxr([post, ...LIBRARY])) ?? [];
  ok(item);
  return item;
}

function htmlOf(content: string): string {
  const { content: body } = read(content);
  return body !== undefined && "html" in body ? body.html : "";
}

const IMG = '<img src="pier.jpg" alt="Pier">';
const YOUTUBE = '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="YouTube video"></iframe>';
const VIMEO = '<iframe src="https://player.vimeo.com/video/7654321" title="Vimeo video"></iframe>';
const link = (address: string): string => `<a href="${address}">${address}</a>`;
const pier =
  '<figure><img src="https://quay.example/files/pier.jpg"><figcaption>The <b>pier</b></figcaption></figure>';
const quay = '<figure><img src="https://quay.example/files/quay.jpg"></figure>';
const talk =
  '<figure><audio src="https://quay.example/files/talk.mp3" controls></audio><figcaption>A talk &amp; more</figcaption></figure>';

const SHOWN: [string, string][] = [
  [
    `[caption id="a" width="300"]${IMG} At dusk[/caption]`,
    `<figure>${IMG}<figcaption>At dusk</figcaption></figure>`,
  ],
  [
    `[caption]<a href="/big.jpg">${IMG}</a> By <i>Mira</i>[/caption]`,
    `<figure><a href="/big.jpg">${IMG}</a><figcaption>By <i>Mira</i></figcaption></figure>`,
  ],
  [
    `[caption caption="The <a href='/p'>pier</a>" align="left"]${IMG}[/caption]`,
    `<figure>${IMG}<figcaption>The <a href='/p'>pier</a></figcaption></figure>`,
  ],
  [`[wp_caption]${IMG}[/wp_caption]`, `<figure>${IMG}</figure>`],
  [`<p>[caption]${IMG} At dusk[/caption]</p>`, `<figure>${IMG}<figcaption>At dusk</figcaption></figure>`],
  [`<p>One [caption]${IMG}[/caption] two</p>`, `<p>One </p><figure>${IMG}</figure><p> two</p>`],
  ["[embed width=500]https://www.youtube.com/watch?v=abcdefghijk[/embed]", YOUTUBE],
  [
    "[embed]https://talks.example/7?a=1&amp;b=2[/embed]",
    `<p>${link("https://talks.example/7?a=1&amp;b=2")}</p>`,
  ],
  ["[youtube http://www.youtube.com/watch?v=abcdefghijk&amp;w=640]", YOUTUBE],
  ["[youtube=http://youtu.be/abcdefghijk]", YOUTUBE],
  ["[youtube id=abcdefghijk]", YOUTUBE],
  ["[youtube]abcdefghijk[/youtube]", YOUTUBE],
  ["[vimeo 7654321 w=500]", VIMEO],
  ["[vimeo https://vimeo.com/7654321]", VIMEO],
  ["https://m.youtube.com/watch?v=abcdefghijk", YOUTUBE],
  ["https://www.youtube.com/shorts/abcdefghijk", YOUTUBE],
  ["http://www.youtube.com/embed/abcdefghijk", YOUTUBE],
  ["https://youtu.be/abcdefghijk?t=1m5s", YOUTUBE.replace("ijk", "ijk?start=65")],
  ["https://vimeo.com/7654321/0a1b2c3d", VIMEO.replace("321", "321?h=0a1b2c3d")],
  ["<p>https://youtu.be/abcdefghijk</p>", `<p>${YOUTUBE}</p>`],
  ["One\nhttps://youtu.be/abcdefghijk\ntwo", `<p>One</p>\n${YOUTUBE}\n<p>two</p>`],
  ["https://talks.example/7", `<p>${link("https://talks.example/7")}</p>`],
  [
    "https://youtube.com.talks.example/watch?v=abcdefghijk",
    `<p>${link("https://youtube.com.talks.example/watch?v=abcdefghijk")}</p>`,
  ],
  ["See https://youtu.be/abcdefghijk now", "<p>See https://youtu.be/abcdefghijk now</p>"],
  ["<b>See</b> https://youtu.be/abcdefghijk", "<p><b>See</b> https://youtu.be/abcdefghijk</p>"],
  ['<a href="/x">https://talks.example/7</a>', '<p><a href="/x">https://talks.example/7</a></p>'],
  ['[video src="/a.mp4" poster="/a.jpg"][/video]', '<video src="/a.mp4" poster="/a.jpg" controls></video>'],
  [
    '[video mp4="/a.mp4" webm="/a.webm"]',
    '<video controls><source src="/a.mp4"><source src="/a.webm"></video>',
  ],
  ['[video src="https://vimeo.com/7654321"]', VIMEO],
  ['[audio src="/a.mp3"]', '<audio src="/a.mp3" controls></audio>'],
  [
    "[audio https://quay.example/a.mp3|titles=Talk]",
    '<audio src="https://quay.example/a.mp3" controls></audio>',
  ],
  ['[gallery ids="22, 21" columns="3"]', `${quay}\n${pier}`],
  ["[gallery]", `${quay}\n${pier}`],
  ['[gallery exclude="22"]', pier],
  ['[playlist ids="23"]', talk],
  ["[[gallery]]", "<p>[gallery]</p>"],
  ["One<!--more-->\n\ntwo", "<p>One</p>\n<p>two</p>"],
  ["One<!--nextpage-->two", "<p>One</p>\n<p>two</p>"],
  // Brackets that are no shortcodes stay.
  ["He said [sic] so [1] and […].", "<p>He said [sic] so [1] and […].</p>"],
  ["[Editor’s note: it rained] [see below]", "<p>[Editor’s note: it rained] [see below]</p>"],
  ["[tweet of the day] [ted]", "<p>[tweet of the day] [ted]</p>"],
  ["<pre>[gallery]\n\n[caption]x[/caption]</pre>", "<pre>[gallery]\n\n[caption]x[/caption]</pre>"],
  ["Write <code>[gallery]</code>.", "<p>Write <code>[gallery]</code>.</p>"],
  ['Seen [via <a href="/x">the paper</a>].', '<p>Seen [via <a href="/x">the paper</a>].</p>'],
  ['<a title="[gallery]">A</a>', '<p><a title="[gallery]">A</a></p>'],
];

test("shortcodes and bare addresses become the HTML that they stand for", () => {
  for (const [content, expected] of SHOWN) {
    const item = read(content);
    equal(htmlOf(content).trim(), expected, content);
    deepEqual(item.warnings, [], content);
  }
});

const LOST: [string, string, string[]][] = [
  ['One [contact-form-7 id="3"] two', "<p>One  two</p>", ["lost-shortcode"]],
  ["[recent_posts]\n\nText", "<p>Text</p>", ["lost-shortcode"]],
  ["[audio]\n\nText", "<p>Text</p>", ["lost-shortcode"]],
  ['One [highlight colour="red"]two[/highlight] three', "<p>One two three</p>", ["unwrapped-shortcode"]],
  [
    "[left]One[/left][right]Two[/right]",
    "<p>One</p>\n<p>Two</p>",
    ["unwrapped-shortcode", "unwrapped-shortcode"],
  ],
  ['[row]\n[gallery ids="21"]\n[/row]', pier, ["unwrapped-shortcode"]],
  ['[gallery ids="21,99"]', pier, ["lost-media"]],
  ['[gallery ids="24"] Text', "<p>Text</p>", ["lost-media"]],
  ['[playlist ids="98"] Text', "<p>Text</p>", ["lost-media"]],
  [
    '<!-- wp:latest-posts {"a":1} /--><!-- wp:paragraph --><p>One</p>',
    '<!-- wp:latest-posts {"a":1} /--><!-- wp:paragraph --><p>One</p>',
    ["lost-block"],
  ],
];

test("a shortcode that can't be shown is named in a warning, and the text in it stays", () => {
  for (const [content, expected, reasons] of LOST) {
    equal(htmlOf(content).trim(), expected, content);
    deepEqual(
      read(content).warnings.map(({ reason }) => reason),
      reasons,
      content,
    );
  }
  const [warning] = read('[poll id="1"] a [poll id="2"]').warnings;
  deepEqual(warning, {
    field: "body",
    reason: "lost-shortcode",
    detail: "The shortcode [poll] (2 times) can’t be shown without WordPress and was left out.",
    found: '[poll id="1"]',
  });
});

const PARAGRAPHS: [string, string][] = [
  ["One\n\nTwo", "<p>One</p>\n<p>Two</p>"],
  ["One\r\n \t\r\n\r\nTwo\r\nthree", "<p>One</p>\n<p>Two\nthree</p>"],
  [
    "<h2>Head</h2>\nOne\n\n<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\nTwo",
    "<h2>Head</h2>\n<p>One</p>\n<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\n<p>Two</p>",
  ],
  ["<p>One\n\nstill one</p>\n\nTwo", "<p>One\n\nstill one</p>\n<p>Two</p>"],
  ['<p class="a">One\n\nTwo\n\n<p>Three', '<p class="a">One</p>\n<p>Two</p>\n<p>Three</p>'],
  ["<blockquote>One\n\nTwo</blockquote>", "<blockquote><p>One</p>\n<p>Two</p></blockquote>"],
  ["<blockquote>One</blockquote>", "<blockquote>One</blockquote>"],
  ["<div>\n\nOne</div>Two", "<div>\n<p>One</p></div><p>Two</p>"],
  ["<table><tr><td>a\n\nb</td></tr></table>", "<table><tr><td><p>a</p>\n<p>b</p></td></tr></table>"],
  [
    "One <script>\n\nx<p>\n\n</script>\n\n<style>\n\na{}</style>",
    "<p>One <script>\n\nx<p>\n\n</script></p>\n<style>\n\na{}</style>",
  ],
  ["<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"],
  ["<!-- a\n\nb -->\n\nOne", "<!-- a\n\nb -->\n<p>One</p>"],
  ["<b>One\n\nTwo</b>", "<p><b>One</p>\n<p>Two</b></p>"],
  ["One\n\n&nbsp;\n\nTwo", "<p>One</p>\n<p>Two</p>"],
  ['<img src="a.jpg">', '<p><img src="a.jpg"></p>'],
  ["a < b\n\nc > d", "<p>a < b</p>\n<p>c > d</p>"],
  ["<!-- wp:paragraph -->\n<p>a</p>\n\nb", "<!-- wp:paragraph -->\n<p>a</p>\n\nb"],
  ["", ""],
];

test("blank lines separate paragraphs, and other blocks stay as they are", () => {
  for (const [html, expected] of PARAGRAPHS) equal(paragraphsFromBlankLines(html), expected, html);
});

test("with lineEnds: break, line ends become breaks, except beside existing breaks", () => {
  const cases: [string, string][] = [
    ["One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>"],
    ["One<br />\ntwo", "<p>One<br />\ntwo</p>"],
    ["One\n<b>two</b>\n<i>three</i>", "<p>One<br>\n<b>two</b><br>\n<i>three</i></p>"],
    ["One<br><br/>two<br>\n<br>\n\nthree", "<p>One</p>\n<p>two</p>\n<p>three</p>"],
    ["<li>a\nb</li>", "<li>a<br>\nb</li>"],
    ["<h2>a\nb</h2>", "<h2>a\nb</h2>"],
    ["\nOne\n<h2>x</h2>\ntwo\n", "\n<p>One</p>\n<h2>x</h2>\n<p>two</p>\n"],
  ];
  for (const [html, expected] of cases)
    equal(paragraphsFromBlankLines(html, { lineEnds: "break" }), expected, html);
});

const leaf = fc.constantFrom(
  "word",
  "a & b",
  "&amp; c",
  "\n",
  "\n\n",
  " \n \n",
  "  ",
  "&nbsp;",
  "<br>",
  "<br />\n<br>",
  '<img src="a.jpg">',
  "<hr>",
  "<!-- c\n\nd -->",
  "<pre>x\n\ny</pre>",
  "<p>x\n\ny</p>",
  "<p>x",
  "</p>",
  "</div>",
  "<script>a\n\nb</script>",
  "5 < 6",
  "<ul>\n\n<li>a\n\nb</li></ul>",
  "<table><tr><td>a\n\nb</td></tr></table>",
  "<h2>a\n\nb</h2>",
  '<iframe src="x"></iframe>',
);
const fragment = fc.letrec<{ html: string; element: string }>((tie) => ({
  element: fc
    .tuple(fc.constantFrom("b", "i", "em", "span", "div", "blockquote", "section", "figure"), tie("html"))
    .map(([name, inside]) => `<${name}>${inside}</${name}>`),
  html: fc
    .array(fc.oneof({ depthSize: "small" }, leaf, tie("element")), { maxLength: 8 })
    .map((pieces) => pieces.join("")),
})).html;

test("paragraphs change only white space in the text, and a second time changes nothing", () => {
  fc.assert(
    fc.property(fragment, fc.constantFrom("break" as const, "space" as const), (html, lineEnds) => {
      const once = paragraphsFromBlankLines(html, { lineEnds });
      equal(paragraphsFromBlankLines(once, { lineEnds }), once);
      equal(textWithoutSpace(once), textWithoutSpace(html));
    }),
    { numRuns: 1000 },
  );
});

test("the tokens of a text, joined, are the text", () => {
  const piece = fc.constantFrom(
    "<",
    ">",
    "</",
    "/>",
    "a",
    " ",
    '"',
    "'",
    "=",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?x",
    "<script>",
    "</script",
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const html = pieces.join("");
      equal(
        htmlTokens(html)
          .map((token) => token.html)
          .join(""),
        html,
      );
    }),
  );
});

// Each is repeated, alone and followed by its possible end.
const UNITS = [
  "[",
  "[a ",
  "[a]",
  "[caption]",
  "[caption]x[/caption]",
  "[b][/a]",
  "[[a",
  "[a b='",
  '[a b="',
  "[private x ",
  "<a ",
  "</a ",
  "<p>",
  "<p>\n\n",
  "<p >",
  "<div>",
  "</div>",
  "<b>\n\n",
  " ",
  "\t",
  "\n",
  " \n \n",
  "<br>",
  "<br>\n",
  "<br> ",
  "<!--",
  "<!-- wp:a",
  "<!--a-->",
  "&nbsp;",
  "<code>",
  "<a href='",
  "https://",
  "https://a.example/\n",
  "[gallery]",
  '[gallery ids="21,22"]',
  "[a]\n[b]\n",
  "[/a]",
  "<td>",
  "<pre>",
  "<video>",
  "[a_b ",
  "&#0",
  "a",
  "a=",
  "_",
];
const AROUND: [string, string][] = [
  ["", ""],
  ["x", "x[b_c]\n[/b_c]x\nhttps://a.example/"],
  ["[recent_posts]", "x"],
  ["[a_b ", "]"],
  ["<p>", "</p>"],
];

test("the time for a hostile content is linear in its length", { timeout: 300_000 }, () => {
  for (const unit of UNITS) {
    for (const [before, after] of AROUND) {
      const contentOf = (length: number): string =>
        `${before}${unit.repeat(Math.ceil(length / unit.length))}${after}`;
      const label = JSON.stringify([before, unit, after]);
      takesLinearTime(label, (length) => read(contentOf(length)));
      ok(htmlOf(contentOf(64_000)).length < 40 * 64_000 + 200_000, label);
    }
  }
});

function textWithoutSpace(html: string): string {
  const texts: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === "text") texts.push(node.value);
    if ("children" in node) node.children.forEach(visit);
  };
  visit(fromHtml(html, { fragment: true }));
  return texts.join("").replaceAll(/\s+/g, "");
}
