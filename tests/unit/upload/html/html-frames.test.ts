/** Frames, embedded documents, films and sounds in an article's HTML: players play, and links replace all others. */
import { describe, expect, test } from "vitest";
import { type Base, bodyFromHtml } from "../../../../src/upload/html/html.ts";

const BASE: Base = { url: "https://old.example/2026/quay/", isKnown: true };
const FIXED =
  'title="YouTube" allowfullscreen loading="lazy" sandbox="allow-scripts allow-same-origin allow-presentation allow-popups"';

function read(written: string, base = BASE) {
  const { body, warnings } = bodyFromHtml(written, base, {});
  return { html: body?.html, warnings: warnings.map(({ reason, found }) => [reason, found]) };
}

describe("a known player is framed by https", () => {
  const player = `<iframe src="https://www.youtube.com/embed/x" ${FIXED}></iframe>`;
  test.each([
    ["that is written so", '<iframe src="https://www.youtube.com/embed/x"></iframe>'],
    ["that is written without a scheme", '<iframe src="//www.youtube.com/embed/x"></iframe>'],
    [
      "that a script would load",
      '<iframe src="about:blank" data-src="https://www.youtube.com/embed/x"></iframe>',
    ],
    [
      "that a script would load, or none",
      '<iframe data-src="//www.youtube.com/embed/x"></iframe><noscript><iframe src="//www.youtube.com/embed/x"></iframe></noscript>',
    ],
    [
      "for readers without scripts",
      '<noscript><iframe src="https://www.youtube.com/embed/x"></iframe></noscript>',
    ],
    ["that is embedded", '<embed src="https://www.youtube.com/embed/x">'],
    ["that is an object", '<object data="https://www.youtube.com/embed/x">A</object>'],
    [
      "that an object names",
      '<object><param name="movie" value="https://www.youtube.com/v/x&fs=1"><embed src="/x.swf"></object>',
    ],
  ])("%s", (_what, written) => {
    expect(read(written)).toEqual({ html: player, warnings: [] });
  });

  test("that is written by http, with a warning", () => {
    expect(read('<iframe src="http://www.youtube.com/embed/x"></iframe>')).toEqual({
      html: player,
      warnings: [["raised-to-https", "http://www.youtube.com/embed/x"]],
    });
  });

  test.each([
    ["its page", "https://www.youtube.com/watch?v=x"],
    ["its short address", "https://youtu.be/x"],
    ["another port of its host", "https://www.youtube.com:8443/embed/x"],
  ])("and a link leads to %s", (_what, address) => {
    const { html } = read(`<iframe src="${address}"></iframe>`);
    expect(html).toBe(`<a href="${address}">${new URL(address).hostname}</a>`);
  });
});

