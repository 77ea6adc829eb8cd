/** `dateline publish` of feeds: each item becomes an article that keeps its id. */
import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { folderOf, run } from "../run.ts";
import { createsAll, startSite } from "../site.ts";

const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Old Courier</title><link>https://old.example/</link><description>d</description><language>en_GB</language>
<item>
  <title>Well water is clean</title><link>https://old.example/2026/wells</link>
  <description>&lt;p&gt;It is clean.&lt;/p&gt;</description>
  <pubDate>Thu, 27 Aug 2026 06:00:00 GMT</pubDate>
  <category>Health</category>
</item>
<item>
  <title>Ferry returns &amp; waits</title><link>https://old.example/2026/ferry</link>
  <guid isPermaLink="false">old-courier 7</guid>
  <description>&lt;p&gt;The &lt;b&gt;ferry&lt;/b&gt; is back.&lt;/p&gt;</description>
  <content:encoded><![CDATA[<p>The <a href="/ferries">ferry</a> is back.</p><img src="boat.jpg" srcset="boat.jpg 1x, big.jpg 2x">]]></content:encoded>
  <pubDate>Fri, 02 Oct 2026 09:00:00 +0200</pubDate>
  <dc:creator>Mara Quill</dc:creator>
  <category>Transport</category><category>Islands</category>
  <enclosure url="https://old.example/ferry.mp3" length="1234" type="audio/mpeg"/>
  <enclosure url="/ferry.jpg" length="99" type="image/jpeg"/>
</item>
</channel></rss>`;

const ATOM = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://old.example/" xml:lang="fr">
<title>Le Courrier</title><id>urn:feed</id><updated>2026-10-02T07:00:00Z</updated>
<author><name>Rédaction</name><uri>mailto:r@old.example</uri></author>
<entry>
  <id>tag:old.example,2026:7</id><title type="html">Le bac &lt;i&gt;revient&lt;/i&gt;</title>
  <link href="2026/bac"/><updated>2026-10-03T07:00:00Z</updated><published>2026-10-02T07:00:00Z</published>
  <category term="transport" label="Transport"/>
  <summary>Un bac.</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le <a href="bacs">bac</a> revient.</p></div></content>
</entry>
</feed>`;

const JSON_FEED = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  title: "The Old Courier",
  home_page_url: "https://old.example/",
  items: [
    {
      id: "https://old.example/7",
      title: "Ferry returns",
      content_text: "It is back.",
      date_published: "2026-10-02T09:00:00+02:00",
      tags: ["Transport", "Islands"],
      authors: [{ name: "Mara Quill", url: "https://old.example/mara" }],
      image: "/ferry.jpg",
      attachments: [
        { url: "/ferry.pdf", mime_type: "application/pdf", size_in_bytes: 5, title: "Timetable" },
      ],
    },
  ],
});

/** Publishes a feed, and returns the drafts that the site received. */
async function published(
  t: TestContext,
  name: string,
  content: string | Uint8Array,
  args: readonly string[] = [],
): Promise<{ drafts: unknown[]; code: number | null; stdout: string }> {
  const site = await startSite(t, createsAll);
  const path = join(await folderOf(t, { [name]: content }), name);
  const { code, stdout } = await run(["publish", path, "--to", site.origin, "--concurrency", "1", ...args]);
  for (const { method, path: asked, headers } of site.received) {
    deepEqual([method, asked, headers["content-type"]], ["POST", "/api/articles", "application/json"]);
  }
  return { drafts: site.received.map(({ body }): unknown => JSON.parse(body)), code, stdout };
}

test("an RSS feed is published oldest first, each item with its guid, else its link", async (t) => {
  const { drafts, code } = await published(t, "feed.xml", RSS);
  equal(code, 0);
  deepEqual(drafts, [
    {
      url: "https://old.example/2026/wells",
      guid: "https://old.example/2026/wells",
      title: "Well water is clean",
      content_html: "<p>It is clean.</p>",
      date_published: "2026-08-27T06:00:00.000Z",
      sections: ["Health"],
      tags: [],
      authors: [],
      language: "en-GB",
      attachments: [],
    },
    {
      url: "https://old.example/2026/ferry",
      guid: "old-courier 7",
      title: "Ferry returns & waits",
      content_html:
        '<p>The <a href="/ferries">ferry</a> is back.</p>' +
        '<img src="boat.jpg" srcset="boat.jpg 1x, big.jpg 2x">',
      summary: "The ferry is back.",
      date_published: "2026-10-02T07:00:00.000Z",
      sections: ["Transport"],
      tags: ["Islands"],
      authors: [{ name: "Mara Quill" }],
      language: "en-GB",
      image: "https://old.example/ferry.jpg",
      attachments: [{ url: "https://old.example/ferry.mp3", mime_type: "audio/mpeg", size_in_bytes: 1234 }],
    },
  ]);
});

test("an Atom feed keeps its ids, and relative addresses start from its base", async (t) => {
  const { drafts } = await published(t, "feed.atom", ATOM);
  deepEqual(drafts, [
    {
      url: "https://old.example/",
      guid: "tag:old.example,2026:7",
      title: "Le bac revient",
      content_html: '<p>Le <a href="bacs">bac</a> revient.</p>',
      summary: "Un bac.",
      date_published: "2026-10-02T07:00:00.000Z",
      sections: ["Transport"],
      tags: [],
      authors: [{ name: "Rédaction" }],
      language: "fr",
      attachments: [],
    },
  ]);
});

