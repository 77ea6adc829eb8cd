/** Exports of Blogger, of both kinds: the entries that become articles, and their fields. */
import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { bloggerItems } from "../../../src/cli/feed-file/exports/blogger.ts";
import { decodedName } from "../../../src/cli/feed-file/exports/plain-title.ts";
import type { FeedItem } from "../../../src/cli/feed-file/item.ts";

const KIND = "http://schemas.google.com/blogger/2008/kind#";

function feed(entries: readonly string[], more = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
  xmlns:blogger="http://schemas.google.com/blogger/2018">
<id>tag:blogger.com,1999:blog-5.archive</id><title>Quay notes</title><author><name>Ada Quill</name></author>${more}
${entries.join("\n")}
</feed>`;
}

const USUAL = `<id>tag:blogger.com,1999:blog-5.post-1</id><published>2021-05-04T06:30:00.000+02:00</published>
  <updated>2021-06-01T00:00:00Z</updated><title type="text">Boats &amp;amp; nets</title>
  <content type="html">&lt;p&gt;They are back.&lt;br /&gt;All of them.&lt;/p&gt;</content>`;

const kind = (name: string): string =>
  `<category scheme="http://schemas.google.com/g/2005#kind" term="${KIND}${name}"/>`;

function classic(name: string, more = ""): string {
  return `<entry>${USUAL}${kind(name)}${more}</entry>`;
}

function takeout(type: string, status: string, more = ""): string {
  return `<entry>${USUAL}<blogger:type>${type}</blogger:type><blogger:status>${status}</blogger:status>${more}</entry>`;
}

function only(entry: string, more = ""): FeedItem {
  // A file is only an export if one entry has a kind: hence the post.
  const [item] = bloggerItems(feed([entry, classic("post")], more)) ?? [];
  ok(item);
  return item;
}

const atom = (entry: string): string => `<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`;

const control = (namespace: string, draft: string): string =>
  `<control xmlns="${namespace}"><draft>${draft}</draft></control>`;

test("an entry of a blog's archive is public only when its kind and its control say so", () => {
  const kinds = {
    post: undefined,
    page: "keep-as-draft",
    comment: "leave-out",
    settings: "leave-out",
    template: "leave-out",
    somethingNew: "leave-out",
  };
  const controls: [string, string | undefined][] = [
    ["", undefined],
    [control("http://www.w3.org/2007/app", "no"), undefined],
    [control("http://www.w3.org/2007/app", "yes"), "keep-as-draft"],
    [control("http://purl.org/atom/app#", "yes"), "keep-as-draft"],
    [control("http://purl.org/atom/app#", "perhaps"), "keep-as-draft"],
    ['<thr:in-reply-to ref="x"/>', "leave-out"],
  ];
  for (const [name, byKind] of Object.entries(kinds)) {
    for (const [more, byControl] of controls) {
      const expected = ["leave-out", "keep-as-draft"].find((action) => [byKind, byControl].includes(action));
      equal(only(classic(name, more)).hidden?.action, expected, `${name} ${more}`);
    }
  }
  equal(only(`<entry>${USUAL}</entry>`).hidden?.action, "keep-as-draft");
});

test("an entry of Takeout is public only when its type and its status say so", () => {
  const types = { POST: undefined, PAGE: "keep-as-draft", COMMENT: "leave-out", BANNER: "leave-out" };
  const statuses = {
    LIVE: undefined,
    SCHEDULED: undefined,
    DRAFT: "keep-as-draft",
    "": "keep-as-draft",
    SOFT_TRASHED: "leave-out",
    PUBLISH: "leave-out",
    GHOSTED: "leave-out",
  };
  for (const [type, byType] of Object.entries(types)) {
    for (const [status, byStatus] of Object.entries(statuses)) {
      const expected = ["leave-out", "keep-as-draft"].find((action) => [byType, byStatus].includes(action));
      equal(only(takeout(type, status)).hidden?.action, expected, `${type} ${status}`);
    }
  }
  equal(only(takeout("POST", "LIVE", "<blogger:parent/><blogger:trashed/>")).hidden, undefined);
  equal(only(takeout("POST", "LIVE", "<blogger:parent>x</blogger:parent>")).hidden?.action, "leave-out");
  equal(
    only(takeout("POST", "LIVE", "<blogger:trashed>2021-06-01</blogger:trashed>")).hidden?.action,
    "leave-out",
  );
  equal(only(`<entry>${USUAL}<blogger:type>POST</blogger:type></entry>`).hidden?.action, "keep-as-draft");
});

test("a reason names the entry", () => {
  equal(
    only(classic("comment")).hidden?.reason,
    "“Boats & nets” (tag:blogger.com,1999:blog-5.post-1) is a reader’s comment, not a post.",
  );
});

test("a post becomes a complete item", () => {
  const item = only(
    classic(
      "post",
      `<category scheme="http://www.blogger.com/atom/ns#" term="boats"/><author><name>Mira Holt</name>
      <uri>https://people.example/mira</uri><email>noreply@blogger.com</email></author>
      <link rel="replies" href="https://notes.example/replies"/>
      <link rel="enclosure" href="https://notes.example/talk.mp3" type="audio/mpeg" length="45"/>
      <link rel="alternate" type="text/html" href="https://notes.example/2021/boats.html"/>`,
    ),
  );
  deepEqual(item, {
    id: "tag:blogger.com,1999:blog-5.post-1",
    title: "Boats & nets",
    content: { html: "<p>They are back.<br />All of them.</p>" },
    summary: undefined,
    date: "2021-05-04T06:30:00.000+02:00",
    categories: ["boats"],
    authors: [{ name: "Mira Holt", url: "https://people.example/mira" }],
    language: undefined,
    image: undefined,
    enclosures: [{ url: "https://notes.example/talk.mp3", type: "audio/mpeg", length: 45 }],
    base: "https://notes.example/2021/boats.html",
    hidden: undefined,
    warnings: [],
  });
});

test("Takeout's labels, description and address are read", () => {
  const item = only(
    takeout(
      "POST",
      "LIVE",
      `<category scheme="tag:blogger.com,1999:blog-5" term="Arts &amp;amp; nets"/>
      <blogger:metaDescription>Short.</blogger:metaDescription><blogger:filename>/2021/05/boats.html</blogger:filename>`,
    ),
    '<link rel="alternate" href="https://notes.example/"/>',
  );
  deepEqual(item.categories, ["Arts & nets"]);
  equal(item.summary, "Short.");
  equal(item.base, "https://notes.example/2021/05/boats.html");
});

test("a placeholder is no author, and every other name stays as it is written", () => {
  const authorOf = (name: string): string[] =>
    only(classic("post", `<author><name>${name}</name></author>`)).authors.map((author) => author.name);
  for (const name of ["Unknown", "Anonymous", "noreply@blogger.com", ""]) deepEqual(authorOf(name), [], name);
  for (const name of ["Mira", "Mira &lt;mira@notes.example&gt;", "mira@notes.example"]) {
    deepEqual(authorOf(name), [decodedName(name)], name);
  }
  deepEqual(
    only(classic("post")).authors.map((author) => author.name),
    ["Ada Quill"],
  );
});

test("an entry without a title has none", () => {
  const untitled = classic("post").replace(/<title.*<\/title>/, '<title type="text"></title>');
  equal(only(untitled).title, undefined);
});

test("content in XML elements is left out with a warning", () => {
  const item = only(
    classic("post").replace(
      /<content.*<\/content>/s,
      '<content type="xhtml"><div>They are <b>back</b>.</div></content>',
    ),
  );
  equal(item.content, undefined);
  deepEqual(
    item.warnings.map(({ reason }) => reason),
    ["lost-content"],
  );
});

test("a file that is no export is left to the other formats", () => {
  for (const text of [
    "",
    atom("<entry><title>On http://schemas.google.com/g/2005#kind</title></entry>"),
    atom(
      `<entry><category scheme="http://schemas.google.com/g/2005#kind" term="http://video.example/kind#film"/></entry>`,
    ),
    "<rss><channel><title>http://schemas.google.com/blogger/2018</title></channel></rss>",
  ]) {
    equal(bloggerItems(text), undefined, text);
  }
});

test("a broken export is refused with the line of the error", () => {
  throws(
    () => bloggerItems(feed([classic("post")]).replace("</entry>", "")),
    (error: Error) => {
      match(error.message, /^The export is no well-formed XML: line \d+: /);
      return true;
    },
  );
});
