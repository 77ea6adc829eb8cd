/** `dateline publish` with documents that name their picture by its file. */
import { deepEqual, equal, match } from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folderOf, run } from "../run.ts";
import { createsAll, problem, type Received, type Reply, startSite } from "../site.ts";

const BYTES = "GIF89a and more";
const ID = "0123456789abcdef".repeat(4);
const ADDRESS = `https://news.example/media/${ID}.png`;
const file = { type: "image/png", width: 1600, height: 900, length: 5 };
const media = { id: ID, url: ADDRESS, ...file, sizes: [], created: "2026-11-04T07:07:06.000Z" };

function site(request: Received, index: number): Reply {
  return request.path === "/api/media" ? { status: 201, body: { media } } : createsAll(request, index);
}

function markdown(image: string): string {
  return `---\ntitle: Quay # news\n${image}\ntags: [a, b]\n---\n\nThe quay.\n`;
}

function json(image: unknown, indent?: string): string {
  return JSON.stringify({ title: "Quay", image, content_text: "The quay." }, undefined, indent);
}

for (const [title, name, document, expected] of [
  [
    "Markdown with a path",
    "a.md",
    markdown("image: pictures/quay.png # new"),
    markdown(`image: "${ADDRESS}" # new`),
  ],
  [
    "Markdown with a quoted path",
    "a.md",
    markdown('image: "pictures/quay.png"'),
    markdown(`image: "${ADDRESS}"`),
  ],
  [
    "Markdown with a file and texts",
    "a.md",
    markdown("image:\n  alt: The quay\n  file: ./pictures/quay.png\n  credit: Sam"),
    markdown(`image:\n  alt: The quay\n  "url": "${ADDRESS}"\n  credit: Sam`),
  ],
  ...["|", ">-", "|+ # a file"].map(
    (header) =>
      [
        `Markdown with a path in a block (${header})`,
        "a.md",
        markdown(`image: ${header}\n  pictures/quay.png\n\n`),
        markdown(`image: "${ADDRESS}"\n\n\n`),
      ] as const,
  ),
  [
    "Markdown with a file in a block, with lines that end in CRLF",
    "a.md",
    markdown("image:\n  file: |\n    pictures/quay.png\n  alt: The quay").replaceAll("\n", "\r\n"),
    markdown(`image:\n  "url": "${ADDRESS}"\n\n  alt: The quay`).replaceAll("\n", "\r\n"),
  ],
  ["JSON with a path", "a.json", json("pictures/quay.png"), json(ADDRESS)],
  [
    "JSON with a file, indented by tabs",
    "a.json",
    json({ file: "pictures/quay.png", alt: "A" }, "\t"),
    json({ url: ADDRESS, alt: "A" }, "\t"),
  ],
] as const) {
  test(`${title} has its picture uploaded first, and nothing else changed`, async (t) => {
    const { origin, received } = await startSite(t, site);
    const folder = await folderOf(t, { [name]: document, "pictures/quay.png": BYTES });
    const { code } = await run(["publish", join(folder, name), "--to", origin]);
    equal(code, 0);
    deepEqual(
      received.map(({ path, body }) => [path, body]),
      [
        ["/api/media", BYTES],
        ["/api/articles/a", expected],
      ],
    );
  });
}

for (const [title, document] of [
  ["an address", markdown("image: https://pictures.example/quay.png")],
  ["a path from the root", markdown("image: /pictures/quay.png")],
  ["a path without a file", markdown("image: quay.png")],
  ["no picture", markdown("color: red")],
  ["front matter that is no YAML", markdown("image: [quay.png")],
  ["a picture in its text", `---\ntitle: Quay\n---\nimage: pictures/quay.png\n---\n`],
] as const) {
  test(`a document with ${title} is sent as it is`, async (t) => {
    const { origin, received } = await startSite(t, site);
    const folder = await folderOf(t, { "a.md": document, "pictures/quay.png": BYTES });
    equal((await run(["publish", join(folder, "a.md"), "--to", origin])).code, 0);
    deepEqual(
      received.map(({ body }) => body),
      [document],
    );
  });
}

const SECRET = "the secret of this machine";

for (const [title, image, reason] of [
  ["another folder", "image: ../secret/passport.gif", /image: \.\.\/secret\/passport\.gif lies outside of/],
  ["another folder, named as a file", "image: { file: ../secret/passport.gif }", /lies outside of/],
  ["a folder with a similar name", "image: { file: ../documents-old/passport.gif }", /lies outside of/],
  ["a link to another folder", "image: { file: linked/passport.gif }", /lies outside of/],
  ["the root of the machine", "image: { file: /etc/hostname }", /lies outside of|There is no file/],
  ["its own folder that is no picture", "image: { file: notes.gif }", /notes\.gif is no picture: its first/],
  ["its own folder that is no picture, as a path", "image: notes.gif", /notes\.gif is no picture/],
] as const) {
  for (const more of [[], ["--dry-run"]]) {
    test(`a document can't have a file of ${title} sent ${more.join("")}`, async (t) => {
      const { origin, received } = await startSite(t, site);
      const folder = await folderOf(t, {
        "documents/a.md": markdown(image),
        "documents/notes.gif": SECRET,
        "secret/passport.gif": `${BYTES} ${SECRET}`,
        "documents-old/passport.gif": `${BYTES} ${SECRET}`,
      });
      await symlink(join(folder, "secret"), join(folder, "documents/linked"), "junction");
      for (const path of [join(folder, "documents/a.md"), join(folder, "documents")]) {
        const { code, stdout } = await run(["publish", path, ...more, "--to", origin]);
        equal(code, 1);
        match(stdout, reason);
      }
      deepEqual(received, []);
    });
  }
}

