/** Random histories of a newsroom, run over HTTP on a fake clock. */
import fc from "fast-check";
import { vi } from "vitest";
import { importLines } from "./copies.ts";
import { edit, get, put, settle, withdraw } from "../newsroom.ts";
import { storedFeeds } from "../reading/public.ts";
import { send } from "../tokens.ts";
import { wire } from "./wire.ts";

// Ahead of the real clock: the platform’s own alarms don’t interfere with those that a test runs.
export const START = Date.parse("2031-11-25T10:00:00Z");
const HOUR = 3_600_000;

export const IDS = ["ash", "birch", "cedar", "alder"] as const;
const SECTIONS = ["Politics", "Sport", "Human Rights", "Harvest", "العربية"] as const;
const SECTION_IDS = ["politics", "sport", "human-rights", "harvest", "arabic"] as const;

/** The paths that a reader can ask for after any history; every feed and archive page that is stored is added to them. */
const PUBLIC = [
  "/",
  ...["", ...SECTION_IDS.map((id) => `/sections/${id}`)].flatMap((at) =>
    ["/rss.xml", "/atom.xml", "/feed.json"].map((file) => `${at}${file}`),
  ),
  ...SECTION_IDS.map((id) => `/sections/${id}`),
  ...IDS.map((id) => `/articles/${id}`),
];

export type Step = { name: string; run: () => Promise<unknown> };

const text = fc
  .oneof(
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "News",
        "“Ça & là” <b>1 < 2</b> ]]>",
        "a\u2028b\u00A0c",
        "e\u0301\u200Du",
        "北京 🌊 ‏עברית",
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  )
  .map((words) => `x ${words.replaceAll(/[\r\n\u0085\u2028\u2029\v\f]/g, " ")}`);
const sections = fc.subarray([...SECTIONS], { minLength: 1, maxLength: 3 });
// Some share a second, one is under embargo, one is before 1970.
const time = fc.constantFrom(
  "2031-11-25T08:00:00Z",
  "2031-11-25T08:00:00.500Z",
  "2031-11-25T08:00:00.001Z",
  "2031-11-25T10:30:00Z",
  "1969-07-20T20:17:40Z",
);
const id = fc.constantFrom(...IDS);
const query = fc.constantFrom("", "", "", "?silent", "?draft");
const revision = fc.integer({ min: 1, max: 3 });
const expiry = fc.constantFrom(null, "2031-11-25T10:40:00Z", "2031-11-26T00:00:00Z");

const document = fc.record({ id, query, sections, time, headline: text, summary: text, body: text });
const upload = document.map(({ id: at, query: flags, sections: names, ...parts }): Step => ({
  name: `put ${at}${flags} ${JSON.stringify({ names, ...parts })}`,
  run: () => put(`${at}${flags}`, wire({ ...parts, sections: names.join(" ") })),
}));
const rich = fc
  .record({
    id,
    title: text,
    sections,
    date_published: time,
    expires: expiry,
    correction: fc.option(text),
    tag: text,
  })
  .map(({ tag, ...parts }): Step => {
    const item = {
      ...parts,
      content_html: `<p>${tag} <a href="/a">a</a><script>x</script><img src="b.png" alt="b"></p>`,
      tags: [tag],
      authors: [{ name: tag, url: "https://courier.example/é" }],
      image: { url: "https://courier.example/a.jpg", alt: tag, width: 3 },
      attachments: [
        { url: "https://courier.example/a.mp3", mime_type: "audio/mpeg", size_in_bytes: 9, title: tag },
      ],
      external_url: "https://courier.example/elsewhere?a=1&b=2",
      language: "pt-BR",
    };
    return { name: `import ${JSON.stringify(item)}`, run: () => importLines([item]) };
  });
const action = fc.oneof(
  id.map((at): Step => ({ name: `withdraw ${at}`, run: () => withdraw(at) })),
  fc.tuple(id, text).map(([at, why]): Step => ({
    name: `withdraw ${at} ${JSON.stringify(why)}`,
    run: () => withdraw(`${at}?reason=${encodeURIComponent(why.toWellFormed())}`),
  })),
  id.map((at): Step => ({
    name: `reinstate ${at}`,
    run: () => edit("POST", `/api/articles/${at}/reinstate`),
  })),
  fc.tuple(id, text).map(([at, correction]): Step => ({
    name: `correct ${at} ${JSON.stringify(correction)}`,
    run: () => send("POST", `/api/articles/${at}/correct`, { correction }),
  })),
  fc.tuple(id, fc.option(time, { nil: undefined })).map(([at, published]): Step => ({
    name: `publish ${at} ${published}`,
    run: () => send("POST", `/api/articles/${at}/publish`, { published }),
  })),
  fc.tuple(id, expiry).map(([at, expires]): Step => ({
    name: `expire ${at} ${expires}`,
    run: () => send("POST", `/api/articles/${at}/expire`, { expires }),
  })),
  fc.tuple(id, revision, fc.constantFrom("", "?silent")).map(([at, number, flags]): Step => ({
    name: `restore ${at} ${number}${flags}`,
    run: () => edit("POST", `/api/articles/${at}/revisions/${number}/restore${flags}`),
  })),
);
const wait = fc.constantFrom(1, 700, 5000, HOUR / 2, HOUR).map((milliseconds): Step => ({
  name: `wait ${milliseconds}`,
  run: () => {
    vi.setSystemTime(Date.now() + milliseconds);
    return milliseconds < HOUR / 2 ? Promise.resolve() : settle();
  },
}));

/** A history of some steps; most of them write. */
export const history = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: upload },
    { weight: 2, arbitrary: rich },
    { weight: 4, arbitrary: action },
    { weight: 2, arbitrary: wait },
  ),
  { minLength: 1, maxLength: 14 },
);

/** Runs a history. A step may be refused: then it changes nothing. */
export async function actOut(steps: readonly Step[]): Promise<void> {
  for (const { run } of steps) {
    const answer = await run();
    if (answer instanceof Response && answer.status >= 500) throw new Error(await answer.text());
  }
  await settle();
}

/** Status, date and body of everything public, by path. */
export async function everythingPublic(): Promise<Record<string, unknown[]>> {
  const seen: Record<string, unknown[]> = {};
  for (const path of new Set([...PUBLIC, ...(await storedFeeds())])) {
    const response = await get(path);
    const isFeed = /\.(?:xml|json)$/.test(path);
    const date = isFeed ? response.headers.get("Last-Modified") : undefined;
    seen[path] = [response.status, date, await response.text()];
  }
  return seen;
}
