/** Documents that were not public: `dateline publish` keeps them as drafts or leaves them out, and names them at the end. */
import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { atomOf, rssOf } from "../feed-file/feed.ts";
import { folderOf, run } from "../run.ts";
import { accepted, type Received, type Reply, startSite } from "../site.ts";

const DRAFT = "<app:control><app:draft>yes</app:draft></app:control>";
const REASON = "The feed says that this item is a draft.";

/** Creates everything, as drafts if the query or the document asks for that. */
function site({ path, body }: Received, index: number): Reply {
  const [, id = `posted-${index}`] = /^\/api\/articles\/([^/?]+)/.exec(path) ?? [];
  const isDraft = /[?&]draft\b/.test(path) || body.includes("draft");
  return accepted("created", id, {
    article: { id, status: isDraft ? "draft" : "published", url: `https://news.example/articles/${id}` },
  });
}

const MIXED = atomOf(
  "<id>urn:1</id><title>One</title>",
  `<id>urn:2</id><title>Two</title>${DRAFT}`,
  '<id>urn:3</id><title>Three</title><media:status state="deleted"/>',
);

for (const options of [[], ["--dry-run"]]) {
  test(`documents left out and drafts are counted and named${options.map((option) => `, under ${option}`).join("")}`, async (t) => {
    const { origin, received } = await startSite(t, site);
    const path = join(await folderOf(t, { "feed.atom": MIXED }), "feed.atom");
    const args = ["publish", path, "--section", "Sea", "--to", origin, "--concurrency", "1", ...options];
    const { code, stdout } = await run(args);
    equal(code, 0);
    deepEqual(
      received
        .map(({ body }): unknown => JSON.parse(body))
        .map((draft) => Object.entries(draft ?? {}).filter(([key]) => key === "draft")),
      [[["draft", true]], []],
    );
    const end = [
      "",
      "2 created (1 draft), 1 left out",
      `${path}, item urn:3: left out. The feed says that this item is deleted.`,
      "Leaving a document out changes nothing on the site: an article made from it earlier stays until you withdraw it.",
      `${path}, item urn:2: kept as a draft. ${REASON}`,
    ];
    deepEqual(stdout.split("\n").slice(3, 8), end);
    match(stdout, /^left out {2}\S+feed\.atom, item urn:3 {2}The feed says/);
  });
}

test("--json counts drafts and documents left out, and gives the reasons", async (t) => {
  const { origin } = await startSite(t, site);
  const path = join(await folderOf(t, { "feed.atom": MIXED }), "feed.atom");
  const { stdout } = await run([
    "publish",
    path,
    "--section",
    "Sea",
    "--to",
    origin,
    "--json",
    "--concurrency",
    "1",
  ]);
  const { counts, documents }: { counts?: Record<string, unknown>; documents?: unknown } = JSON.parse(stdout);
  deepEqual([counts?.["created"], counts?.["left-out"], counts?.["drafts"]], [2, 1, 1]);
  const kept = { field: "document", reason: "kept-as-draft", detail: REASON, found: "" };
  const url = "https://news.example/articles/posted-";
  deepEqual(documents, [
    {
      document: `${path}, item urn:3`,
      result: "left-out",
      reasons: ["The feed says that this item is deleted."],
      warnings: [],
    },
    {
      document: `${path}, item urn:2`,
      result: "created",
      id: "posted-0",
      url: `${url}0`,
      status: "draft",
      warnings: [kept],
    },
    {
      document: `${path}, item urn:1`,
      result: "created",
      id: "posted-1",
      url: `${url}1`,
      status: "published",
      warnings: [],
    },
  ]);
});

test("files in a folder _drafts are uploaded as drafts, also feeds", async (t) => {
  const { origin, received } = await startSite(t, site);
  const folder = await folderOf(t, {
    "_drafts/a.md": "A",
    "_drafts/deeper/b.txt": "B",
    "_drafts/c.xml": rssOf("<title>C</title>"),
    "_posts/d.md": "D",
  });
  const { stdout } = await run(["publish", folder, "--section", "Sea", "--to", origin, "--concurrency", "1"]);
  deepEqual(received.map(({ path }) => path).toSorted(), [
    "/api/articles/a?draft&section=Sea",
    "/api/articles/b?draft&section=Sea",
    "/api/articles/d?section=Sea",
    "/api/articles?draft",
  ]);
  match(stdout, /\n4 created \(3 drafts\)\n/);
  match(stdout, /a\.md: kept as a draft\. The file lies in a folder _drafts\.\n/);
});

test("a file in _drafts becomes a draft however its path is written", async (t) => {
  const { origin, received } = await startSite(t, site);
  const folder = await folderOf(t, { "_drafts/a.md": "A" });
  await run(["publish", "a.md", "--to", origin], { cwd: join(folder, "_drafts") });
  deepEqual(
    received.map(({ path }) => path),
    ["/api/articles/a?draft"],
  );
});

test("a draft by the document itself or by --draft is named, too", async (t) => {
  const { origin } = await startSite(t, site);
  const folder = await folderOf(t, { "a.md": "---\ndraft: true\n---\nA" });
  const { stdout } = await run(["publish", folder, "--to", origin]);
  match(
    stdout,
    /\n1 created \(1 draft\)\n\S+a\.md: kept as a draft\. The document or --draft asks for that\.\n$/,
  );
});

test("the summary shows the site’s reason for a draft", async (t) => {
  const detail = "The front matter says that the document isn’t published.";
  const warning = { line: 2, field: "document", reason: "kept-as-draft", detail, found: "published: false" };
  const { origin } = await startSite(t, () =>
    accepted("revised", "a", { article: { id: "a", status: "draft" }, warnings: [warning] }),
  );
  const folder = await folderOf(t, { "a.md": "A" });
  const { stdout } = await run(["publish", folder, "--to", origin]);
  match(stdout, /\n1 revised \(1 draft\)\n\S+a\.md: kept as a draft\. line 2: The front matter says.*\n$/);
});

test("lint names documents that would be left out, and does not fail", async (t) => {
  const { origin } = await startSite(t, site);
  const folder = await folderOf(t, { "feed.atom": MIXED });
  const { code, stdout } = await run(["lint", folder, "--section", "Sea", "--to", origin]);
  equal(code, 0);
  match(stdout, /item urn:3: left out\. The feed says that this item is deleted\.\n/);
});