test("a document takes a picture from a folder on the command line that holds both", async (t) => {
  const { origin, received } = await startSite(t, site);
  const folder = await folderOf(t, {
    "documents/a.md": markdown("image: ../pictures/quay.gif"),
    "pictures/quay.gif": BYTES,
  });
  equal((await run(["publish", folder, "--to", origin])).code, 0);
  deepEqual(
    received.map(({ path }) => path),
    ["/api/media", "/api/articles/a"],
  );
});

test("one picture of several documents is uploaded once", async (t) => {
  const { origin, received } = await startSite(t, site);
  const document = markdown("image: quay.png");
  const folder = await folderOf(t, { "a.md": document, "b.md": document, "quay.png": BYTES });
  equal((await run(["publish", join(folder, "a.md"), join(folder, "b.md"), "--to", origin])).code, 0);
  equal(received.filter(({ path }) => path === "/api/media").length, 1);
});

test("a dry run uploads no picture", async (t) => {
  const { origin, received } = await startSite(t, site);
  const folder = await folderOf(t, { "a.md": markdown("image: quay.png"), "quay.png": BYTES });
  equal((await run(["publish", join(folder, "a.md"), "--dry-run", "--to", origin])).code, 0);
  deepEqual(
    received.map(({ path }) => path),
    ["/api/articles/a?dry-run"],
  );
  match(received[0]?.body ?? "", /^image: "http:\/\/127\.0\.0\.1:\d+\/quay\.png"$/m);
});

for (const [title, image, reason] of [
  ["isn't there", "image: { file: none.png }", /image: There is no file \S+none\.png/],
  ["the site refuses", "image: quay.png", /image: \S+quay\.png was refused\. It is no picture/],
] as const) {
  test(`a document whose picture ${title} is refused with the reason, and not sent`, async (t) => {
    const { origin, received } = await startSite(t, (request, index) =>
      request.path === "/api/media" ? problem(422, "It is no picture") : createsAll(request, index),
    );
    const folder = await folderOf(t, { "a.md": markdown(image), "quay.png": BYTES });
    const { code, stdout } = await run(["publish", join(folder, "a.md"), "--to", origin]);
    equal(code, 1);
    match(stdout, reason);
    equal(received.filter(({ method }) => method === "PUT").length, 0);
  });
}

test("a document that is no UTF-8 is sent as it is, for the site to refuse, and its picture isn't", async (t) => {
  const { origin, received } = await startSite(t, (request, index) =>
    request.path === "/api/media" ? site(request, index) : problem(400, "It is no UTF-8"),
  );
  const document = Buffer.from(markdown("image: quay.png").replace("Quay", "Qu\u{e4}"), "latin1");
  const folder = await folderOf(t, { "a.md": document, "quay.png": BYTES });
  equal((await run(["publish", join(folder, "a.md"), "--to", origin])).code, 1);
  deepEqual(
    received.map(({ path, headers }) => [path, headers["content-length"]]),
    [["/api/articles/a", String(document.length)]],
  );
});

test("a document whose picture gets no answer has none either", async (t) => {
  const { origin, received } = await startSite(t, () => ({ body: "{", isCutOff: true }));
  const folder = await folderOf(t, { "a.md": markdown("image: quay.png"), "quay.png": BYTES });
  const { code, stdout } = await run(["publish", join(folder, "a.md"), "--to", origin]);
  equal(code, 1);
  match(stdout, /\n1 without an answer\n\S+a\.md: no answer\n/);
  deepEqual(new Set(received.map(({ path }) => path)), new Set(["/api/media"]));
});

test("after a wrong token for a picture nothing more is sent", async (t) => {
  const { origin, received } = await startSite(t, () => problem(401, "Unauthorized"));
  const folder = await folderOf(t, {
    "a.md": markdown("image: a.png"),
    "a.png": `${BYTES} of a`,
    "b.md": markdown("image: b.png"),
    "b.png": `${BYTES} of b`,
    "c.md": markdown("color: red"),
  });
  const { code, stdout } = await run(["publish", folder, "--concurrency", "1", "--to", origin]);
  equal(code, 1);
  match(stdout, /\n1 refused, 2 not sent\n/);
  match(stdout, /\n\S+a\.md: refused\n {2}image: \S+a\.png was refused\. Unauthorized\n/);
  equal(received.length, 1);
});
