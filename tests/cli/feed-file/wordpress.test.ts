/** Exports of WordPress: the items that become articles or drafts, and their fields. */
import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import type { FeedItem } from "../../../src/cli/feed-file/item.ts";
import type { Issue } from "../../../src/upload/issue.ts";
import { cleanName } from "../../../src/upload/person.ts";
import { wordpressItems } from "../../../src/cli/feed-file/wordpress/read.ts";
import { takesLinearTime } from "./linear-time.ts";
import { postmeta, wxr, wxrAttachment, wxrItem, type WxrElements } from "./wxr.ts";

const TYPES = {
  post: undefined,
  page: "keep-as-draft",
  "": "keep-as-draft",
  attachment: "leave-out",
  nav_menu_item: "leave-out",
  revision: "leave-out",
  custom_css: "leave-out",
  customize_changeset: "leave-out",
  oembed_cache: "leave-out",
  user_request: "leave-out",
  wp_block: "leave-out",
  wp_navigation: "leave-out",
  wp_something_new: "leave-out",
  product: "leave-out",
} as const;

const STATUSES = {
  publish: undefined,
  future: undefined,
  draft: "keep-as-draft",
  pending: "keep-as-draft",
  private: "keep-as-draft",
  "auto-draft": "keep-as-draft",
  inherit: "keep-as-draft",
  "": "keep-as-draft",
  trash: "leave-out",
  // Other systems' words for "public" open nothing here.
  live: "leave-out",
  scheduled: "leave-out",
  "awaiting-lawyer": "leave-out",
} as const;

const PASSWORDS = {
  "": undefined,
  "\n  ": undefined,
  "\n\n": undefined,
  "\n  x": "keep-as-draft",
  sesame: "keep-as-draft",
  " ": "keep-as-draft",
} as const;

function strictest(...actions: (string | undefined)[]): string | undefined {
  return ["leave-out", "keep-as-draft"].find((action) => actions.includes(action));
}

function only(elements: WxrElements, more = "", channel = ""): FeedItem {
  const [item] = wordpressItems(wxr([wxrItem(elements, more)], channel)) ?? [];
  ok(item);
  return item;
}

test("an item is public only when its type, its status and its password all say so", () => {
  for (const [type, byType] of Object.entries(TYPES)) {
    for (const [status, byStatus] of Object.entries(STATUSES)) {
      for (const [password, byPassword] of Object.entries(PASSWORDS)) {
        const item = only({ "wp:post_type": type, "wp:status": status, "wp:post_password": password });
        const expected = strictest(byType, byStatus, byPassword);
        equal(item.hidden?.action, expected, `${type} ${status} “${password}”`);
      }
    }
  }
});

test("one sign hides an item that another shows", () => {
  const draft = only({}, "<wp:status>draft</wp:status>");
  equal(draft.hidden?.action, "keep-as-draft");
  const page = only({}, "<wp:post_type>page</wp:post_type>");
  equal(page.hidden?.action, "keep-as-draft");
  const locked = only({}, "<wp:post_password>sesame</wp:post_password>");
  equal(locked.hidden?.action, "keep-as-draft");
});

test("an item without any sign is a draft", () => {
  const text = wxr(["<item><title>Nobody knows</title><wp:post_id>7</wp:post_id></item>"]);
  equal(wordpressItems(text)?.[0]?.hidden?.action, "keep-as-draft");
});

test("a reason names the item and the sign", () => {
  const { hidden } = only({ guid: "https://quay.example/?p=4", "wp:post_type": "recipe" });
  equal(
    hidden?.reason,
    "“Harbour wall is mended” (https://quay.example/?p=4) is of the type “recipe”, not a post.",
  );
  match(only({ "wp:status": "awaiting-lawyer" }).hidden?.reason ?? "", /“awaiting-lawyer”/);
});

test("an export is known by its namespaces, whatever their prefixes and version", () => {
  const other = `<rss version="2.0"><channel><item xmlns:x="http://wordpress.org/export/1.1/"><title>T</title>
    <x:status>publish</x:status><x:post_type>post</x:post_type></item></channel></rss>`;
  equal(wordpressItems(other)?.[0]?.hidden, undefined);
  equal(wordpressItems(other.replace("publish", "draft"))?.[0]?.hidden?.action, "keep-as-draft");
  for (const version of ["1.0", "1.1", "1.2"]) {
    equal(
      wordpressItems(wxr([wxrItem({ "wp:status": "draft" })], "", version))?.[0]?.hidden?.action,
      "keep-as-draft",
    );
  }
  const undeclared = `<rss><channel><item><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>`;
  equal(wordpressItems(undeclared)?.[0]?.hidden?.action, "keep-as-draft");
});