describe("a link with the title or else the host replaces a document that can't be framed, and the warning names the host:", () => {
  const link = '<a href="https://maps.example/a">Map of the quay</a>';
  test.each([
    ["a frame", '<iframe src="https://maps.example/a" title="Map of the quay"></iframe>', "iframe"],
    [
      "a frame that a script would load",
      '<iframe data-src="https://maps.example/a" title="Map of the quay"></iframe>',
      "iframe",
    ],
    ["an embedded document", '<embed src="https://maps.example/a" title=" Map of the quay ">', "embed"],
    ["an object", '<object data="https://maps.example/a" title="Map of the quay">A</object>', "object"],
    [
      "an object with a movie",
      '<object title="Map of the quay"><param name="Movie" value="https://maps.example/a"></object>',
      "object",
    ],
    [
      "an object with a source",
      '<object title="Map of the quay"><param name="src" value="https://maps.example/a"></object>',
      "object",
    ],
    [
      "an object with another for old browsers",
      '<object><embed src="https://maps.example/a" title="Map of the quay"></object>',
      "object",
    ],
    [
      "an object that holds the same link",
      `<object data="https://maps.example/a">${link}</object>`,
      "object",
    ],
  ])("%s", (_what, written, tagName) => {
    expect(read(written)).toEqual({ html: link, warnings: [["replaced-frame", `${tagName} maps.example`]] });
  });

  test("an article of one frame alone is the link alone, in its text, too", () => {
    const { body, issues } = bodyFromHtml('<iframe src="http://maps.example/a"></iframe>', BASE, {});
    expect([body, issues]).toEqual([
      { html: '<a href="http://maps.example/a">maps.example</a>', text: "maps.example" },
      [],
    ]);
  });

  test("two links in a row are two words", () => {
    const { html } = read(
      '<iframe src="https://a.example/"></iframe><iframe src="https://b.example/"></iframe>',
    );
    expect(html).toBe(
      '<a href="https://a.example/">a.example</a> <a href="https://b.example/">b.example</a>',
    );
  });

  test("an object's picture stays with the link", () => {
    expect(read('<object data="/a.swf"><img src="/a.jpg" alt="A"></object>').html).toBe(
      '<a href="https://old.example/a.swf">old.example</a><img src="https://old.example/a.jpg" alt="A">',
    );
  });

  test("only an object's picture stays where the object is a picture", () => {
    expect(read('<object data="/a.svg" type="image/svg+xml"><img src="/a.png" alt="A"></object>').html).toBe(
      '<img src="https://old.example/a.png" alt="A">',
    );
  });

  test.each([
    ["an address of JavaScript", '<iframe src="javascript:run()"></iframe>', "iframe javascript:run()"],
    ["no address", "<embed>", "embed"],
    ["a document of its own", '<iframe srcdoc="A"></iframe>', "iframe"],
    ["an object with nothing but words", "<object>No plug-in!</object>", "object"],
    [
      "a frame that counts visits",
      '<iframe src="https://count.example/" width="0" height="0"></iframe>',
      "iframe count.example",
    ],
    ["a script", '<script src="https://social.example/widgets.js"></script>', "script social.example"],
  ])("but %s is removed", (_what, written, found) => {
    expect(read(`<p>A</p>${written}`)).toEqual({ html: "<p>A</p>", warnings: [["removed-element", found]] });
  });

  test("a post's quotation stays, and its script is removed", () => {
    const written =
      '<blockquote class="post"><p>A</p><a href="https://social.example/1">B</a></blockquote>' +
      '<script async src="//social.example/widgets.js"></script>';
    expect(read(written)).toEqual({
      html: '<blockquote><p>A</p><a href="https://social.example/1">B</a></blockquote>',
      warnings: [
        ["removed-attribute", "class"],
        ["removed-element", "script social.example"],
      ],
    });
  });
});

describe("a player that has nothing to play is replaced with a warning, by", () => {
  test.each([
    [
      "its poster",
      '<video src="blob:https://a.example/1" poster="/p.jpg" title="A"></video>',
      '<img src="https://old.example/p.jpg" alt="A">',
      "video blob:https://a.example/1",
    ],
    [
      "the link that it holds",
      '<audio><source src="data:audio/mpeg,A"><a href="/a.mp3">A</a></audio>',
      '<a href="https://old.example/a.mp3">A</a>',
      "audio data:audio/mpeg,A",
    ],
    [
      "a link to the film that lies deeper in it",
      '<video title="A"><p><source src="http://a.example/a.mp4"></p></video>',
      '<a href="https://a.example/a.mp4">A</a>',
      "video",
    ],
    ["its words", "<video><p>A film.</p></video>", "<p>A film.</p>", "video"],
  ])("%s", (_what, written, html, found) => {
    const { html: stays, warnings } = read(written);
    expect(stays).toBe(html);
    expect(warnings).toContainEqual(["replaced-player", found]);
  });

  test("nothing where it is empty", () => {
    expect(read("<p>A</p><video controls></video>")).toEqual({
      html: "<p>A</p>",
      warnings: [["removed-element", "video"]],
    });
  });

  test.each([
    [
      "the film that a script would load",
      '<video data-src="/a.mp4"></video>',
      '<video src="https://old.example/a.mp4" controls></video>',
    ],
    [
      "the source that a script would load",
      '<video><source data-src="/a.mp4"></video>',
      '<video controls><source src="https://old.example/a.mp4"></video>',
    ],
    [
      "the source beside an empty address",
      '<video src=""><source src="/a.mp4"></video>',
      '<video controls><source src="https://old.example/a.mp4"></video>',
    ],
    [
      "the film with a poster that a script would load",
      '<video src="/a.mp4" data-poster="/p.jpg"></video>',
      '<video src="https://old.example/a.mp4" poster="https://old.example/p.jpg" controls></video>',
    ],
  ])("nothing else where it plays %s", (_what, written, html) => {
    expect(read(written)).toEqual({ html, warnings: [] });
  });
});
