import { describe, expect, test } from "vitest";
import { AGGREGATORS } from "../../../src/lint/lint.ts";
import { at, edit, get, post, put, settle, withdraw } from "../../support/newsroom.ts";
import { everyRow, everyValue } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

const NOW = Date.parse("2026-11-04T09:00:00Z");

type Verdict = {
  aggregator: string;
  id: string;
  verdict: string;
  findings: { rule: string; severity: string; detail: string; source: string }[];
};
type DryRun = {
  change: string;
  article: Record<string, unknown> & { id: string; revision: number; status: string };
  feeds: string[];
  warnings: { reason: string; found: string }[];
  renderings: { rss: string; atom: string; json: string };
  verdicts: Verdict[];
};

const dryRunPost = (document: string, query = "dry-run"): Promise<Response> =>
  edit("POST", `/api/articles?${query}`, document);
const dryRunPut = (id: string, document: string): Promise<Response> => put(`${id}?dry-run`, document);

async function readDryRun(response: Promise<Response>): Promise<DryRun> {
  return (await response).json<DryRun>();
}

/** Everything except the refusals: rows, KV, the list, the audit. */
async function everything(): Promise<unknown[]> {
  const [list, audit] = await Promise.all(
    ["/api/articles", "/api/audit"].map(async (path) => (await edit("GET", path)).json()),
  );
  return [(await everyRow()).filter((row) => !isRefusal(row)), await everyValue(), list, audit];
}

/** Whether a row notes or counts what was refused. */
function isRefusal(row: unknown): boolean {
  const text = JSON.stringify(row);
  return text.startsWith('["refusal"') || text.includes('"name":"refusal"');
}

/** The first item of each format's feed, as it stands there. */
async function shown(): Promise<DryRun["renderings"]> {
  const [rss = "", atom = "", json = ""] = await Promise.all(
    ["/rss.xml", "/atom.xml", "/feed.json"].map(async (path) => (await get(path)).text()),
  );
  const { items }: { items: unknown[] } = JSON.parse(json);
  return {
    rss: /<item>[^]*?<\/item>/.exec(rss)?.[0] ?? "",
    atom: /<entry>[^]*?<\/entry>/.exec(atom)?.[0] ?? "",
    json: JSON.stringify(items[0], undefined, 2),
  };
}

describe("a dry run", () => {
  test.each<[string, () => Promise<Response>]>([
    ["of a new article", () => dryRunPost(wire({ headline: "Ferry" }))],
    ["of a new article in a new section", () => dryRunPost(wire({ headline: "Ferry", sections: "Harvest" }))],
    ["of an article under an id", () => dryRunPut("ferry", wire({ headline: "Ferry" }))],
    ["of a revision", () => dryRunPut("bridge", wire({ body: "Again.", sections: "Sport" }))],
    [
      "of a revision that hides the article",
      () => dryRunPut("bridge", wire({ time: "2099-01-01T00:00:00Z" })),
    ],
    ["of what is there already", () => dryRunPut("bridge", wire())],
    ["of a draft", () => dryRunPost(wire({ headline: "Ferry" }), "dry-run&draft")],
  ])("%s changes nothing, here or in what readers see", async (_, send) => {
    await put("bridge", wire());
    await settle();
    const before = await everything();
    const response = await send();
    await settle();
    expect(response.status).toBe(200);
    expect(await everything()).toEqual(before);
  });

  test("that is refused leaves a trace only in the list of refusals", async () => {
    await put("bridge", wire());
    await withdraw("bridge");
    await settle();
    const before = await everything();
    const statuses = [
      (await dryRunPut("bridge", wire({ body: "Again." }))).status,
      (await edit("PUT", "/api/articles/bridge?dry-run", wire(), { "If-None-Match": "*" })).status,
      (await dryRunPost("Politics")).status,
    ];
    expect(statuses).toEqual([410, 410, 422]);
    expect(await everything()).toEqual(before);
  });

  test("answers what a real upload would, with 200 and without an address or a tag", async () => {
    at(NOW);
    const document = wire({ sections: "Politcs Sport" });
    const response = await dryRunPost(document);
    const { renderings: _renderings, ...dryRun } = await response.clone().json<DryRun>();
    const real = await post(document);
    expect([response.status, response.headers.get("Location"), response.headers.get("ETag")]).toEqual([
      200,
      null,
      null,
    ]);
    expect(real.status).toBe(201);
    expect(dryRun).toEqual(await real.json());
    expect(dryRun).toMatchObject({
      change: "created",
      article: { id: "2026-11-04-harbour-bridge-reopens", revision: 1, status: "published" },
      feeds: ["all", "section:politcs", "section:sport"],
      warnings: [{ reason: "new-section", found: "Politcs" }],
    });
  });

  test("gives the id that the article would get, and the next dry run gives it again", async () => {
    await post(wire());
    const second = wire({ body: "Rovers came from behind." });
    const ids = [
      (await readDryRun(dryRunPost(second))).article.id,
      (await readDryRun(dryRunPost(wire({ body: "Something else." })))).article.id,
      (await readDryRun(post(second))).article.id,
    ];
    expect(ids).toEqual(ids.map(() => "2026-11-04-harbour-bridge-reopens-2"));
  });

  test("of a revision gives the number that it would get, and the feeds that would change", async () => {
    at(NOW);
    await put("bridge", wire());
    await settle();
    const document = wire({ body: "Again.", sections: "Sport" });
    const { change, article, feeds } = await readDryRun(dryRunPut("bridge", document));
    expect({ change, revision: article.revision, feeds: feeds.toSorted() }).toEqual({
      change: "revised",
      revision: 2,
      feeds: ["all", "section:politics", "section:sport"],
    });
  });

  test.each([
    ["an article under embargo", wire({ time: "2099-01-01T00:00:00Z" }), "dry-run", "scheduled"],
    ["a draft", wire(), "dry-run&draft", "draft"],
  ])("of %s changes no feed", async (_, document, query, status) => {
    const { article, feeds } = await readDryRun(dryRunPost(document, query));
    expect([article.status, feeds]).toEqual([status, []]);
  });

  test("names the article that the document resembles", async () => {
    await put("bridge", wire());
    const { warnings } = await readDryRun(dryRunPost(wire({ headline: "The bridge reopens" })));
    expect(warnings).toEqual([expect.objectContaining({ reason: "resembles-article", found: "bridge" })]);
  });

  test("reports every error of a document at once", async () => {
    const response = await dryRunPost("Politcs 2026-11-04T07:07:06\n\nHarbour bridge reopens\n");
    const { issues } = await response.json<{ issues: { line: number; reason: string }[] }>();
    expect([response.status, issues.map(({ line, reason }) => [line, reason])]).toEqual([
      422,
      [
        [1, "time-without-offset"],
        [4, "missing-body"],
      ],
    ]);
  });

  test.each([
    ["If-Match", '"7"'],
    ["If-None-Match", "*"],
  ])("honours %s", async (field, value) => {
    await put("bridge", wire());
    const response = await edit("PUT", "/api/articles/bridge?dry-run", wire({ body: "Again." }), {
      [field]: value,
    });
    expect(response.status).toBe(412);
  });

  test.each(["dry-run=false", "dry-run=0"])("isn't requested by ?%s", async (query) => {
    expect((await edit("POST", `/api/articles?${query}`, wire())).status).toBe(201);
  });

  test.each(["dry-run=yes", "dryrun", "dry_run", "Dry-Run"])(
    "doesn't become an upload because of a misspelling: ?%s is refused",
    async (query) => {
      expect((await edit("POST", `/api/articles?${query}`, wire())).status).toBe(400);
      const { articles } = await (await edit("GET", "/api/articles")).json<{ articles: unknown[] }>();
      expect(articles).toEqual([]);
    },
  );
});