test("a file that is no export is left to the other formats", () => {
  const about = "<description>See http://wordpress.org/export/1.2/ &lt;wp:status></description>";
  for (const text of [
    "",
    "{}",
    "no XML about http://wordpress.org/export/1.2/",
    `<rss><channel><item><title>How exports look</title>${about}</item></channel></rss>`,
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:wp="http://wordpress.org/export/1.2/"></feed>',
    '<rss xmlns:wp="urn:weather-pressure"><channel><item><wp:status>high</wp:status></item></channel></rss>',
  ]) {
    equal(wordpressItems(text), undefined, text);
  }
});

test("a broken export is refused with the line of the error, and not read as another format", () => {
  const broken = wxr([wxrItem({})]).replace("</channel>", "");
  throws(() => wordpressItems(broken), /no well-formed XML: line 7: unexpected close tag/);
  throws(() => wordpressItems(`\n\n${broken}`), /line 9: /);
});

test("an export that is nested too deeply is refused", () => {
  const deep = wxr([wxrItem({}, "<a>".repeat(100_000))]);
  throws(() => wordpressItems(deep), /nested too deeply/);
});

test("characters and references that XML forbids, and space before the declaration, break nothing", () => {
  const text = `\n ${wxr([
    wxrItem({ "content:encoded": "One\u0008 two\u000Bthree", "excerpt:encoded": "Four" }).replace(
      "Four",
      "F&#8;]]>our&nbsp;&#x1f;<![CDATA[ five",
    ),
  ])}`;
  const item = wordpressItems(text)?.[0];
  deepEqual(item?.content, { html: "<p>One two three</p>" });
  equal(item?.summary, "Four\u00A0 five");
});

const NO_TIME = { "wp:post_date_gmt": "0000-00-00 00:00:00", pubDate: "Mon, 30 Nov -0001 00:00:00 +0000" };
const CHANGED = { "wp:post_date": "2021-05-04 08:30:00", "wp:post_modified_gmt": "2021-05-09 10:00:00" };
const PUBLISHED = { pubDate: "Tue, 04 May 2021 06:30:00 +0000" };

test("a post has its time in GMT; only a hidden post may have the time of its last change", () => {
  const cases: [WxrElements, string | undefined][] = [
    [{ ...PUBLISHED, ...CHANGED }, "2021-05-04T06:30:00Z"],
    [{ ...NO_TIME, ...PUBLISHED, ...CHANGED }, PUBLISHED.pubDate],
    [{ ...NO_TIME, ...CHANGED }, undefined],
    [{ ...NO_TIME, ...CHANGED, pubDate: "Thu, 01 Jan 1970 00:00:00 +0000" }, undefined],
    [{ ...NO_TIME, "wp:post_date": "2021-05-04 20:29:00", ...PUBLISHED }, PUBLISHED.pubDate],
    [{ ...NO_TIME, "wp:post_date": "2021-05-04 20:31:00", ...PUBLISHED }, undefined],
    [{ ...NO_TIME, ...CHANGED, "wp:status": "future" }, undefined],
    [{ ...NO_TIME, ...CHANGED, "wp:status": "draft" }, "2021-05-09T10:00:00Z"],
    [{ ...NO_TIME, "wp:post_date": "2021-05-04 08:30:00", "wp:status": "draft" }, undefined],
  ];
  for (const [elements, expected] of cases) equal(only(elements).date, expected, JSON.stringify(elements));
});

test("a post with only a local time has a warning", () => {
  const [warning] = only({ ...NO_TIME, ...CHANGED }).warnings;
  deepEqual([warning?.reason, warning?.found], ["local-time", "2021-05-04 08:30:00"]);
  deepEqual(only(PUBLISHED).warnings, []);
});

const FILED = `
  <category domain="category" nicename="arts-books"><![CDATA[Arts &amp; Books]]></category>
  <category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>
  <category domain="post_tag" nicename="quay"><![CDATA[quay]]></category>
  <category domain="post_format" nicename="post-format-video"><![CDATA[Video]]></category>
  <category domain="place" nicename="pier"><![CDATA[The pier]]></category>
  <category domain="language" nicename="fr"><![CDATA[Français]]></category>`;

test("categories are sections, other terms that readers saw are tags, and technical terms are ignored", () => {
  const item = only({}, FILED);
  deepEqual(item.sections, ["Arts & Books"]);
  deepEqual(item.categories, ["quay", "The pier"]);
  equal(item.language, "fr");
  const none = only({}, '<category domain="category" nicename="uncategorized">Uncategorized</category>');
  deepEqual(none.sections, []);
});

