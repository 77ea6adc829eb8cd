/** `--section`: the section of documents that name none themselves. */
import { deepEqual, match } from "node:assert/strict";
import { test } from "node:test";
import { draftOf, rssOf } from "../feed-file/feed.ts";
import { folderOf, run } from "../run.ts";
import { createsAll, startSite } from "../site.ts";

test("every document is sent with the sections of --section", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, {
    "a.txt": "A",
    "b.md": "B",
    "c.json": '{"title":"C"}',
    "d.ninjs": '{"uri":"urn:d"}',
    "e.json": '{"uri":"urn:e"}',
  });
  const sections = ["--section", "Human Rights & Law", "--section", "Sea"];
  await run(["publish", folder, ...sections, "--dry-run", "--to", site.origin, "--concurrency", "1"]);
  const query = "?dry-run&section=Human%20Rights%20%26%20Law&section=Sea";
  deepEqual(
    site.received.map(({ method, path }) => `${method} ${path}`),
    [
      `PUT /api/articles/a${query}`,
      `PUT /api/articles/b${query}`,
      `PUT /api/articles/c${query}`,
      `POST /api/articles${query}`,
      `POST /api/articles${query}`,
    ],
  );
});

test("lint sends --section, too", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { "a.txt": "A" });
  await run(["lint", folder, "--section", "Sea", "--to", site.origin]);
  deepEqual(
    site.received.map(({ path }) => path),
    ["/api/articles/a?dry-run&section=Sea"],
  );
});

test("--section replaces the categories of a feed’s items, which become tags", async (t) => {
  const site = await startSite(t, createsAll);
  const folder = await folderOf(t, { "feed.xml": rssOf("<title>A</title><category>Boats</category>") });
  await run(["publish", folder, "--section", "Sea", "--to", site.origin]);
  deepEqual(
    site.received.map(({ path }) => path),
    ["/api/articles"],
  );
  match(site.received[0]?.body ?? "", /"sections":\["Sea"\],"tags":\["Boats"\]/);
});

test("categories with domains are all kept, each once", () => {
  const categories = [
    '<category domain="https://old.example/desk">Sea</category>',
    '<category domain="https://old.example/tag">boats</category>',
    "<category>Sea</category><category>tides</category>",
  ].join("");
  const { sections, tags } = draftOf(rssOf(categories), []);
  deepEqual([sections, tags], [["Sea"], ["boats", "tides"]]);
});

test("a JSON Feed that begins with a byte order mark is a feed", async (t) => {
  const site = await startSite(t, createsAll);
  const feed = JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Old",
    items: [{ id: "1", title: "A", content_text: "A.", date_published: "2025-11-04T07:07:06Z" }],
  });
  const folder = await folderOf(t, { "feed.json": `\uFEFF${feed}` });
  await run(["publish", folder, "--section", "Sea", "--to", site.origin]);
  match(site.received[0]?.body ?? "", /"guid":"1","title":"A"/);
});

test("the help of publish and of lint explains --section", async () => {
  for (const command of ["publish", "lint"]) {
    const { stdout } = await run([command, "--help"]);
    match(
      stdout.replaceAll(/\s+/g, " "),
      /the section of documents that name none; replaces the categories of feed items/,
    );
  }
});
