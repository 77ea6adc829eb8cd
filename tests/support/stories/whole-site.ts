/** A site with everything that a site can have, for a crawl. */
import { importLines } from "./copies.ts";
import { at, edit, settle, withdraw } from "../newsroom.ts";
import { layout, startAnotherIsolate } from "../worker.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");
const HOUR = 3_600_000;

/** A word in every text, section, byline and tag that no reader may see. */
export const UNSEEN = "Quicksilver";
/** The address of the article on another site. */
export const ELSEWHERE = "https://elsewhere.example/story?a=1&b=2";
/** The number of published articles: more than two archive pages hold. */
export const PUBLISHED = 113;

const SECTIONS = [["Politics"], ["Human Rights", "Tides & Boats"], ["العربية"], ["Politics", "Business"]];
const AUTHORS = ["Renée Aubrisson", "Ólafur Þór", "王小明", "Иван Петров", "O’Neil, Jr. & <Sons>"];
const TAGS = ["harbour bridge", "мост", "橋", "C++ & more", "50% off", "a/b?c#d"];
const PICTURE = {
  url: "https://pictures.example/bridge%20a.jpg?w=1&h=2",
  alt: "The “bridge”",
  width: 1200,
  height: 800,
};
const FILES = [
  {
    url: "https://files.example/talk.mp3?a=1&b=2",
    mime_type: "audio/mpeg",
    title: "The talk",
    size_in_bytes: 1234,
  },
  { url: "https://files.example/plan.pdf", mime_type: "application/pdf" },
];

function story(
  id: string,
  hoursAgo: number,
  differences: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id,
    title: `Story ${id} & “more”`,
    summary: "The bridge over the harbour is open again.",
    sections: ["Politics"],
    date_published: new Date(NOON - hoursAgo * HOUR).toISOString(),
    content_html: `<p>Cars crossed <a href="https://maps.example/?q=${id}&z=1">the bridge</a> at noon.</p>`,
    ...differences,
  };
}

function ordinary(index: number): Record<string, unknown> {
  return story(`story-${index}`, index + 10, {
    sections: SECTIONS[index % SECTIONS.length],
    authors: [{ name: AUTHORS[index % AUTHORS.length], url: "https://courier.example/é" }],
    tags: [TAGS[index % TAGS.length]],
    ...(index % 3 === 0 && { image: PICTURE }),
  });
}

const CROWDED = story("crowded", 3, {
  sections: ["Politics", "Science", "Culture", "Sport", "Weather", "Lanterns"],
  authors: Array.from({ length: 3 }, (_, index) => ({ name: `Writer ${index + 1}` })),
  tags: Array.from({ length: 3 }, (_, index) => `Tag № ${index + 1}`),
  image: PICTURE,
  attachments: FILES,
  correction: "An earlier version misstated the length of the bridge.",
});

const SECRET = { title: UNSEEN, sections: [UNSEEN, "Politics"], authors: [{ name: UNSEEN }], tags: [UNSEEN] };

/** Fills the newsroom, and stops the clock at two in the afternoon, when one article has expired. */
export async function fillWholeSite(): Promise<void> {
  at(NOON);
  layout.itemsPerFeed = 8;
  layout.feeds = [
    { id: "harbour", title: "Harbour affairs", all: ["politics"], any: [], none: ["business"], tags: [] },
    { id: "bridges", title: "Bridges", all: [], any: [], none: [], tags: ["harbour bridge"], language: "de" },
  ];
  startAnotherIsolate();
  const articles = [
    ...Array.from({ length: PUBLISHED - 2 }, (_, index) => ordinary(index)),
    CROWDED,
    story("guest", 2, { external_url: ELSEWHERE, guid: "Guest no. 1" }),
    story("offer", 4, {
      expires: new Date(NOON + HOUR).toISOString(),
      sections: ["Fleeting"],
      authors: [{ name: "Ex Pired" }],
      tags: ["fleeting"],
    }),
    story("gone", 5, {
      sections: ["Politics", "Vanished"],
      authors: [{ name: "Wes Withdrawn" }],
      tags: ["vanished"],
      image: PICTURE,
    }),
    story("leak", -48, SECRET),
  ];
  const { summary } = await importLines(articles);
  if (summary?.["created"] !== articles.length) throw new Error(JSON.stringify(summary));
  const draft = JSON.stringify(story("draft", 1, SECRET));
  await edit("PUT", "/api/articles/draft?draft=true", draft, { "Content-Type": "application/json" });
  await settle();
  await withdraw("gone?reason=In%20error");
  at(NOON + 2 * HOUR);
  await settle();
}
