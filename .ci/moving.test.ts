/**
 * The move of a newsroom to Dateline: the command line publishes documents and exports of other systems, and the site
 * shows everything that was public, whole, and nothing else.
 */
import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as v from "valibot";
import { dateline, type Running, start, stop, until } from "./local-site.ts";

const PORT = 8798;
const ORIGIN = `http://localhost:${PORT}`;

const Summary = v.object({
  documents: v.array(
    v.object({
      document: v.string(),
      result: v.string(),
      id: v.optional(v.string()),
      warnings: v.optional(v.array(v.unknown()), []),
    }),
  ),
});
type Entry = v.InferOutput<typeof Summary>["documents"][number];

const Article = v.looseObject({
  status: v.optional(v.string(), "none"),
  guid: v.optional(v.string(), ""),
  html: v.optional(v.string(), ""),
  text: v.optional(v.string(), ""),
});
type Article = v.InferOutput<typeof Article>;

let running: Running;
let folder: string;

before(async () => {
  running = await start(PORT);
  folder = await mkdtemp(join(tmpdir(), "dateline-"));
});

after(async () => {
  await stop(running.child);
});

/** Publishes a document under the section Country, and returns the result of each article in it. */
async function publish(name: string, content: string | Uint8Array, ...options: string[]): Promise<Entry[]> {
  await writeFile(join(folder, name), content);
  const { stdout } = await dateline(
    ORIGIN,
    "publish",
    join(folder, name),
    "--json",
    "--section",
    "Country",
    ...options,
  );
  const { documents } = v.parse(Summary, JSON.parse(stdout));
  return documents.map(({ document, result, id, warnings }) => ({
    document: document.replace(/^.*, item /, ""),
    result,
    id,
    warnings,
  }));
}

