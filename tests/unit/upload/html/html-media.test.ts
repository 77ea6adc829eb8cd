/** Properties of pictures and players in an article's HTML, in any form of writing. */
import fc from "fast-check";
import type { Element, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { expect, test } from "vitest";
import { bodyFromHtml } from "../../../../src/upload/html/html.ts";

const LOADING = new Set(["audio", "iframe", "img", "source", "track", "video"]);
const PLAYERS = /^https:\/\/(www\.youtube\.com\/embed|player\.vimeo\.com\/video)\//;
const GONE = new Set(["embed", "noscript", "object", "param", "script"]);

/** Everything in a tree that a page couldn't show. */
function brokenIn(nodes: readonly RootContent[]): string[] {
  return nodes.flatMap((node) =>
    node.type === "element" ? [...brokenElement(node), ...brokenIn(node.children)] : [],
  );
}

function brokenElement({ tagName, properties, children }: Element): string[] {
  const { src, srcSet, poster } = properties;
  const loaded = LOADING.has(tagName)
    ? [src, poster, ...(typeof srcSet === "string" ? srcSet.split(/ [\d.]+[wx](?:, |$)|, (?=http)/) : [])]
    : [];
  const addresses = loaded.filter((address) => typeof address === "string" && address !== "");
  const blocked = addresses.filter(
    (address) => !/^(https:\/\/|http:\/\/localhost[:/])/.test(String(address)),
  );
  const broken = blocked.map((address) => `${tagName} loads ${String(address)}`);
  const names = children.map((child) => (child.type === "element" ? child.tagName : ""));
  const isPlayable =
    src !== undefined ||
    children.some(
      (child) =>
        child.type === "element" && child.tagName === "source" && child.properties["src"] !== undefined,
    );
  if (/^(audio|video)$/.test(tagName) && !isPlayable) broken.push(`an empty ${tagName}`);
  if (tagName === "picture" && !names.includes("img")) broken.push("an empty picture");
  if (tagName === "img" && src === undefined) broken.push("an img without src");
  if (tagName === "img" && /(blank|spacer)\.gif$/.test(String(src))) broken.push("a placeholder");
  if (tagName === "iframe" && !PLAYERS.test(String(src))) broken.push("a frame of a stranger");
  if (GONE.has(tagName)) broken.push(tagName);
  return broken;
}

const address = fc.constantFrom(
  "/a.jpg",
  "b.jpg",
  "http://pictures.example/c.jpg",
  "https://pictures.example/w_1,h_2/d.jpg",
  "//pictures.example/e.png",
  "http://localhost:8787/f.jpg",
  "blank.gif",
  "https://pictures.example/spacer.gif",
  "data:image/gif;base64,AA",
  "blob:https://films.example/1",
  "about:blank",
  "javascript:run()",
  "http://www.youtube.com/embed/x",
  "//player.vimeo.com/video/1",
  "http://www.youtube.com/v/x&fs=1",
  "https://maps.example/",
  "",
  "#",
);
const name = fc.constantFrom(
  "src",
  "data-src",
  "data-lazy-src",
  "data-original",
  "poster",
  "data-poster",
  "data",
  "title",
  "alt",
  "href",
);
const sizes = fc.constantFrom("srcset", "data-srcset", "data-lazy-srcset");
const descriptor = fc.constantFrom("", " 1x", " 2x", " 480w", " 9q");
const attribute = fc.oneof(
  fc.tuple(name, address).map(([key, value]) => `${key}="${value}"`),
  fc
    .tuple(sizes, fc.array(fc.tuple(address, descriptor), { minLength: 1, maxLength: 3 }))
    .map(([key, candidates]) => `${key}="${candidates.map((one) => one.join("")).join(", ")}"`),
  fc.constantFrom(
    'width="1" height="1"',
    'style="display:none"',
    'type="image/png"',
    'name="movie" value="/x.swf"',
    "data-sizes=auto",
  ),
);
const start = fc
  .tuple(
    fc.constantFrom(
      "img",
      "source",
      "picture",
      "video",
      "audio",
      "iframe",
      "embed",
      "object",
      "param",
      "track",
      "noscript",
      "figure",
      "a",
    ),
    fc.array(attribute, { maxLength: 4 }),
  )
  .map(([tagName, attributes]) => `<${[tagName, ...attributes].join(" ")}>`);
const other = fc.constantFrom(
  "</picture>",
  "</video>",
  "</audio>",
  "</iframe>",
  "</object>",
  "</noscript>",
  "</figure>",
  "</a>",
  "<p>",
  "</p>",
  "<table>",
  "<td>",
  "<b>",
  "<x>",
  "A",
  " ",
  "<!-- a -->",
);
const written = fc.array(fc.oneof({ weight: 3, arbitrary: start }, { weight: 2, arbitrary: other }), {
  maxLength: 14,
});

test("a page can show every picture and play every player, and a second reading changes and warns of nothing", () => {
  fc.assert(
    fc.property(written, fc.boolean(), (parts, isKnown) => {
      const base = { url: "http://old.example/a/", isKnown };
      const { body } = bodyFromHtml(parts.join(""), base, {});
      if (body === undefined) return;
      expect(brokenIn(fromHtml(body.html, { fragment: true }).children)).toEqual([]);
      const again = bodyFromHtml(body.html, { url: "https://other.example/", isKnown: false }, {});
      // Only the warning of an image without alt text may come again: the image still has none.
      const warnings = again.warnings.filter(({ reason }) => reason !== "image-without-alt");
      expect({ body: again.body, warnings }).toEqual({ body, warnings: [] });
    }),
    { numRuns: 500 },
  );
});

test("an article of one picture or player with an address that a page may load is never empty", () => {
  const tagName = fc.constantFrom("img", "video", "audio", "iframe", "embed");
  const usable = fc.constantFrom(
    "/a.jpg",
    "http://pictures.example/c.jpg",
    "//player.vimeo.com/video/1",
    "https://maps.example/x",
  );
  fc.assert(
    fc.property(
      tagName,
      fc.constantFrom("src", "data-src", "data-lazy-src"),
      usable,
      (element, key, value) => {
        const { body, issues } = bodyFromHtml(
          `<${element} ${key}="${value}" alt="A">`,
          { url: "https://old.example/", isKnown: true },
          {},
        );
        expect(issues).toEqual([]);
        expect(body?.html).toContain(new URL(value, "https://old.example/").pathname);
      },
    ),
  );
});

test.each([
  ["pictures", "<img data-src=a.jpg><noscript><img src=a.jpg></noscript>"],
  ["placeholders", "<img><noscript><img src=a.jpg></noscript>"],
  ["comments between pictures", "<!----><noscript><img src=a.jpg></noscript><!----><!---->"],
  ["sizes", '<picture><source srcset="a, b 2x"></picture>'],
  ["objects in one another", "<object data=a>"],
  ["pictures in one another", "<picture>"],
])("a great number of %s raises no issue", (_what, part) => {
  const times = /^<(?:object|picture>)/.test(part) ? 90 : 2000;
  const { issues } = bodyFromHtml(
    `<p>A</p>${part.repeat(times)}`,
    { url: "https://old.example/", isKnown: true },
    {},
  );
  expect(issues).toEqual([]);
});
