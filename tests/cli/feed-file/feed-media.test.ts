/** Pictures and files of feeds: `dateline publish` loses none without a word. */
import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { pictureOf } from "../../../src/cli/feed-file/parts/pictures.ts";
import { atomOf, draftOf, itemsOf, rssOf, warningsOf } from "./feed.ts";
import { takesLinearTime } from "./linear-time.ts";

const PIER = "https://old.example/pier.jpg";
const WHOLE = { url: PIER, alt: "The pier at dusk", credit: "Ada Reef", width: 1200, height: 800 };
const SIZED = `url="${PIER}" medium="image" width="1200" height="800"`;
const CREDIT = "<media:credit>Ada Reef</media:credit>";
const ALT = '<media:description type="plain">The pier at dusk</media:description>';

for (const [title, item, image] of [
  ["a file’s own texts", `<media:content ${SIZED}>${CREDIT}${ALT}</media:content>`, WHOLE],
  [
    "its group’s texts",
    `<media:group>${CREDIT}${ALT}<media:content ${SIZED}/><media:content url="https://old.example/s.jpg" medium="image"/></media:group>`,
    WHOLE,
  ],
  ["the item’s texts", `<media:content ${SIZED}/>${CREDIT}${ALT}`, WHOLE],
  [
    "a text that is HTML",
    `<media:content ${SIZED}>${CREDIT}<media:description type="html">The &lt;b&gt;pier&lt;/b&gt; at dusk</media:description></media:content>`,
    WHOLE,
  ],
  [
    "media:text in place of a description",
    `<media:content ${SIZED}>${CREDIT}<media:text>The pier at dusk</media:text></media:content>`,
    WHOLE,
  ],
  [
    "media:title in place of both",
    `<media:content ${SIZED}>${CREDIT}<media:title>The pier at dusk</media:title></media:content>`,
    WHOLE,
  ],
  [
    "several credits",
    `<media:content url="${PIER}" medium="image"><media:credit role="author">Ada Reef</media:credit><media:credit>Old Agency</media:credit></media:content>`,
    { url: PIER, credit: "Ada Reef, Old Agency" },
  ],
  [
    "a file without texts but the item’s own title",
    `<title>Pier</title><media:title>Pier</media:title><media:content url="${PIER}"/>`,
    PIER,
  ],
  [
    "a group’s default rendition",
    `<media:group><media:content url="https://old.example/s.jpg" medium="image"/><media:content url="${PIER}" medium="image" isDefault="true"/></media:group>`,
    PIER,
  ],
  ["a thumbnail", `<media:thumbnail url="/pier.jpg" width="1200" height="800"/>${CREDIT}${ALT}`, WHOLE],
  ["a picture among the enclosures, known by its ending", `<enclosure url="/pier.jpg" length="9"/>`, PIER],
  ["a podcast’s icon", `<itunes:image href="${PIER}"/>`, PIER],
  [
    "an invalid address, which the site names",
    `<media:content url="data:image/png;base64,AAAA" medium="image"/>`,
    "data:image/png;base64,AAAA",
  ],
] as const) {
  test(`the picture of an item comes from ${title}`, () => {
    deepEqual(draftOf(rssOf(item)).image, image);
    deepEqual(draftOf(atomOf(item.replace("<enclosure url", '<link rel="enclosure" href'))).image, image);
  });
}

const SONG = "https://old.example/a.mp3";

for (const [title, item, attachments] of [
  ["without a type", `<enclosure url="${SONG}" length="123"/>`, [{ url: SONG, size_in_bytes: 123 }]],
  [
    "with an impossible size",
    `<enclosure url="${SONG}" length="-1" type="audio/mpeg"/>`,
    [{ url: SONG, mime_type: "audio/mpeg", size_in_bytes: -1 }],
  ],
  [
    "with an invalid type",
    `<enclosure url="${SONG}" length="1" type="mp3"/>`,
    [{ url: SONG, mime_type: "mp3", size_in_bytes: 1 }],
  ],
  [
    "of an unknown size",
    `<enclosure url="/a.mp3" length="0" type="audio/mpeg"/>`,
    [{ url: SONG, mime_type: "audio/mpeg" }],
  ],
  [
    "once, even if the feed names it twice",
    `<enclosure url="/a.mp3" type="audio/mpeg"/><media:content url="${SONG}" type="audio/mpeg" fileSize="7"/>`,
    [{ url: SONG, mime_type: "audio/mpeg" }],
  ],
  [
    "as a film, when Media RSS says so",
    `<media:content url="/f.mp4" type="video/mp4" fileSize="7"><media:title>The film</media:title></media:content>`,
    [{ url: "https://old.example/f.mp4", mime_type: "video/mp4", size_in_bytes: 7, title: "The film" }],
  ],
] as const) {
  test(`a file is passed on ${title}`, () => {
    deepEqual(draftOf(rssOf(item)).attachments, attachments);
  });
}

test("a JSON Feed’s file may have no type, and is left out with a warning when it has no address", () => {
  const feed = JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Old",
    home_page_url: "https://old.example/",
    items: [
      {
        id: "1",
        date_published: "2025-11-04T07:07:06Z",
        attachments: [{ url: "/a.mp3" }, { title: "Lost" }],
      },
    ],
  });
  deepEqual(draftOf(feed).attachments, [{ url: SONG }]);
  deepEqual(warningsOf(feed), ["enclosure-without-address: Lost"]);
});

