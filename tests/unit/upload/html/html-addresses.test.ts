/** Addresses in an article's HTML: absolute, and by https where a page loads them. */
import { describe, expect, test } from "vitest";
import { secured } from "../../../../src/upload/html/addresses.ts";
import { type Base, bodyFromHtml } from "../../../../src/upload/html/html.ts";

const BASE: Base = { url: "https://old.example/2026/quay/", isKnown: true };
const Q = '<img src="https://old.example/q.jpg" alt="Quay">';

function read(written: string, base = BASE) {
  const { body, warnings } = bodyFromHtml(written, base, {});
  return { html: body?.html, warnings: warnings.map(({ reason, found }) => [reason, found]) };
}

describe("an address that a page loads is raised to https, as its policy blocks http, with a warning that names it:", () => {
  test.each([
    ["a picture's", '<img src="http://a.example/b" alt="">', '<img src="https://a.example/b" alt="">'],
    [
      "a size's",
      '<img src="https://a.example/c" alt="" srcset="http://a.example/b 2x">',
      '<img src="https://a.example/c" alt="" srcset="https://a.example/b 2x">',
    ],
    [
      "a film's",
      '<video src="http://a.example/b" controls></video>',
      '<video src="https://a.example/b" controls></video>',
    ],
    [
      "a sound's",
      '<audio src="http://a.example/b" controls></audio>',
      '<audio src="https://a.example/b" controls></audio>',
    ],
    [
      "a source's",
      '<video controls><source src="http://a.example/b"></video>',
      '<video controls><source src="https://a.example/b"></video>',
    ],
    [
      "a poster's",
      '<video src="https://a.example/c" poster="http://a.example/b" controls></video>',
      '<video src="https://a.example/c" poster="https://a.example/b" controls></video>',
    ],
    [
      "a track's",
      '<video src="https://a.example/c" controls><track src="http://a.example/b"></video>',
      '<video src="https://a.example/c" controls><track src="https://a.example/b"></video>',
    ],
  ])("%s", (_what, written, html) => {
    expect(read(written)).toEqual({ html, warnings: [["raised-to-https", "http://a.example/b"]] });
  });

  test.each([
    ["a link's", '<a href="http://a.example/b">A</a>'],
    ["a quotation's", '<blockquote cite="http://a.example/b">A</blockquote>'],
    [
      "one of the reader's own machine",
      '<img src="http://localhost:8787/b" alt=""><img src="http://127.0.0.1/b" alt=""><img src="http://[::1]/b" alt="">',
    ],
    ["one by https", '<img src="https://a.example/b" alt="">'],
  ])("but not %s", (_what, html) => {
    expect(read(html)).toEqual({ html, warnings: [] });
  });

  test("but without a warning where no scheme is written, which means the page's own", () => {
    expect(read('<img src="//a.example/b" alt="">', { url: "http://old.example/", isKnown: true })).toEqual({
      html: '<img src="https://a.example/b" alt="">',
      warnings: [],
    });
  });

  test.each([
    ["http://a.example/b", "https://a.example/b"],
    ["http://a.example:80/", "https://a.example/"],
    ["http://a.example:8080/", "https://a.example:8080/"],
    ["HTTP://A.example", "https://a.example/"],
    ["https://A.example/b", "https://A.example/b"],
    ["http://localhost:8787/b", "http://localhost:8787/b"],
    ["http://localhost.example/b", "https://localhost.example/b"],
    ["mailto:a@a.example", "mailto:a@a.example"],
    ["/b", "/b"],
    ["", ""],
  ])("in any field: %s", (address, expected) => {
    expect(secured(address)).toBe(expected);
  });
});

function resolved(base: string): string {
  return `<a href="${base}a">A</a><img src="${base}b.jpg" alt="" srcset="${base}c.jpg 2x"><q cite="${base}?d">D</q>`;
}

describe("a relative address", () => {
  const written = '<a href="/a">A</a><img src="b.jpg" alt="" srcset="c.jpg 2x"><q cite="?d">D</q>';

  test("is resolved against the address that the document names, without a warning", () => {
    const base = { url: "https://old.example/", isKnown: true };
    expect(read(written, base)).toEqual({ html: resolved(base.url), warnings: [] });
  });

  test("is resolved against the site's own otherwise, with a warning that names it as written", () => {
    const base = { url: "https://site.example/", isKnown: false };
    expect(read(written, base)).toEqual({
      html: resolved(base.url),
      warnings: ["/a", "b.jpg", "c.jpg", "?d"].map((address) => ["relative-address", address]),
    });
  });

  test("is not an address that names its host", () => {
    const absolute =
      '<a href="//a.example/">A</a><a href="mailto:a@a.example">B</a><img src="https://a.example/b" alt="">';
    expect(read(absolute, { url: "https://site.example", isKnown: false }).warnings).toEqual([]);
  });

  test("is not an address of a part of the document, which is removed", () => {
    const { warnings } = read('<a href="#b">A</a>', { url: "https://site.example", isKnown: false });
    expect(warnings).toEqual([["removed-url", "#b"]]);
  });
});

describe("the HTML of real feeds", () => {
  test("shows both lazily loaded pictures once each, by https, since the page's policy blocks http", () => {
    const base = { url: "http://old.example/l1/", isKnown: true };
    const data =
      '<p>Look</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" data-src="http://old.example/q.jpg" alt="Quay">';
    const file =
      '<p>Look</p><img src="/blank.gif" data-src="/q.jpg" alt="Quay"><noscript><img src="/q.jpg" alt="Quay"></noscript>';
    const expected = { html: `<p>Look</p>${Q}`, warnings: [["raised-to-https", "http://old.example/q.jpg"]] };
    expect([read(data, base), read(file, base)]).toEqual([expected, expected]);
  });

  test("keeps a film's address in a player and a picture's source, both by https", () => {
    const written =
      '<p>Film</p><video src="http://old.example/v.mp4" controls></video>' +
      '<picture><source srcset="http://old.example/a.webp" type="image/webp"><img src="http://old.example/a.jpg" alt="A"></picture>';
    expect(read(written)).toEqual({
      html: written.replaceAll("http:", "https:"),
      warnings: ["v.mp4", "a.webp", "a.jpg"].map((file) => ["raised-to-https", `http://old.example/${file}`]),
    });
  });

  test("keeps commas within the addresses of a picture's sizes", () => {
    const written =
      '<p>Pier.</p><img src="https://img.example/w_800,q_80/pier.jpg" srcset="https://img.example/w_480,q_80/pier.jpg 480w, ' +
      'https://img.example/w_800,q_80/pier.jpg 800w" alt="Pier">';
    expect(read(written)).toEqual({ html: written, warnings: [] });
  });

  test("ignores commas that separate no sizes", () => {
    expect(read('<img src="/q.jpg" srcset=", /q.jpg 1x,, /r.jpg 2x," alt="Quay">')).toEqual({
      html: '<img src="https://old.example/q.jpg" srcset="https://old.example/q.jpg 1x, https://old.example/r.jpg 2x" alt="Quay">',
      warnings: [],
    });
  });
});
