/** Pictures in an article's HTML: those that a script would load, those by http, and placeholders. */
import { describe, expect, test } from "vitest";
import { type Base, bodyFromHtml } from "../../../../src/upload/html/html.ts";

const BASE: Base = { url: "https://old.example/2026/quay/", isKnown: true };
const Q = '<img src="https://old.example/q.jpg" alt="Quay">';
const NONE: [string, string][] = [];

function read(written: string, base = BASE) {
  const { body, warnings } = bodyFromHtml(written, base, {});
  return { html: body?.html, warnings: warnings.map(({ reason, found }) => [reason, found]) };
}

describe("a picture that a script would load is shown as the script would show it:", () => {
  test.each([
    [
      "after data in its place",
      '<img src="data:image/gif;base64,R0lGODlhAQABAAA=" data-src="/q.jpg" alt="Quay">',
      Q,
    ],
    ["after an empty file in its place", '<img src="/blank.gif" data-src="/q.jpg" alt="Quay">', Q],
    ["after a small picture in its place", '<img src="/q-20.jpg" data-src="/q.jpg" alt="Quay">', Q],
    ["after an empty source", '<img src="" data-lazy-src="/q.jpg" alt="Quay">', Q],
    [
      "after no source",
      '<img alt="Quay" data-original="/q.jpg">',
      Q.replace(/( src=\S+)( alt=\S+)>/, "$2$1>"),
    ],
    ["by its original source", '<img src="/1x1.png" data-original-src="/q.jpg" alt="Quay">', Q],
    ["by the first of several", '<img src="/x.gif" data-lazy-src="/q.jpg" data-src="/q.jpg" alt="Quay">', Q],
    [
      "beside an address that holds a place, too",
      '<img src="/q.jpg" data-src="/blank.gif" alt="Quay">',
      Q,
      true,
    ],
    ["beside a word", '<img src="/q.jpg" data-lazy="true" alt="Quay">', Q, true],
    ["beside a number", '<img src="/q.jpg" data-original="0.5" alt="Quay">', Q, true],
    ["beside a gap for a script to fill", '<img src="/q.jpg" data-src="/q_{width}.jpg" alt="Quay">', Q, true],
    [
      "beside an address of JavaScript",
      '<img src="/q.jpg" data-src="javascript:run()/." alt="Quay">',
      Q,
      true,
    ],
    [
      "in its sizes, the largest for programs that know none",
      '<img src="/q-20.jpg" alt="Quay" data-srcset="/a.jpg 400w, /b.jpg 800w" data-sizes="50vw">',
      '<img src="https://old.example/b.jpg" alt="Quay" srcset="https://old.example/a.jpg 400w, https://old.example/b.jpg 800w" sizes="50vw">',
    ],
    [
      "in its sizes, without those that hold the place",
      '<img src="/blank.gif" srcset="/blank.gif 1x" data-lazy-src="/q.jpg" data-lazy-srcset="/q.jpg, /r.jpg 2x" data-lazy-sizes="auto" alt="Quay">',
      '<img src="https://old.example/q.jpg" srcset="https://old.example/q.jpg, https://old.example/r.jpg 2x" alt="Quay">',
    ],
    [
      "without the sizes of what holds the place",
      '<img src="/blank.gif" srcset="data:image/gif;base64,AA 1x" data-src="/q.jpg" alt="Quay">',
      Q,
    ],
    [
      "in several formats",
      '<picture><source data-srcset="/q.webp" type="image/webp"><img src="data:image/gif;base64,AA" data-src="/q.jpg" alt="Quay"></picture>',
      `<picture><source type="image/webp" srcset="https://old.example/q.webp">${Q}</picture>`,
    ],
    [
      "in several formats, of which its own element names none",
      '<picture><source srcset="/q.webp" type="image/webp"><source data-srcset="/p.jpg 1x, /q.jpg 2x"><img src="data:image/gif;base64,AA" alt="Quay"></picture>',
      '<picture><source srcset="https://old.example/q.webp" type="image/webp">' +
        `<source srcset="https://old.example/p.jpg 1x, https://old.example/q.jpg 2x">${Q}</picture>`,
    ],
  ])("%s", (_what, written, html, isOther = false) => {
    const warnings = isOther ? [["removed-attribute", "data-*"]] : NONE;
    expect(read(written)).toEqual({ html, warnings });
  });

  test("its description stays even where only its sizes have an address", () => {
    expect(read('<img alt="Quay" srcset="/p.jpg 400w, /q.jpg 800w">')).toEqual({
      html: '<img alt="Quay" srcset="https://old.example/p.jpg 400w, https://old.example/q.jpg 800w" src="https://old.example/q.jpg">',
      warnings: [],
    });
  });
});

