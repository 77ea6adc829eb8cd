/** Pictures on the way from one site to another, with the real Worker on both sides. */
import { deepEqual, equal, match } from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as v from "valibot";
import { type Site, startSite } from "../../hub/site.ts";
import { TOKEN } from "../../support/local-worker.ts";
import { folderOf, type Run, run } from "../run.ts";

// Without it wrangler asks the network for details of this machine.
process.loadEnvFile(join(import.meta.dirname, "../../../.wrangler.env"));

const PICTURES = join(import.meta.dirname, "../../../content/pictures");

const Picture = v.object({ id: v.string(), url: v.string(), alt: v.optional(v.string()) });
const Listed = v.object({ media: v.array(Picture) });
const Article = v.looseObject({
  revision: v.number(),
  image: v.optional(v.looseObject({ media: v.string(), alt: v.string(), url: v.string() })),
});

function dateline(site: Site, ...words: string[]): Promise<Run> {
  return run([...words, "--to", site.origin], { env: { DATELINE_TOKEN: TOKEN } });
}

async function picturesOf(site: Site): Promise<v.InferOutput<typeof Picture>[]> {
  return v.parse(Listed, JSON.parse((await dateline(site, "media", "list", "--json")).stdout)).media;
}

async function articleOf(site: Site, id: string): Promise<v.InferOutput<typeof Article>> {
  return v.parse(Article, await site.api("GET", `/api/articles/${id}`));
}

test("a picture that was put on an article goes with a copy to another site, byte for byte", async (t) => {
  await using from = await startSite();
  await from.publish("rope", "Harbour 2026-11-04T07:07:06Z\n\nRope\n\nA summary.\n\n\nRope\n\nA body.\n");

  const put = await dateline(
    from,
    "media",
    "put",
    join(PICTURES, "rope-walk.jpg"),
    "--proposals",
    "--article",
    "rope",
  );
  deepEqual([put.code, put.stdout.match(/^(uploaded|revised)/gm)], [0, ["uploaded", "revised"]], put.stdout);
  const again = await dateline(
    from,
    "media",
    "put",
    join(PICTURES, "rope-walk.jpg"),
    join(PICTURES, "island-table.png"),
  );
  match(again.stdout, /^1 uploaded, 1 kept already$/m);
  const pictures = await picturesOf(from);
  const rope = pictures.find(({ alt }) => alt !== undefined);
  match(rope?.alt ?? "", /turns a crank/);
  const { id = "", url = "" } = rope ?? {};
  equal((await articleOf(from, "rope")).image?.media, id);

  const refused = await dateline(from, "media", "remove", id);
  equal(refused.code, 1);
  match(refused.stderr, /Articles: rope/);

  const folder = await folderOf(t, {});
  const file = join(folder, "copy.ndjson");
  equal((await dateline(from, "export", file, "--with-media")).code, 0);
  const names = await readdir(join(folder, "copy.media"));
  deepEqual(
    names.map((name) => name.slice(0, 64)).toSorted(),
    pictures.map((picture) => picture.id).toSorted(),
  );

  await using to = await startSite();
  const imported = await dateline(to, "import", file, "--with-media");
  equal(imported.code, 0, imported.stdout);
  match(imported.stdout, /^pictures: 2 uploaded$/m);
  match((await dateline(to, "import", file)).stdout, /^\d+ lines, \d+ unchanged$/m);
  const { image, revision } = await articleOf(to, "rope");
  deepEqual([image?.media, image?.alt, revision], [id, rope?.alt, (await articleOf(from, "rope")).revision]);
  const served = await fetch(`${to.origin}${new URL(url).pathname}`);
  equal(served.headers.get("Content-Type"), "image/jpeg");
  const own = await readFile(join(folder, "copy.media", `${id}.jpg`));
  deepEqual(Buffer.from(await served.arrayBuffer()), own);
});
