/** Rendering: the time and memory that a feed costs, measured in this process, since the renderers are pure. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import siteFile from "../../content/site.json" with { type: "json" };
import type { Article } from "../../src/article/article.ts";
import { withExcerpt } from "../../src/article/excerpt.ts";
import { feedDocument } from "../../src/feed/feed.ts";
import { FORMATS } from "../../src/render/formats.ts";
import { readSettings } from "../../src/settings.ts";
import { median } from "./statistics.ts";
import { paragraphs } from "./dateline/stories.ts";
import { BODY_BYTES, ITEMS } from "./reading/reading.ts";
import type { Scale } from "./scale.ts";
import { figure, table } from "./table.ts";

type Rendering = {
  name: string;
  kilobytes: number;
  milliseconds: number;
  /** Garbage and result of one rendering. */
  heapMegabytes: number;
};

// V8 optimises a function after some hundred calls of its parts; a feed has fifty items.
const WARM_UP = 20;
const HEAP_SAMPLES = 15;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** One table: what each format of a full feed costs. */
export function rendering(scale: Scale, say: (progress: string) => void): string[] {
  say("Rendering");
  const rows = renderings(ITEMS, BODY_BYTES, scale.renderings).map(
    ({ name, milliseconds, kilobytes, heapMegabytes }) => [
      name,
      figure(milliseconds),
      figure(kilobytes),
      figure(heapMegabytes),
    ],
  );
  return [table([`Render ${ITEMS} articles of ${BODY_BYTES / 1000} KB`, "ms", "KB", "MB of heap"], rows)];
}

/** Renders a window of `count` articles with bodies of `bodyBytes` in every format. */
function renderings(count: number, bodyBytes: number, runs: number): Rendering[] {
  const site = readSettings(siteFile, "https://news.example");
  const articles = Array.from({ length: count }, (_, number) =>
    withExcerpt(article(count - number, bodyBytes)),
  );
  const edition = { epoch: "0", sequence: 1, changed: Date.parse("2026-11-04T12:00:00Z") };
  return FORMATS.map(({ name, render }) => {
    const make = (): string =>
      render(feedDocument(site, "all", { version: 1, articles, withdrawn: [] }, edition));
    for (let run = 0; run < WARM_UP; run++) make();
    return {
      name,
      kilobytes: new TextEncoder().encode(make()).byteLength / 1000,
      milliseconds: median(Array.from({ length: runs }, () => timeOf(make))),
      heapMegabytes: median(Array.from({ length: HEAP_SAMPLES }, () => heapOf(make))) / 1e6,
    };
  });
}

function timeOf(make: () => string): number {
  const started = performance.now();
  make();
  return performance.now() - started;
}

function heapOf(make: () => string): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  make();
  return process.memoryUsage().heapUsed - before;
}

function article(number: number, bodyBytes: number): Article {
  const body = paragraphs(number, bodyBytes);
  const published = Date.parse("2026-11-04T07:00:00Z") + number * 60_000;
  return {
    version: 1,
    id: `story-${number}`,
    guid: `tag:courier.example,2026-11-04:story-${number}`,
    revision: 1,
    status: "published",
    sections: [{ id: "politics", title: "Politics" }],
    headline: `Story ${number} of the coast`,
    summary: "What happened, in a sentence.",
    html: body.map((paragraph) => `<p>${paragraph.replaceAll("&", "&amp;")}</p>`).join("\n"),
    text: body.join("\n\n"),
    authors: [],
    tags: [],
    language: "en",
    attachments: [],
    published,
    updated: published,
    changed: published,
  };
}