describe("a picture for readers without scripts is shown exactly once:", () => {
  const lazy = '<img src="/blank.gif" data-src="/q.jpg" alt="Quay">';
  const placeholder = '<img src="/blank.gif" alt="">';
  const plain = '<noscript><img src="/q.jpg" alt="Quay"></noscript>';
  test.each([
    ["after the one that a script would load", lazy + plain, Q],
    ["before the one that a script would load", plain + lazy, Q],
    ["after white space and a comment", `${lazy} <!-- a --> ${plain}`, Q],
    [
      "far from the one that a script would load",
      `<div>${lazy}</div><p>A</p>${plain}`,
      `<div>${Q}</div><p>A</p>`,
    ],
    ["after a placeholder", placeholder + plain, Q],
    ["before a placeholder", plain + placeholder, Q],
    ["alone", plain, Q],
    ["twice", plain + plain, Q],
    [
      "beside another that is shown",
      `<img src="/p.jpg" alt="P">${plain}`,
      `<img src="https://old.example/p.jpg" alt="P">${Q}`,
    ],
    ["in a paragraph", '<noscript><p><img src="/q.jpg" alt="Quay"></p></noscript>', Q],
    [
      "in its figure",
      '<noscript><figure><img src="/q.jpg" alt="Quay"><figcaption>A</figcaption></figure></noscript>',
      `<figure>${Q}<figcaption>A</figcaption></figure>`,
    ],
    [
      "in one of the sizes that a script would load",
      `<img src="/blank.gif" data-src="/q.jpg" data-srcset="/q.jpg 1x, /r.jpg 2x" alt="Quay"><noscript><img src="/r.jpg" alt="Quay"></noscript>`,
      Q.replace(">", ' srcset="https://old.example/q.jpg 1x, https://old.example/r.jpg 2x">'),
    ],
    [
      "in a picture of several formats",
      `<picture><source srcset="/q.webp">${plain}</picture>`,
      `<picture><source srcset="https://old.example/q.webp">${Q}</picture>`,
    ],
    [
      "by an address that differs in its scheme alone",
      `${lazy}${plain.replace("/q", "http://old.example/q")}`,
      Q,
    ],
  ])("%s", (_what, written, html) => {
    const { html: found, warnings } = read(written);
    expect(found?.replaceAll(/> +/g, ">").trim()).toBe(html);
    expect(warnings).toEqual([]);
  });

  test("in the size that a script would load, with a warning that names the other", () => {
    expect(read(lazy + plain.replace("q.jpg", "q-full.jpg"))).toEqual({
      html: Q,
      warnings: [["repeated-picture", "https://old.example/q-full.jpg"]],
    });
  });

  test("without other words for these readers, which a warning names", () => {
    expect(read('<p>A</p><noscript>Turn on scripts! <img src="/q.jpg" alt="Quay"></noscript>')).toEqual({
      html: `<p>A</p>${Q}`,
      warnings: [["removed-element", "noscript"]],
    });
  });

  test.each([
    ["a picture", '<img src="https://count.example/1" width="1" height="1" alt="">'],
    ["a frame", '<iframe src="https://count.example/1" width="0" height="0"></iframe>'],
    ["a hidden frame", '<iframe src="https://count.example/1" style="display: none"></iframe>'],
  ])("unless it only counts them: %s", (_what, counter) => {
    expect(read(`<p>A</p><noscript>${counter}</noscript>`)).toEqual({
      html: "<p>A</p>",
      warnings: [["removed-element", "noscript count.example"]],
    });
  });
});

describe("a picture that can't be shown is removed with a warning that names it:", () => {
  test.each([
    ["data", '<img src="data:image/png;base64,AA" alt="A">', ["removed-url", "data:image/png;base64,AA"]],
    [
      "an empty file that holds its place",
      '<img src="/i/spacer.gif" alt="A">',
      ["removed-placeholder", "/i/spacer.gif"],
    ],
    ["no address", '<img alt="The old quay">', ["removed-element", "img The old quay"]],
    ["an empty address", '<img src="" alt="">', ["removed-element", "img"]],
    ["a picture of several formats without one", "<picture></picture>", ["removed-element", "picture"]],
    [
      "a source without an address",
      "<picture><source type=image/webp><img src=/q.jpg alt=Q></picture>",
      ["removed-element", "source"],
    ],
  ])("%s", (_what, written, warning) => {
    expect(read(`<p>A</p>${written}`).warnings).toEqual([warning]);
  });

  test("but not one whose name only resembles a placeholder's", () => {
    const written =
      '<img src="https://old.example/loading-the-ferry.png" alt="A"><img src="https://old.example/pixel.jpg" alt="B">';
    expect(read(written)).toEqual({ html: written, warnings: [] });
  });
});

test("a picture of several formats without its own element gets one", () => {
  expect(read('<picture><source srcset="/p.jpg 1x, /q.jpg 2x"></picture>')).toEqual({
    html: '<picture><source srcset="https://old.example/p.jpg 1x, https://old.example/q.jpg 2x"><img src="https://old.example/q.jpg"></picture>',
    warnings: [["image-without-alt", "https://old.example/q.jpg"]],
  });
});