test("a JSON Feed is recognised by its version, and keeps its ids", async (t) => {
  const { drafts } = await published(t, "feed.json", JSON_FEED);
  deepEqual(drafts, [
    {
      url: "https://old.example/",
      guid: "https://old.example/7",
      title: "Ferry returns",
      content_text: "It is back.",
      date_published: "2026-10-02T07:00:00.000Z",
      sections: ["Transport"],
      tags: ["Islands"],
      authors: [{ name: "Mara Quill", url: "https://old.example/mara" }],
      image: "https://old.example/ferry.jpg",
      attachments: [
        {
          url: "https://old.example/ferry.pdf",
          mime_type: "application/pdf",
          size_in_bytes: 5,
          title: "Timetable",
        },
      ],
    },
  ]);
});

test("--section names the section of the items, and their categories become tags", async (t) => {
  const { stdout } = await published(t, "feed.json", JSON_FEED, [
    "--section",
    "Human Rights",
    "--section",
    "Sea",
  ]);
  match(stdout, /created {2}posted-0 {2}\(\S+feed\.json, item https:\/\/old\.example\/7\)/);
  const { drafts } = await published(t, "feed.json", JSON_FEED, [
    "--section",
    "Human Rights",
    "--section",
    "Sea",
  ]);
  const [draft] = drafts;
  deepEqual(
    Object.entries(draft ?? {}).filter(([key]) => ["sections", "tags"].includes(key)),
    [
      ["sections", ["Human Rights", "Sea"]],
      ["tags", ["Transport", "Islands"]],
    ],
  );
});

test("an item without a category is refused with advice, and the others are published", async (t) => {
  const rss = RSS.replace("<category>Health</category>", "");
  const { drafts, code, stdout } = await published(t, "feed.rss", rss);
  equal(code, 1);
  equal(drafts.length, 1);
  match(stdout, /feed\.rss, item https:\/\/old\.example\/2026\/wells: refused\n {2}.*--section NAME/);
});

test("an item without a date, or with a date without a zone, is refused", async (t) => {
  const rss = RSS.replace("<pubDate>Thu, 27 Aug 2026 06:00:00 GMT</pubDate>", "").replace(" +0200", "");
  const { drafts, stdout } = await published(t, "feed.rss", rss);
  equal(drafts.length, 0);
  match(stdout, /wells: refused\n {2}The item has no date\.\n/);
  match(
    stdout,
    /old-courier 7: refused\n {2}The item's date is “Fri, 02 Oct 2026 09:00:00”\. The time needs an offset from UTC/,
  );
});

test("an item whose date is ambiguous or impossible is refused, and the date is quoted", async (t) => {
  for (const [date, sentence] of [
    ["04/11/2025 07:07:06 +0000", "which is the day and which the month"],
    ["Sun, 30 Feb 2025 07:07:06 GMT", "There is no such date, time or offset"],
    ["Tue, 04 Nov 2025 07:07:06 +9900", "There is no such date, time or offset"],
    ["Tue, 04 Nov 2025 07:07:06 BST", "write the offset, such as \\+01:00"],
    ["2025-11-04", "The time of day is missing"],
  ] as const) {
    const { drafts, code, stdout } = await published(
      t,
      "feed.rss",
      RSS.replace("Fri, 02 Oct 2026 09:00:00 +0200", date),
    );
    deepEqual([drafts.length, code], [1, 1]);
    match(stdout, new RegExp(`old-courier 7: refused\n  .*“${date.replaceAll("+", "\\+")}”.*${sentence}`));
  }
});

test("items are published from the oldest to the newest, whatever the form of their dates", async (t) => {
  const dates = [
    "Tue Nov 04 07:07:06 GMT 2025",
    "2025-11-04T07:07Z",
    "Tue, 4 Nov 25 08:07:01 +01:00 (winter)",
    "Mon, Nov 3 2025 23:07:05 PST",
    "20251104T070704Z",
  ];
  const items = dates.map(
    (date, index) =>
      `<item><guid>old-${index}</guid><title>t</title><pubDate>${date}</pubDate><category>Sea</category></item>`,
  );
  const rss = `<rss version="2.0"><channel><title>c</title>${items.join("")}</channel></rss>`;
  const { drafts } = await published(t, "feed.rss", rss);
  deepEqual(
    drafts.map((draft) => Object.entries(draft ?? {}).find(([key]) => key === "date_published")?.[1]),
    [
      "2025-11-04T07:07:00.000Z",
      "2025-11-04T07:07:01.000Z",
      "2025-11-04T07:07:04.000Z",
      "2025-11-04T07:07:05.000Z",
      "2025-11-04T07:07:06.000Z",
    ],
  );
});

test("a feed is read in the encoding that it declares", async (t) => {
  const latin = Buffer.from(RSS.replace("UTF-8", "ISO-8859-1").replace("Mara Quill", "Mára Quïll"), "latin1");
  const { drafts } = await published(t, "feed.xml", latin);
  match(JSON.stringify(drafts), /"authors":\[\{"name":"Mára Quïll"\}\]/);
});

test("a file that is no feed, or is cut off, is refused as a whole", async (t) => {
  for (const content of ["<html><p>x</p></html>", RSS.slice(0, 700), "not XML"]) {
    const { drafts, code, stdout } = await published(t, "feed.xml", content);
    deepEqual([drafts.length, code], [0, 1]);
    match(stdout, /feed\.xml: refused\n {2}This is no RSS, Atom or JSON Feed that can be read\.\n/);
  }
});