for (const [title, item, warnings] of [
  ["a file without an address", `<enclosure type="audio/mpeg"/>`, ["enclosure-without-address: audio/mpeg"]],
  [
    "a further picture",
    `<media:content url="${PIER}"/><media:content url="/two.jpg"/>`,
    ["further-pictures: https://old.example/two.jpg"],
  ],
  [
    "a picture that was deleted",
    `<media:content url="${PIER}" medium="image"><media:status state="deleted"/></media:content>`,
    [`media-taken-back: ${PIER}`],
  ],
] as const) {
  test(`${title} is left out with a warning that names it`, () => {
    deepEqual(warningsOf(rssOf(item)), warnings);
  });
}

const named = (name: string): string => `<media:content url="https://o.example/${name}.jpg"/>`;

test("the first twenty pictures that are lost are named, however many the body shows before them", () => {
  const shown = Array.from({ length: 30 }, (_, place) => `https://o.example/s${place}.jpg`);
  const body = shown.map((url) => `&lt;img srcset="${url}?w=9&amp;amp;h=9 1x, ${url} 2x"&gt;`).join("");
  const contents = [...shown.map((_, place) => named(`s${place}`)), named("lost")].join("");
  deepEqual(warningsOf(rssOf(`<content:encoded>${body}</content:encoded>${named("first")}${contents}`)), [
    "further-pictures: https://o.example/lost.jpg",
  ]);
  const many = Array.from({ length: 40 }, (_, place) => ({ url: `u:${place}` }));
  const { warnings } = pictureOf([{ url: "u:first" }, ...many], undefined);
  deepEqual(warnings[0]?.found.split(" ").length, 20);
});

test("a group that is blocked gives a warning and no picture", () => {
  const group = `<media:group><media:status state="deleted"/><media:thumbnail url="/t.jpg"/><media:content url="${PIER}"/></media:group>`;
  deepEqual(draftOf(rssOf(group)).image, undefined);
  deepEqual(warningsOf(rssOf(group)), [`media-taken-back: ${PIER}`]);
});

test("the texts of an item are read once, however many files they describe", () => {
  takesLinearTime("the words and the files of an item", (length) => {
    const count = length / 32;
    const words = `<media:description type="html">${"&lt;b&gt;pier&lt;/b&gt; ".repeat(count)}</media:description>`;
    const places = Array.from({ length: count }, (_, place) => place);
    const credits = places.map((place) => `<media:credit>Reef ${place}</media:credit>`).join("");
    const files = places.map((place) => `<media:content url="/${place}.jpg"/>`).join("");
    itemsOf(rssOf(words + credits + files));
  });
});

for (const [ending, isImage] of [
  ["jpg", true],
  ["svg", true],
  ["AVIF?w=1", true],
  ["mp3", false],
  ["unknown", false],
] as const) {
  test(`a file that ends in ${ending} is ${isImage ? "a" : "no"} picture when it has no type`, () => {
    const { image, attachments } = draftOf(rssOf(`<media:content url="/a.${ending}"/>`));
    const url = `https://old.example/a.${ending}`;
    deepEqual([image, attachments.map((file) => file.url)], isImage ? [url, []] : [undefined, [url]]);
  });
}

const json = (members: object): string =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Old",
    items: [{ id: "1", date_published: "2025-11-04T07:07:06Z", ...members }],
  });

test("a JSON Feed’s picture is the item’s own, else the first among its files; a warning names a further one", () => {
  const attachments = [{ url: PIER, mime_type: "image/jpeg" }];
  const [image, banner] = ["https://o.example/i.jpg", "https://o.example/b.jpg"];
  deepEqual(draftOf(json({ attachments })).image, PIER);
  deepEqual(draftOf(json({ attachments })).attachments, []);
  deepEqual(draftOf(json({ attachments, image })).image, image);
  deepEqual(warningsOf(json({ image, banner_image: banner })), [`further-pictures: ${banner}`]);
  deepEqual(warningsOf(json({ image, banner_image: image })), []);
});

test("a further picture that the body shows is no loss", () => {
  const body = `<content:encoded>&lt;img src="https://old.example/two.jpg"&gt;</content:encoded>`;
  deepEqual(warningsOf(rssOf(`${body}<media:content url="${PIER}"/><media:content url="/two.jpg"/>`)), []);
});

test("HTML is passed on unchanged, with the base of its addresses", () => {
  const html =
    '<img src="w_800,q_80/pier.jpg" srcset="/w_480,q_80/pier.jpg 480w, /w_800,q_80/pier.jpg 800w" alt="Pier">';
  const { url, content_html } = draftOf(
    rssOf(`<link>/2026/pier/</link><content:encoded><![CDATA[${html}]]></content:encoded>`),
  );
  deepEqual({ url, content_html }, { url: "https://old.example/2026/pier/", content_html: html });
});

test("an item without pictures and files has none", () => {
  deepEqual(itemsOf(rssOf("<title>Pier</title>")), [
    {
      label: "1",
      outcome: {
        kind: "draft",
        draft: {
          url: "https://old.example/",
          title: "Pier",
          date_published: "2025-11-04T07:07:06.000Z",
          sections: ["Country"],
          tags: [],
          authors: [],
          attachments: [],
        },
        warnings: [],
      },
    },
  ]);
});