describe("the renderings of a dry run", () => {
  const hostile = wire({
    sections: "Politics العربية",
    headline: "“A < B” & ]]> <b>c</b>",
    summary: "1 < 2 & 3",
    body: "]]> <script>alert(1)</script> 🌊\n\nTwo.",
  });

  test.each([
    ["an ordinary one", wire()],
    ["one without a summary", wire({ summary: "" })],
    ["a hostile one", hostile],
  ])("of a new article, %s, are what each feed shows after the upload", async (_, document) => {
    at(NOW);
    const { renderings } = await readDryRun(dryRunPost(document));
    await post(document);
    await settle();
    expect(renderings).toEqual(await shown());
    expect(renderings.rss).toContain("<item>");
  });

  test("of a revision are what each feed shows after it", async () => {
    at(NOW);
    await put("bridge", wire());
    await settle();
    const document = wire({ headline: "Harbour bridge closes", body: "It is closed." });
    const { renderings } = await readDryRun(dryRunPut("bridge", document));
    await put("bridge", document);
    await settle();
    expect(renderings).toEqual(await shown());
    expect(renderings.atom).toContain("Harbour bridge closes");
  });
});

describe("the verdicts", () => {
  test("cover each aggregator, and every finding has its rule and its source", async () => {
    at(NOW + 5 * 24 * 3_600_000);
    const { verdicts } = await readDryRun(dryRunPost(wire({ headline: "Short" })));
    expect(verdicts.map(({ id }) => id)).toEqual(AGGREGATORS.map(({ id }) => id));
    const findings = verdicts.flatMap(({ findings: found }) => found);
    expect(findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          rule: "google-news-age",
          severity: "warns",
          source: "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
        }),
        expect.objectContaining({ rule: "msn-title-length", severity: "refuses" }),
      ]),
    );
    expect(findings.filter(({ source }) => !source.startsWith("https://"))).toEqual([]);
  });

  test("come with a real upload too, and are the same", async () => {
    at(NOW);
    const dryRun = await readDryRun(dryRunPut("bridge", wire()));
    const real = await readDryRun(put("bridge", wire()));
    expect(real.verdicts).toEqual(dryRun.verdicts);
    expect(real.verdicts).toHaveLength(AGGREGATORS.length);
    expect(real).not.toHaveProperty("renderings");
  });
});
