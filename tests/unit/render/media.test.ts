/** RSS: images, languages and the look of a feed. Atom: the reason why an article was withdrawn. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Image } from "../../../src/article/article.ts";
import type { PictureFile } from "../../../src/article/media.ts";
import { withoutForbidden } from "../../../src/article/characters.ts";
import type { FeedDocument } from "../../../src/feed/document.ts";
import { renderAtom } from "../../../src/render/atom.ts";
import { imageType, mediaContent, mediaElements } from "../../../src/render/media.ts";
import { renderRss } from "../../../src/render/rss.ts";
import { documents, EMPTY, ITEM, text } from "../../support/stories/feed-document.ts";
import { ATOM, type Element, named, only, parseXml, texts } from "../../support/reading/xml.ts";

const MEDIA = "{http://search.yahoo.com/mrss/}";
const WEBFEEDS = "{http://webfeeds.org/rss/1.0}";
const TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}";

function channelOf(document: FeedDocument): Element {
  return only(named(parseXml(renderRss(document), ATOM), "channel"));
}

test("an image comes with everything that is known of it", () => {
  const image = {
    url: "https://news.example/bridge.JPG?a=1&b=2",
    alt: 'The "new" bridge & <boats>',
    credit: "Ann & Co",
    width: 1200,
    height: 800,
  };
  expect(mediaContent(image)).toBe(`
<media:content url="https://news.example/bridge.JPG?a=1&amp;b=2" medium="image" type="image/jpeg" width="1200" height="800">
<media:description type="plain">The &#x22;new&#x22; bridge &#x26; &#x3C;boats&#x3E;</media:description>
<media:thumbnail url="https://news.example/bridge.JPG?a=1&amp;b=2"/>
<media:credit>Ann &#x26; Co</media:credit>
</media:content>`);
});

function file(name: string, width: number): PictureFile & { url: string } {
  const url = `https://news.example/media/${name}`;
  return { url, type: "image/jpeg", width, height: width / 2, length: width * 100 };
}

test("an image with smaller sizes is a group of its files, and its texts stand there once", () => {
  const image = {
    ...file("a.jpg", 3000),
    media: "a".repeat(64),
    alt: "The bridge",
    caption: "A ramp & rails",
    credit: "Sam Poe",
    sizes: [file("a-1200w.jpg", 1200), file("a-400w.jpg", 400)],
  };
  expect(mediaElements(image)).toBe(`
<media:group>
<media:content url="https://news.example/media/a.jpg" fileSize="300000" medium="image" type="image/jpeg" width="3000" height="1500" isDefault="true"/>
<media:content url="https://news.example/media/a-1200w.jpg" fileSize="120000" medium="image" type="image/jpeg" width="1200" height="600"/>
<media:content url="https://news.example/media/a-400w.jpg" fileSize="40000" medium="image" type="image/jpeg" width="400" height="200"/>
<media:description type="plain">A ramp &#x26; rails</media:description>
<media:title type="plain">The bridge</media:title>
<media:thumbnail url="https://news.example/media/a-400w.jpg" width="400" height="200"/>
<media:credit>Sam Poe</media:credit>
</media:group>`);
});

test("an image without an alternative text has no description", () => {
  expect(mediaContent({ url: "https://news.example/a.png", alt: "" })).not.toContain("media:description");
});

test.each([
  ["https://news.example/a.jpg", "image/jpeg"],
  ["https://news.example/a.jpeg#top", "image/jpeg"],
  ["https://news.example/a.PNG", "image/png"],
  ["https://news.example/a.gif?size=2", "image/gif"],
  ["https://news.example/a.webp", "image/webp"],
  ["https://news.example/a.avif", "image/avif"],
  ["https://news.example/a", undefined],
  ["https://news.example/a.php?name=b.png", undefined],
  ["https://news.example/a.constructor", undefined],
])("the type of %s is %s", (url, type) => {
  expect(imageType(url)).toBe(type);
});

test("RSS keeps every image unchanged, whatever its texts", () => {
  fc.assert(
    fc.property(documents(text), (document) => {
      const images = named(channelOf(document), "item").map((item) => {
        const [content] = named(item, `${MEDIA}content`);
        return content === undefined ? undefined : readImage(content);
      });
      expect(images).toEqual(
        document.items.map(({ image }) => (image === undefined ? undefined : cleaned(image))),
      );
    }),
  );
});

function readImage(content: Element): unknown {
  const { url, width, height } = content.attributes;
  expect(only(named(content, `${MEDIA}thumbnail`)).attributes).toEqual({ url });
  const [alt] = texts(content, `${MEDIA}description`);
  const [credit] = texts(content, `${MEDIA}credit`);
  return { url, width, height, alt, credit };
}

function cleaned({ url, width, height, alt, credit }: Image): unknown {
  return {
    url,
    width: width === undefined ? undefined : String(width),
    height: height === undefined ? undefined : String(height),
    alt: alt === undefined ? undefined : withoutForbidden(alt),
    credit: credit === undefined ? undefined : withoutForbidden(credit),
  };
}

test("RSS has the owner's settings for Feedly, whatever the addresses", () => {
  fc.assert(
    fc.property(documents(text), (document) => {
      const channel = channelOf(document);
      expect({
        cover: named(channel, `${WEBFEEDS}cover`).map(({ attributes }) => attributes["image"]),
        icon: texts(channel, `${WEBFEEDS}icon`),
        logo: texts(channel, `${WEBFEEDS}logo`),
        accentColor: texts(channel, `${WEBFEEDS}accentColor`),
      }).toEqual({
        cover: listed(document.cover),
        icon: listed(document.icon),
        logo: listed(document.logo),
        accentColor: listed(document.accentColor),
      });
    }),
  );
});

function listed(value: string | undefined): string[] {
  return value === undefined ? [] : [value];
}

test("RSS names the language of an item in another than its channel's, and of no other", () => {
  const items = [ITEM, { ...ITEM, language: "ar" }];
  const languages = named(channelOf({ ...EMPTY, items }), "item").map((item) =>
    texts(item, "{http://purl.org/dc/elements/1.1/}language"),
  );
  expect(languages).toEqual([[], ["ar"]]);
});

function declared(document: FeedDocument): string[] {
  return Object.keys(parseXml(renderRss(document)).attributes).filter((name) => name.startsWith("xmlns"));
}

test("RSS declares the namespaces that it uses, and no others", () => {
  const plain = ["xmlns:atom", "xmlns:content", "xmlns:dc"];
  // A text that looks like an element of a namespace isn't one.
  const words = { ...ITEM, image: undefined, title: "<media:content>", html: "<p>&lt;fh:archive&gt;</p>" };
  expect(declared({ ...EMPTY, items: [words] })).toEqual(plain);
  expect(declared({ ...EMPTY, items: [ITEM] })).toEqual([...plain, "xmlns:media"]);
});

test("Atom keeps the reason of a withdrawal unchanged, whatever its words", () => {
  fc.assert(
    fc.property(documents(text), (document) => {
      const feed = parseXml(renderAtom(document), ATOM);
      expect(
        named(feed, `${TOMBSTONE}deleted-entry`).map((entry) => [
          entry.attributes["ref"],
          texts(entry, `${TOMBSTONE}comment`),
        ]),
      ).toEqual(document.deleted.map(({ id, reason }) => [id, listed(reason && withoutForbidden(reason))]));
    }),
  );
});

test("Atom names a withdrawn article by the IRI that replaced its id", () => {
  const deleted = [
    { id: "node 7", iri: "tag:news.example,2026-01-01:guids/node%207", url: ITEM.url, when: 0 },
  ];
  const feed = parseXml(renderAtom({ ...EMPTY, deleted }), ATOM);
  expect(only(named(feed, `${TOMBSTONE}deleted-entry`)).attributes["ref"]).toBe(deleted[0]?.iri);
});