/** An article as editors see it. */
async function article(id: string | undefined): Promise<Article> {
  const token = /^EDITOR_TOKEN=(.*)$/m.exec(await readFile(".dev.vars", "utf8"))?.[1] ?? "";
  const response = await fetch(`${ORIGIN}/api/articles/${id}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return v.parse(Article, await response.json());
}

/** The results of a document's items, by item. */
function fates(entries: readonly Entry[]): Record<string, string> {
  return Object.fromEntries(entries.map(({ document, result }) => [document, result]));
}

function byText(a: string, b: string): number {
  return a.localeCompare(b);
}

function rss(items: string, link = "http://old-courier.example/"): string {
  const spaces =
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"';
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" ${spaces}><channel><title>Courier</title><link>${link}</link><description>News</description>${items}</channel></rss>`;
}

function item(guid: string, more: string, title = `Story ${guid}`): string {
  return `<item><title>${title}</title><guid isPermaLink="false">${guid}</guid><pubDate>Tue, 03 Nov 2026 07:07:06 +0000</pubDate>${more}</item>`;
}

function post(id: number, more: string, content: string, status = "publish", type = "post"): string {
  return `<item><title>Post ${id} of the quay</title><link>https://old-courier.example/${id}/</link><pubDate>Tue, 03 Nov 2026 08:00:00 +0000</pubDate><dc:creator><![CDATA[ada]]></dc:creator><guid isPermaLink="false">https://old-courier.example/?p=${id}</guid><content:encoded><![CDATA[${content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt><![CDATA[2026-11-03 08:00:00]]></wp:post_date_gmt><wp:status><![CDATA[${status}]]></wp:status><wp:post_type><![CDATA[${type}]]></wp:post_type>${more}</item>`;
}

function kind(name: string): string {
  return `<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#${name}"/>`;
}

function dated(date: string, guid: string): string {
  return `<item><title>Dated ${guid}</title><guid isPermaLink="false">${guid}</guid><pubDate>${date}</pubDate><description>Text.</description></item>`;
}

function declared(encoding: string): string {
  return rss(item(`enc-${encoding}`, "<description>Text.</description>", "Café")).replace("UTF-8", encoding);
}

function bloggerEntry(id: string, name: string, more = ""): string {
  return `<entry><id>tag:blogger.com,1999:blog-7.${id}</id><published>2026-11-02T10:00:00Z</published><updated>2026-11-02T10:00:00Z</updated>${kind(name)}<title type="text">Entry ${id}</title><content type="html">&lt;p&gt;Murmur ${id}.&lt;/p&gt;</content>${more}</entry>`;
}

test("the published posts of a WordPress export are whole articles, and nothing else is public", async () => {
  const body =
    'The first paragraph.\n\nThe second, with <b>weight</b>.\n\n[caption id="a1" width="300"]<img src="https://old-courier.example/quay.jpg" alt="Quay" width="300" /> The quay at dusk[/caption]\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\nThe last.';
  const entries = await publish(
    "wordpress.xml",
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Courier</title><link>https://old-courier.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login><![CDATA[ada]]></wp:author_login><wp:author_display_name><![CDATA[Ada Reef]]></wp:author_display_name></wp:author>${[
      post(11, '<category domain="post_tag" nicename="tides"><![CDATA[tides]]></category>', body),
      post(12, "", "Hush: lawyers read this quayside draft.", "draft"),
      post(13, "", "Hush: for members of the quay.", "private"),
      post(14, "<wp:post_password><![CDATA[sesame]]></wp:post_password>", "Hush: behind a password."),
      post(15, "", "Hush: in the bin.", "trash"),
      post(16, "", "Hush: a picture's page.", "inherit", "attachment"),
      post(17, "", "Hush: a menu.", "publish", "nav_menu_item"),
      post(18, "", "Hush: not reviewed.", "pending"),
    ].join("")}</channel></rss>`,
  );
  const published = entries.find(({ document }) => document.endsWith("?p=11"));
  const { status, authors, tags, html, published: time } = await article(published?.id);
  deepEqual(
    { status, authors, tags, time },
    {
      status: "published",
      authors: [{ name: "Ada Reef" }],
      tags: ["tides"],
      time: "2026-11-03T08:00:00.000Z",
    },
  );
  match(html, /<p>The first paragraph\.<\/p>/);
  match(html, /<figure>.*<figcaption>\s*The quay at dusk/s);
  match(html, /<iframe[^>]* src="https:\/\/www\.youtube\.com\/embed\/abcdefghijk"/);
  doesNotMatch(html, /\[caption/);
  for (const { id, result } of entries.filter(({ document }) => !document.endsWith("?p=11"))) {
    if (id === undefined) equal(result, "left-out");
    else equal((await article(id)).status, "draft");
  }
  const { body: feed } = await until(`${ORIGIN}/feed.json`, /Post 11 of the quay/);
  match(feed, /Post 11 of the quay/);
  doesNotMatch(feed, /Hush/);
});

test("the published posts of a Blogger export are articles, and nothing else is public", async () => {
  const entries = await publish(
    "blogger.xml",
    `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:app="http://purl.org/atom/app#"><id>tag:blogger.com,1999:blog-7.archive</id><title>Quay notes</title><updated>2026-11-02T10:00:00Z</updated><author><name>Ada Reef</name></author>${[
      bloggerEntry("post-1", "post", '<category scheme="http://www.blogger.com/atom/ns#" term="boats"/>'),
      bloggerEntry("post-2", "post", "<app:control><app:draft>yes</app:draft></app:control>"),
      bloggerEntry(
        "post-3",
        "comment",
        '<thr:in-reply-to href="https://notes.example/" ref="tag:blogger.com,1999:blog-7.post-1"/>',
      ),
      bloggerEntry("settings", "settings"),
    ].join("")}</feed>`,
  );
  const states = await Promise.all(
    entries.map(async ({ id, result }) => (id === undefined ? result : (await article(id)).status)),
  );
  deepEqual(states.toSorted(byText), ["draft", "left-out", "left-out", "published"]);
  deepEqual((await article(entries.find(({ document }) => document.endsWith("post-1"))?.id))["tags"], [
    "boats",
  ]);
  const { body } = await until(`${ORIGIN}/feed.json`, /Murmur post-1/);
  doesNotMatch(body, /Murmur post-[23]|Murmur settings/);
});

test("items left out and drafts are counted and named at the end of a run", async () => {
  const { code, stdout } = await dateline(
    ORIGIN,
    "publish",
    join(folder, "wordpress.xml"),
    "--section",
    "Country",
  );
  equal(code, 0);
  match(stdout, /\d+ left out/);
  match(stdout, /Post 15 of the quay/);
  match(stdout, /draft/);
});

test("front matter can make a document a draft, and Jekyll's times and lists are read", async () => {
  const [hidden] = await publish(
    "held-back.md",
    "---\ntitle: Held back\ncategories: [Country]\ndate: 2026-11-03T07:07:06Z\npublished: false\n---\n\nHush.\n",
  );
  equal((await article(hidden?.id)).status, "draft");
  const [shown] = await publish(
    "high-water.md",
    "---\nlayout: post\ntitle: High water\ndate: 2026-11-03 07:07:06 -0600\ncategory: Country\ntags: boats, tides\n---\n\nText.\n",
  );
  const { published, tags, sections } = await article(shown?.id);
  deepEqual(
    { published, tags, sections },
    {
      published: "2026-11-03T13:07:06.000Z",
      tags: ["boats", "tides"],
      sections: [{ id: "country", title: "Country" }],
    },
  );
});

test("a JSON Feed's item that is not for everyone becomes a draft", async () => {
  const held = {
    id: "held",
    title: "Held",
    content_text: "Hush.",
    date_published: "2026-11-03T07:07:06Z",
    status: "pending",
  };
  const [entry] = await publish(
    "feed.json",
    JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "Old", items: [held] }),
  );
  equal((await article(entry?.id)).status, "draft");
});

test("Superdesk's times and writers are read, and an item without a subject takes the section of the command", async () => {
  const [first] = await publish(
    "pier.json",
    JSON.stringify({
      guid: "urn:newsml:quay.example:2026:1",
      type: "text",
      pubstatus: "usable",
      versioncreated: "2026-11-03T05:00:00+0000",
      headline: "Pier inquiry opens",
      body_html: "<p>On Monday.</p>",
      subject: null,
      authors: [{ name: "Mira Holt", role: "writer" }],
      priority: 6,
    }),
  );
  const { published, authors, sections } = await article(first?.id);
  deepEqual(
    { published, authors, sections },
    {
      published: "2026-11-03T05:00:00.000Z",
      authors: [{ name: "Mira Holt" }],
      sections: [{ id: "country", title: "Country" }],
    },
  );
});

test("two items with one guid give one article and one refusal, in every run", async () => {
  const twice = rss(
    item("twice", "<description>The first story.</description>") +
      item("twice", "<description>Another story.</description>", "Another"),
  );
  for (const expected of ["created", "unchanged"]) {
    const entries = await publish("twice.xml", twice);
    deepEqual(entries.map(({ result }) => result).toSorted(byText), [expected, "refused"].toSorted(byText));
    const kept = entries.find(({ result }) => result !== "refused");
    match((await article(kept?.id)).text, /The first story/);
  }
});

test("two items with the same text and two guids are two articles", async () => {
  const same = "<description>High water at noon.</description>";
  const entries = await publish("tides.xml", rss(item("east", same, "Tides") + item("west", same, "Tides")));
  const guids = await Promise.all(entries.map(async ({ id }) => (await article(id)).guid));
  deepEqual(guids.toSorted(byText), ["east", "west"]);
});

test("the titles, pictures, files and players of an old feed arrive whole", async () => {
  const entries = await publish(
    "whole.xml",
    rss(
      [
        item(
          "entities",
          "<description>Text.</description><category>Arts &amp;amp; Books</category>",
          "Caf&amp;eacute; &amp;amp; quay",
        ),
        item(
          "resizer",
          '<content:encoded><![CDATA[<p>Pier.</p><img src="https://img.example/w_8,q_8/p.jpg" srcset="https://img.example/w_4,q_8/p.jpg 4w, https://img.example/w_8,q_8/p.jpg 8w" alt="P">]]></content:encoded>',
        ),
        item(
          "lazy",
          '<content:encoded><![CDATA[<p>Look</p><img src="/blank.gif" data-src="/q.jpg" alt="Q"><noscript><img src="/q.jpg" alt="Q"></noscript>]]></content:encoded><link>http://old-courier.example/lazy/</link>',
        ),
        item(
          "credit",
          '<description>Text.</description><media:content url="https://old-courier.example/big.jpg" medium="image" width="1200" height="800"><media:credit>Ada Reef</media:credit><media:description type="plain">Dusk</media:description></media:content>',
        ),
        item(
          "untyped",
          '<description>Text.</description><enclosure url="https://old-courier.example/a.mp3" length="123"/>',
        ),
        item(
          "negative",
          '<description>Text.</description><enclosure url="https://old-courier.example/a.mp3" length="-1" type="audio/mpeg"/>',
        ),
        item(
          "data",
          '<description>Text.</description><media:content url="data:image/png;base64,AAAA" medium="image"/>',
        ),
        item(
          "film",
          '<content:encoded><![CDATA[<p>Film</p><video src="http://old-courier.example/v.mp4" controls></video><picture><source srcset="http://old-courier.example/a.webp" type="image/webp"><img src="http://old-courier.example/a.jpg" alt="A"></picture>]]></content:encoded>',
        ),
        item("mail", "<description>Text.</description><author>ada@quay.example (Ada Reef)</author>"),
        item("lines", "<description>One.\n\nTwo.</description>"),
      ].join(""),
    ),
  );
  deepEqual(fates(entries), Object.fromEntries(entries.map(({ document }) => [document, "created"])));
  const by = async (guid: string): Promise<Article> =>
    article(entries.find(({ document }) => document === guid)?.id);
  const { headline, tags } = await by("entities");
  deepEqual([headline, tags], ["Café & quay", ["Arts & Books"]]);
  match(
    (await by("resizer")).html,
    /srcset="https:\/\/img\.example\/w_4,q_8\/p\.jpg 4w, https:\/\/img\.example\/w_8,q_8\/p\.jpg 8w"/,
  );
  equal((await by("lazy")).html.match(/old-courier\.example\/q\.jpg/g)?.length, 1);
  deepEqual((await by("credit"))["image"], {
    url: "https://old-courier.example/big.jpg",
    alt: "Dusk",
    credit: "Ada Reef",
    width: 1200,
    height: 800,
  });
  const file = { url: "https://old-courier.example/a.mp3", type: "audio/mpeg" };
  deepEqual((await by("untyped"))["attachments"], [{ ...file, length: 123 }]);
  deepEqual((await by("negative"))["attachments"], [file]);
  equal((await by("data"))["image"], undefined);
  match((await by("film")).html, /<video[^>]* src="https:\/\/old-courier\.example\/v\.mp4"/);
  match((await by("film")).html, /<source srcset="https:\/\/old-courier\.example\/a\.webp"/);
  deepEqual((await by("mail"))["authors"], [{ name: "Ada Reef" }]);
  equal((await by("lines")).html, "<p>One.</p>\n<p>Two.</p>");
});

test("an ambiguous date is refused, and a clear one is read as that day", async () => {
  const entries = await publish(
    "dates.xml",
    rss(
      [
        dated("Fri, 19 Nov 2021 01:45:08 +02:00", "colon"),
        dated("Tue, 04 Nov 2025 07:07:06 +0000 (UTC)", "comment"),
        dated("2025-11-04T07:07Z", "short"),
        dated("04/11/2025 07:07:06 +0000", "order"),
        dated("Sun, 30 Feb 2025 07:07:06 GMT", "february"),
        dated("Tue, 04 Nov 2025 07:07:06 +9900", "offset"),
      ].join(""),
    ),
  );
  const days = await Promise.all(
    entries.map(async ({ document, id, result }): Promise<[string, unknown]> => [
      document,
      id === undefined ? result : (await article(id))["published"],
    ]),
  );
  deepEqual(Object.fromEntries(days), {
    colon: "2021-11-18T23:45:08.000Z",
    comment: "2025-11-04T07:07:06.000Z",
    short: "2025-11-04T07:07:00.000Z",
    order: "refused",
    february: "refused",
    offset: "refused",
  });
});

test("white space of every kind separates words in a wire document", async () => {
  const [entry] = await publish(
    "quay-wall.txt",
    "2026-11-03T07:07:06Z\n\nQuay wall gives way\n\nStones moved.\n\nQuay wall gives way\n\nFirst part.\fSecond part.\vThird\u0085fourth.\n",
  );
  equal((await article(entry?.id)).text, "First part. Second part. Third fourth.");
});

test("bytes in UTF-8 are read as UTF-8 whatever the feed declares, and others as Windows-1252 with a warning", async () => {
  const [utf8] = await publish("latin.xml", declared("ISO-8859-1"));
  const [latin] = await publish("wrong.xml", Buffer.from(declared("utf-8"), "latin1"));
  deepEqual(
    [(await article(utf8?.id))["headline"], (await article(latin?.id))["headline"]],
    ["Café", "Café"],
  );
  equal(latin?.warnings.length, 1);
});
