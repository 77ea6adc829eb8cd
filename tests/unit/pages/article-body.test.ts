/** The body of an article's page: what a page adds to the sanitised HTML. */
import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { describe, expect, test } from "vitest";
import { bodyForPage, placeBehind } from "../../../src/pages/article-body.ts";
import { ELEMENTS, GLOBAL } from "../../../src/upload/html/allowed.ts";
import { bodyFromHtml } from "../../../src/upload/html/html.ts";
import { wordsFor } from "../../../src/words/words.ts";

const BASE = { url: "https://news.example/", isKnown: true };
const words = wordsFor("en");

/** The body of a page, of what an editor has written. */
function shown(html: string): string {
  const { body } = bodyFromHtml(html, BASE, { path: "/content_html" });
  return bodyForPage(body?.html ?? "", words);
}

describe("the body of a page", () => {
  test("leaves plain paragraphs as they are", () => {
    const plain = "<p>Cars cross.</p>\n<p>a &lt;table> &amp; b</p>";
    expect(shown(plain)).toBe(plain);
  });

  test("lets a table scroll by keyboard, with a name, and one inside another with it", () => {
    expect(shown("<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>")).toMatch(
      /^<div class="scroll" role="group" tabindex="0" aria-label="Table"><table>.*<table>.*<\/table>.*<\/table><\/div>$/s,
    );
    expect(
      shown("<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>").split("<div").length,
    ).toBe(3);
  });

  test("lets pictures load late, and gives each an alternative text", () => {
    expect(
      shown('<p><img src="https://a.example/1.jpg"> <img src="https://a.example/2.jpg" alt="Two > one"></p>'),
    ).toBe(
      '<p><img src="https://a.example/1.jpg" alt="" loading="lazy" class="boxed"> <img src="https://a.example/2.jpg" alt="Two > one" loading="lazy" class="boxed"></p>',
    );
  });

  const IMG = '<img src="https://a.example/1.jpg" alt="">';
  const MEASURED = '<img src="https://a.example/1.jpg" alt="" width="20" height="10">';

  test.each([
    ["full", `<p>${IMG}</p>`, "boxed"],
    ["full", `<p> <a href="https://a.example/">${IMG}</a> </p>`, "boxed"],
    ["full", `<figure>${IMG}<figcaption>a</figcaption></figure>`, "boxed"],
    ["full", `<p>a</p>${IMG}<p>b</p>`, "boxed"],
    ["full", `<p>a<br>${IMG}<br>b</p>`, "boxed"],
    ["full", '<p><img src="https://a.example/1.jpg" alt="" width="100%" height="50"></p>', "boxed"],
    ["full", `<p>${IMG} a</p>`, "boxed"],
    ["full", `<p>${IMG} <em>Photo: Jane Roe</em></p>`, "boxed"],
    ["full", `<p>a<br><b>${IMG}</b> b</p>`, "boxed"],
    ["small", `<p>a ${IMG}</p>`, "icon"],
    ["small", `<p>a ${IMG} b</p>`, "icon"],
    ["small", `<p><b>a</b> ${IMG}</p>`, "icon"],
    ["small", `<table><tr><td>${IMG}</td></tr></table>`, "icon"],
    ["small", `<h2>${IMG}</h2>`, "icon"],
    ["no", `<p>${MEASURED}</p>`, undefined],
    ["no", `<p>a ${MEASURED}</p>`, undefined],
    ["no", `<figure>${MEASURED}</figure>`, undefined],
  ])("reserves a %s box for the picture in %s", (_, html, box) => {
    expect(/<img[^>]* class="([^"]*)"/.exec(shown(html))?.[1]).toBe(box);
  });

  test("lets the first picture load at once where the page shows none above it", () => {
    // As the Desk marks up a kept picture.
    const html = `<p>${MEASURED.replace(">", ' loading="lazy">')}</p><p>${MEASURED}</p>`;
    const body = bodyForPage(html, words, { isFirstEager: true });
    expect([...body.matchAll(/<img[^>]*>/g)].map(([tag]) => tag.includes("loading"))).toEqual([false, true]);
    expect(bodyForPage(html, words).match(/loading="lazy"/g)?.length).toBe(2);
  });

  test("is known to show a picture by its address, or by its id, up to the end of the links around it", () => {
    const linked =
      '<p><a href="https://a.example/"><picture><img src="https://a.example/1.jpg" alt=""> </picture></a>';
    expect(placeBehind(`${linked} a</p>`, { url: "https://a.example/1.jpg" })).toBe(linked.length);
    const id = "a".repeat(64);
    const kept = `https://news.example/media/${id}.jpg`;
    const html = shown(`<p><img src="https://a.example/?a=1&amp;b=2" alt="${kept}"></p>`);
    expect(placeBehind(html, { url: "https://a.example/?a=1&b=2" })).toBeDefined();
    expect(placeBehind(html, { url: "https://a.example/?a=1" })).toBeUndefined();
    expect(placeBehind(html, { url: kept, media: id })).toBeUndefined();
    const other = shown(`<p><img src="https://news.example/media/${id}-400w.jpg" alt=""></p>`);
    expect(placeBehind(other, { url: kept, media: id })).toBeDefined();
    expect(placeBehind(`<a href="${kept}">a</a>`, { url: kept, media: id })).toBeUndefined();
  });

  test("has an insertion behind the tag that ends at its place, and nowhere else", () => {
    const html = `<p>${MEASURED}</p><p>${MEASURED}</p>`;
    const insertion = { at: html.lastIndexOf("</p>"), html: "<b>a</b>" };
    const without = bodyForPage(html, words);
    const end = without.length - "</p>".length;
    expect(bodyForPage(html, words, { insertion })).toBe(`${without.slice(0, end)}<b>a</b></p>`);
  });

  test("marks the names of tables and players with their language in an article of another, and no other name", () => {
    const html =
      '<table><tr><td>1</td></tr></table><iframe src="https://player.vimeo.com/video/1"></iframe>' +
      '<iframe src="https://player.vimeo.com/video/1" title="Duik"></iframe>';
    const dutch = bodyForPage(html, words, { language: "nl" });
    expect(
      [...dutch.matchAll(/<(?:div|table|iframe)[^>]*>/g)].map(([tag]) => / lang="(\w+)"/.exec(tag)?.[1]),
    ).toEqual(["en", "nl", "en", undefined]);
    expect(bodyForPage(html, words, { language: "en-GB" })).toBe(bodyForPage(html, words));
    expect(bodyForPage('<table lang="de">', words, { language: "nl" })).toMatch(/<table lang="de">$/);
  });

  test("names a player that has no name", () => {
    expect(bodyForPage('<iframe src="https://www.youtube-nocookie.com/embed/a"></iframe>', words)).toContain(
      'title="Video from youtube-nocookie.com"',
    );
    expect(
      bodyForPage('<iframe src="https://player.vimeo.com/video/1" title="A dive"></iframe>', words),
    ).toBe('<iframe src="https://player.vimeo.com/video/1" title="A dive"></iframe>');
  });

  test("lets code scroll by keyboard", () => {
    expect(shown("<pre><code>a b</code></pre>")).toBe('<pre tabindex="0"><code>a b</code></pre>');
  });

  test.each([
    ["<h2>a</h2><h3>b</h3><h2>c</h2>", [2, 3, 2]],
    ["<h4>a</h4><h4>b</h4><h6>c</h6>", [2, 2, 3]],
    ["<h3>a</h3><h2>b</h2><h5>c</h5><h6>d</h6><h5>e</h5>", [2, 2, 3, 4, 3]],
    ["<h1>a</h1><h3>b</h3>", [2, 3]],
  ])("leaves no gap between the levels of headings: %s", (html, levels) => {
    const found = shown(html);
    expect([...found.matchAll(/<h(\d)>/g)].map(([, level]) => Number(level))).toEqual(levels);
    expect([...found.matchAll(/<\/h(\d)>/g)].map(([, level]) => Number(level))).toEqual(levels);
  });

  const PIECES = [
    "<p>a</p>",
    "<table><tr><td>",
    "</td></tr></table>",
    '<img src="https://a.example/1.jpg" alt="a > b">',
    "<pre>",
    "</pre>",
    "<h4>",
    "</h4>",
    "<blockquote>",
    'alt="',
    "&quot;",
    "&lt;img",
  ];

  // Each attribute that the sanitiser lets through, on an element that has it.
  const HOLDERS = [...ELEMENTS].flatMap(([element, own]) =>
    [...own, ...GLOBAL].map((property): [string, string] => [element, property.toLowerCase()]),
  );
  const CELLS = new Set(["td", "th"]);
  const NAMES = ["table", "pre", "img", "iframe", "h2", "h3", "h4", "h5", "h6"];

  test.each(NAMES)("takes nothing in the value of an attribute for a <%s>", (name) => {
    const values = [`<${name}>`, `</${name}>`, `<${name} a>`, `https://a.example/?<${name}>`].map(
      (tag) => `${tag}<meta http-equiv=refresh content=0><h2 onclick=a>`,
    );
    const kept = new Set<string>();
    for (const [element, attribute] of HOLDERS)
      for (const value of values) {
        const escaped = value.replaceAll("<", "&lt;");
        const written = `<${element} ${attribute}="${escaped}" src="https://a.example/1">b</${element}>`;
        const source = `<p>a</p>${CELLS.has(element) ? `<table><tr>${written}</tr></table>` : written}`;
        const { body } = bodyFromHtml(source, BASE, { path: "/content_html" });
        const html = body?.html ?? "";
        if (/="[^"]*</.test(html)) kept.add(attribute);
        expect(treeOf(bodyForPage(html, words))).toEqual(treeOf(html));
      }
    // Those that may hold any text really did.
    expect([...kept]).toEqual(expect.arrayContaining(["title", "alt", "abbr", "label", "sizes"]));
  });

  test("changes no text, and is well formed, whatever was written", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), (pieces) => {
        const { body } = bodyFromHtml(pieces.join(""), BASE, { path: "/content_html" });
        if (body === undefined) return;
        const errors: string[] = [];
        const onParseError = ({ code }: { code: string }): number => errors.push(code);
        const text = (html: string): string => textIn(parseFragment(html, { onParseError }));
        expect(text(bodyForPage(body.html, words))).toBe(text(body.html));
        expect(errors).toEqual([]);
      }),
    );
  });
});

function textIn(node: DefaultTreeAdapterTypes.Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map((child) => textIn(child)).join("") : "";
}

/** The elements of a tree with the attributes that an editor may write: a page adds others. */
function treeOf(html: string): string[] {
  const added = new Set([
    "alt",
    "class",
    "loading",
    "fetchpriority",
    "tabindex",
    "role",
    "aria-label",
    "title",
  ]);
  const found: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("attrs" in node && !node.attrs.some(({ name, value }) => name === "class" && value === "scroll")) {
      // A page gives headings their levels.
      const own = node.attrs.filter(({ name, value }) => !added.has(name) || value.includes("<"));
      const name = node.tagName.replace(/^h[2-6]$/, "h");
      found.push([name, ...own.map(({ name: key, value }) => `${key}=${value}`)].join(" "));
    }
    if ("childNodes" in node) for (const child of node.childNodes) walk(child);
  };
  walk(parseFragment(html));
  return found;
}