const AUTHORS = `
  <wp:author><wp:author_login>mira</wp:author_login><wp:author_email>mira@quay.example</wp:author_email>
    <wp:author_display_name><![CDATA[Mira &amp; the desk]]></wp:author_display_name></wp:author>
  <wp:author><wp:author_login>tom</wp:author_login><wp:author_display_name>tom@quay.example</wp:author_display_name>
    <wp:author_first_name>Tom</wp:author_first_name><wp:author_last_name>Holt</wp:author_last_name></wp:author>
  <wp:author><wp:author_login>ann</wp:author_login>
    <wp:author_display_name><![CDATA[Ann Reef &lt;ann@quay.example&gt;]]></wp:author_display_name></wp:author>`;

// The name in the export, the public name, and the site's warning.
const NAMED: [string, string, string, string | undefined, string | undefined][] = [
  ["mira", AUTHORS, "Mira & the desk", "Mira & the desk", undefined],
  ["tom", AUTHORS, "Tom Holt", "Tom Holt", undefined],
  ["ann", AUTHORS, "Ann Reef <ann@quay.example>", "Ann Reef", "email-removed"],
  ["guest", AUTHORS, "guest", "guest", undefined],
  ["mira", "", "mira", "mira", undefined],
  ["guest@quay.example", AUTHORS, "guest@quay.example", undefined, "person-without-name"],
  ["guest＠quay.example", AUTHORS, "guest＠quay.example", undefined, "person-without-name"],
];

test("an author has the name that readers saw, and the site warns of a mail address", () => {
  for (const [login, channel, written, shown, reason] of NAMED) {
    const { authors } = only({ "dc:creator": login }, "", channel);
    deepEqual(authors, [{ name: written }], login);
    const warnings: Issue[] = [];
    equal(cleanName(authors[0]?.name ?? "", {}, warnings), shown, login);
    deepEqual(
      warnings.map((warning) => warning.reason),
      reason === undefined ? [] : [reason],
      login,
    );
  }
});

test("a post with several authors names them all", () => {
  const terms = ["mira", "old-ned"]
    .map((login) => `<category domain="author" nicename="cap-${login}">${login}</category>`)
    .join("");
  const guest = wxrItem(
    { "wp:post_type": "guest-author", title: "Ned" },
    postmeta("cap-user_login", "old-ned") + postmeta("cap-display_name", "Ned Quill"),
  );
  const [item] = wordpressItems(wxr([wxrItem({ "dc:creator": "tom" }, terms), guest], AUTHORS)) ?? [];
  deepEqual(item?.authors, [{ name: "Mira & the desk" }, { name: "Ned Quill" }]);
  deepEqual(item?.categories, []);
});

test("titles are decoded once more and have no tags", () => {
  const titles = {
    "Council&#8217;s plan &amp; costs": "Council’s plan & costs",
    "A <em>short</em> way": "A short way",
    "Why 3 < 5 &lt;b&gt; &copy": "Why 3 < 5 <b> &copy",
  };
  for (const [written, expected] of Object.entries(titles)) equal(only({ title: written }).title, expected);
  equal(only({ title: "" }).title, undefined);
});

const METADATA =
  'a:4:{s:5:"width";i:1200;s:6:"height";i:800;s:5:"sizes";a:1:{s:9:"thumbnail";a:2:{s:5:"width";i:150;s:6:"height";i:150;}}' +
  's:10:"image_meta";a:1:{s:6:"credit";s:9:"Mira Holt";}}';

test("the featured picture has its text, its credit and its size", () => {
  const picture = wxrAttachment(
    "9",
    "pier.jpg",
    { "excerpt:encoded": "The pier at dusk" },
    postmeta("_wp_attachment_image_alt", "A pier") + postmeta("_wp_attachment_metadata", METADATA),
  );
  const plain = wxrAttachment("10", "quay.jpg", { "excerpt:encoded": "Photo: Tom Holt" });
  const posts = ["9", "10", "11"].map((id) => wxrItem({}, postmeta("_thumbnail_id", id)));
  const items = wordpressItems(wxr([...posts, picture, plain])) ?? [];
  const url = "https://quay.example/files";
  deepEqual(items[0]?.image, {
    url: `${url}/pier.jpg`,
    alt: "A pier",
    credit: "Mira Holt",
    width: 1200,
    height: 800,
  });
  equal(items[1]?.image?.credit, "Photo: Tom Holt");
  equal(items[1]?.image?.alt, undefined);
  equal(items[2]?.image, undefined);
  deepEqual(
    items[2]?.warnings.map(({ reason }) => reason),
    ["lost-image"],
  );
  equal(items[3]?.hidden?.action, "leave-out");
});

