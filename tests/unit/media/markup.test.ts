/** The markup of kept pictures in a body. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Media } from "../../../src/article/media.ts";
import { addressesIn, markUp, mediaIn } from "../../../src/media/markup.ts";

const SITE = "https://news.example";
const ID = "a".repeat(64);
const PLAIN = "b".repeat(64);
const UNKNOWN = "c".repeat(64);

const SIZED: Media = {
  id: ID,
  type: "image/png",
  width: 1600,
  height: 900,
  length: 1000,
  sizes: [
    { type: "image/webp", width: 1200, height: 675, length: 500 },
    { type: "image/webp", width: 400, height: 225, length: 100 },
  ],
  created: 0,
};
const KNOWN = new Map<string, Media>([
  [ID, SIZED],
  [PLAIN, { ...SIZED, id: PLAIN, type: "image/gif", width: 30, height: 20, sizes: [] }],
]);

function marked(html: string): string {
  return markUp(html, SITE, (id) => KNOWN.get(id)).html;
}

const ADDRESS = `${SITE}/media/${ID}.png`;
const MEASURES = 'width="1600" height="900"';
const SRCSET = `srcset="${SITE}/media/${ID}-400w.webp 400w, ${SITE}/media/${ID}-1200w.webp 1200w, ${ADDRESS} 1600w"`;
const SIZES = 'sizes="(max-width: 45rem) 100vw, 45rem"';
const END = `${MEASURES} ${SRCSET} ${SIZES} loading="lazy">`;

test.each([
  ["a picture alone", `<img src="${ADDRESS}">`, `<img src="${ADDRESS}" ${END}`],
  [
    "with other attributes",
    `<img alt="x" src="${ADDRESS}" class="wide">`,
    `<img src="${ADDRESS}" alt="x" class="wide" ${END}`,
  ],
  [
    "with measures of its own",
    `<img src="${ADDRESS}" width="3" height="4" srcset="x" sizes="1px">`,
    `<img src="${ADDRESS}" ${END}`,
  ],
  ["in single quotes", `<img src='${ADDRESS}' alt='a "b"'>`, `<img src="${ADDRESS}" alt='a "b"' ${END}`],
  ["without quotes", `<img src=${ADDRESS}>`, `<img src="${ADDRESS}" ${END}`],
  ["in capitals", `<IMG SRC="${ADDRESS}">`, `<img src="${ADDRESS}" ${END}`],
  ["closed by a slash", `<img src="${ADDRESS}" />`, `<img src="${ADDRESS}" ${END}`],
  ["on several lines", `<img\n  alt="x"\n  src="${ADDRESS}"\n>`, `<img src="${ADDRESS}" alt="x" ${END}`],
  [
    "with character references",
    `<img src="${ADDRESS.replaceAll("/", "&#x2F;").replaceAll(":", "&colon;")}/media/">`,
    undefined,
  ],
  [
    "by references in its address",
    `<img src="https:&#47;&#47;news.example/media/${ID}.png">`,
    `<img src="${ADDRESS}" ${END}`,
  ],
  ["by the address of a size", `<img src="${SITE}/media/${ID}-400w.webp">`, `<img src="${ADDRESS}" ${END}`],
  ["with a query", `<img src="${ADDRESS}?w=1#x">`, `<img src="${ADDRESS}" ${END}`],
  [
    "with entities in its text",
    `<img src="${ADDRESS}" alt="A &amp; &quot;B&quot; > C <">`,
    `<img src="${ADDRESS}" alt="A &amp; &quot;B&quot; > C <" ${END}`,
  ],
  [
    "without sizes",
    `<img src="${SITE}/media/${PLAIN}.gif">`,
    `<img src="${SITE}/media/${PLAIN}.gif" width="30" height="20" loading="lazy">`,
  ],
  ["of another site", `<img src="https://other.example/media/${ID}.png">`, undefined],
  ["of a site whose name begins alike", `<img src="${SITE}.evil/media/${ID}.png">`, undefined],
  ["of another path", `<img src="${SITE}/x/media/${ID}.png">`, undefined],
  ["that isn't kept", `<img src="${SITE}/media/${UNKNOWN}.png">`, undefined],
  ["in the value of another element", `<a title="<img src='${ADDRESS}'>" href="x">y</a>`, undefined],
  [
    "in an attribute that only ends alike",
    `<img data-src="${ADDRESS}" src="https://a.example/b.png">`,
    undefined,
  ],
  ["in a text", `<p>&lt;img src="${ADDRESS}"&gt;</p>`, undefined],
  ["in an element of a longer name", `<imgx src="${ADDRESS}"></imgx>`, undefined],
  ["in a tag that never ends", `<p>x</p><img src="${ADDRESS}"`, undefined],
])("%s", (_name, html, expected) => {
  expect(marked(`<p>Before.</p>${html}<p>After.</p>`)).toBe(`<p>Before.</p>${expected ?? html}<p>After.</p>`);
});

test("the ids of pictures that nobody keeps are told, each once", () => {
  const html = `<img src="${SITE}/media/${UNKNOWN}.png"><img src="${SITE}/media/${UNKNOWN}.png"><img src="${ADDRESS}">`;
  expect(markUp(html, SITE, (id) => KNOWN.get(id)).missing).toEqual([UNKNOWN]);
});

test("a copy of another site gets the addresses of this one, and of what isn't here it keeps its own", () => {
  const other = "https://other.example/media";
  const html = `<img src="${other}/${ID}.png"><img src="${other}/${UNKNOWN}.png">`;
  expect(markUp(html, SITE, (id) => KNOWN.get(id), true)).toEqual({
    html: `<img src="${ADDRESS}" ${END}<img src="${other}/${UNKNOWN}.png">`,
    missing: [UNKNOWN],
  });
});

test.each([
  ["a link", `<a title="${SITE}/media/x.png" href="${ADDRESS}">x</a>`, [ADDRESS]],
  ["a film and its poster", `<video src="${ADDRESS}" poster="/b.jpg"></video>`, [ADDRESS, "/b.jpg"]],
  ["a quotation", `<blockquote cite="${ADDRESS}"><p>x</p></blockquote>`, [ADDRESS]],
  [
    "a picture's sizes",
    `<img src="a.jpg" srcset="${ADDRESS} 2x, /b,c.jpg 3x,/d.jpg, /e.jpg" alt="${SITE}/media/x.png">`,
    ["a.jpg", ADDRESS, "2x", "/b,c.jpg", "3x,/d.jpg", "/e.jpg"],
  ],
  [
    "a link with references",
    `<a href="https:&#47;&#47;news.example/media/?a&amp;b">`,
    [`${SITE}/media/?a&b`],
  ],
  ["a text", `<p>write href="${ADDRESS}" &lt;img src="${ADDRESS}"&gt;</p>`, []],
])("the addresses of %s are those of its tags", (_name, html, addresses) => {
  expect([...addressesIn(html)]).toEqual(addresses);
});

// Pieces of which tags and what only looks like one are made; of single characters alone hardly ever a tag comes about.
const piece = fc.constantFrom(
  `<img src="${ADDRESS}"`,
  `<img src='${SITE}/media/${PLAIN}.gif'`,
  '<img alt="',
  "'>",
  '">',
  "<img",
  "<a",
  " src=",
  " alt=",
  '"',
  "'",
  ">",
  "<",
  "/",
  " ",
  ADDRESS,
  `${SITE}/media/${UNKNOWN}.png`,
  "x",
  "&amp;",
  "\n",
  " srcset=",
);
const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

/** A text without its pictures. */
function rest(html: string): string {
  return html.replaceAll(/<img [^<>]*>/gi, "");
}

describe("for any text", () => {
  test("marking up twice is marking up once", () => {
    let changed = 0;
    fc.assert(
      fc.property(soup, (html) => {
        const once = marked(html);
        if (once !== html) changed += 1;
        expect(marked(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
    // Texts without a picture would test nothing.
    expect(changed).toBeGreaterThan(50);
  });

  test("only tags change: without them the text is the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(`<img src="${ADDRESS}">`, "<p>x</p>", "&lt;img", "y"), {
          maxLength: 30,
        }),
        (parts) => {
          const html = parts.join("");
          expect(rest(marked(html))).toBe(rest(html));
        },
      ),
    );
  });

  test("every picture that is marked up is a use", () => {
    let pictures = 0;
    fc.assert(
      fc.property(soup, (html) => {
        const found = new Set<string>();
        markUp(html, SITE, (id) => {
          found.add(id);
          return KNOWN.get(id);
        });
        pictures += found.size;
        const uses = mediaIn(html);
        expect([...found].filter((id) => !uses.includes(id))).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(pictures).toBeGreaterThan(50);
  });
});