test("a file's kind comes from its ending, or else from its metadata", () => {
  const picture = 'a:1:{s:10:"image_meta";a:0:{}}';
  const sound = 'a:1:{s:9:"mime_type";s:14:"audio/x-ms-wma";}';
  const files: [string, string, string][] = [
    ["a.jpg", "", "<img "],
    ["b.opus", "", "<audio "],
    ["c.bmp", picture, "<img "],
    ["d", picture, "<img "],
    ["e.wma", sound, "<audio "],
    ["f.mp4", picture, "<video "],
    ["g", "", ""],
  ];
  for (const [name, metadata, expected] of files) {
    const file = wxrAttachment(
      "9",
      name,
      { "wp:post_parent": "5" },
      postmeta("_wp_attachment_metadata", metadata),
    );
    const post = wxrItem({ "wp:post_id": "5", "content:encoded": "[gallery][playlist]" });
    const [item] = wordpressItems(wxr([post, file])) ?? [];
    const html = item?.content !== undefined && "html" in item.content ? item.content.html : "";
    ok(
      expected === "" ? !html.includes("<figure>") : html.includes(`<figure>${expected}`),
      `${name}: ${html}`,
    );
  }
});

test("comments are counted and left out", () => {
  const comment = "<wp:comment><wp:comment_content>Hello</wp:comment_content></wp:comment>";
  const { warnings, content } = only({ "content:encoded": "Text." }, comment + comment);
  deepEqual(
    warnings.map(({ reason, detail }) => [reason, detail]),
    [["lost-comments", "2 comments were left out."]],
  );
  deepEqual(content, { html: "<p>Text.</p>" });
});

test("a post becomes a complete item", () => {
  const item = only(
    {
      guid: "https://quay.example/?p=1",
      link: "https://quay.example/2021/wall/",
      "dc:creator": "mira",
      "content:encoded": "The wall stands.\n\nIt is <b>new</b>.",
      "excerpt:encoded": "A <i>wall</i> &amp; a quay.",
    },
    postmeta("enclosure", "https://quay.example/talk.mp3\n4521\naudio/mpeg\na:0:{}"),
    AUTHORS,
  );
  deepEqual(item, {
    id: "https://quay.example/?p=1",
    title: "Harbour wall is mended",
    base: "https://quay.example/2021/wall/",
    hidden: undefined,
    sections: [],
    categories: [],
    content: { html: "<p>The wall stands.</p>\n<p>It is <b>new</b>.</p>" },
    summary: "A wall & a quay.",
    date: "2021-05-04T06:30:00Z",
    authors: [{ name: "Mira & the desk" }],
    language: "en-GB",
    image: undefined,
    enclosures: [{ url: "https://quay.example/talk.mp3", type: "audio/mpeg", length: 4521 }],
    warnings: [],
  });
});

test("an item that is left out has only its name and its reason", () => {
  const item = only({
    guid: "g",
    "wp:status": "trash",
    "content:encoded": "Secret",
    "excerpt:encoded": "Secret",
  });
  equal(item.id, "g");
  equal(item.content, undefined);
  equal(item.summary, undefined);
});

test("the time for a hostile item is linear in its length", { timeout: 120_000 }, () => {
  const names = ["title", "guid", "link", "dc:creator", "excerpt:encoded", "wp:status", "wp:post_password"];
  for (const name of [...names, "wp:post_type", "wp:post_date_gmt", "pubDate"]) {
    for (const unit of [" ", "\n", " \n", "[", "<", "<!--", "@", "<a@", "(", "&", '"', "0", "a", "-"]) {
      takesLinearTime(`${name} ${JSON.stringify(unit)}`, (length) =>
        only({ [name]: `x${unit.repeat(length / unit.length)}x` }),
      );
      takesLinearTime(`${name} ${JSON.stringify(unit)}, alone`, (length) =>
        only({ [name]: `${unit.repeat(length / unit.length)}x` }),
      );
    }
  }
});

test("the time for post meta is linear in its length", { timeout: 120_000 }, () => {
  const keys = [
    "_members_access_role",
    "um_content_restriction",
    "_wp_attachment_metadata",
    "enclosure",
    "unknown",
  ];
  for (const key of keys) {
    for (const unit of [" ", "\n", "a", "[", 's:5:"', 's:14:"_um_accessible";', '"credit";s:1:"']) {
      takesLinearTime(`${key} ${JSON.stringify(unit)}`, (length) =>
        only({}, postmeta(key, `${unit.repeat(length / unit.length)}x`)),
      );
    }
    takesLinearTime(`many of ${key}`, (length) => only({}, postmeta(key, "x").repeat(length / 20)));
  }
});
