/** Articles for the sites under test, as items of JSON Feed. Pure. */
import type { Direction } from "./site-files.ts";

/** Addresses of kept pictures: the id by which a document names one, and where its original is served. */
export type Kept = { media: string; url: string };

type Item = { id: string } & Record<string, unknown>;

/** A host that is never asked: the tests answer for it. */
export const ELSEWHERE = "https://pictures.example";

const CREDIT = "Ines Marrow / Gazette";
// Wider than a phone.
const LONG_CREDIT = `${CREDIT}, with the kind permission of the Society for the Old Cranes of the Outer Harbour and its Friends`;

// An archive page has fifty articles: these fill one and begin the next.
const FILLERS = 64;
const SECTIONS = ["harbour", "town", "hills"] as const;

type Words = {
  headline: string;
  summary: string;
  paragraph: string;
  quote: string;
  cells: readonly [string, string];
  alt: string;
  author: string;
  correction: string;
};

const ENGLISH: Words = {
  headline: "Harbour crane turns again after a winter of repairs",
  summary:
    "The oldest crane on the quay lifted its first load since October, to the applause of a small crowd.",
  paragraph:
    "The crew began before dawn, with two lamps and a borrowed winch. By noon the arm had swung over the water three times, and nobody on the quay had gone home.",
  quote: "It creaks, and so do I, and both of us can still lift a boat.",
  cells: ["Load", "Tonnes"],
  alt: "The sun stands low over a calm sea.",
  author: "Ines Marrow",
  correction: "An earlier version gave the crane another age. It was built in 1911.",
};

const ARABIC: Words = {
  headline: "رافعة الميناء تدور من جديد بعد شتاء من الإصلاح",
  summary: "رفعت أقدم رافعة على الرصيف حملها الأول منذ أكتوبر، وصفق لها جمع صغير.",
  paragraph:
    "بدأ العمال قبل الفجر بمصباحين ورافعة مستعارة. وعند الظهر كانت الذراع قد دارت فوق الماء ثلاث مرات، ولم يغادر أحد الرصيف.",
  quote: "إنها تصر، وأنا كذلك، وما زلنا نرفع قاربا.",
  cells: ["الحمل", "أطنان"],
  alt: "الشمس منخفضة فوق بحر هادئ.",
  author: "Ines Marrow",
  correction: "ذكرت نسخة سابقة عمرا آخر للرافعة. لقد بنيت عام 1911.",
};

const WORDS: Readonly<Record<Direction, Words>> = { ltr: ENGLISH, rtl: ARABIC };
const LANGUAGES: Readonly<Record<Direction, string>> = { ltr: "en", rtl: "ar" };
const OPPOSITE: Readonly<Record<Direction, Direction>> = { ltr: "rtl", rtl: "ltr" };

/** The headline of the newest article: what a full front page shows. */
export function newestHeadline(direction: Direction): string {
  return WORDS[direction].headline;
}

/**
 * All articles of a site, the newest first.
 * @param pictures that the site keeps: a few, of which the fillers take turns
 */
export function articles(direction: Direction, pictures: readonly Kept[]): Item[] {
  const own = WORDS[direction];
  const language = LANGUAGES[direction];
  const [first] = pictures;
  return [
    rich(own, language, pictures),
    {
      ...plain("other-direction", 1, WORDS[OPPOSITE[direction]]),
      language: LANGUAGES[OPPOSITE[direction]],
      image: imageOf(first, WORDS[OPPOSITE[direction]].alt),
      authors: [{ name: own.author }],
      tags: ["tides"],
    },
    { ...plain("plain", 2, own), language },
    {
      // The oldest, and alone in its section: no other page but the first of the archive shows its picture.
      ...plain("elsewhere", 1000, own),
      sections: ["abroad"],
      language,
      image: { url: `${ELSEWHERE}/lead.png`, alt: own.alt },
      content_html: `<p>${own.paragraph}</p><p><img src="${ELSEWHERE}/body.png" alt="${own.alt}"></p><p>${own.paragraph}</p>`,
    },
    { ...plain("withdrawn", 4, own), language },
    ...Array.from({ length: FILLERS }, (_, index) => filler(index, own, language, pictures)),
  ];
}

/** An article with everything that a page can show. */
function rich(words: Words, language: string, pictures: readonly Kept[]): Item {
  const { paragraph, quote, cells, alt, author, correction } = words;
  const [lead, ...inside] = pictures;
  const figures = inside.map(
    ({ url }) =>
      `<figure><img src="${url}" alt="${alt}"><figcaption>${words.summary}</figcaption></figure><p>${paragraph}</p>`,
  );
  return {
    ...plain("rich", 0, words),
    language,
    image: imageOf(lead, alt, LONG_CREDIT),
    authors: [{ name: author }, { name: "Otto Venn" }],
    tags: ["tides", "cranes"],
    correction,
    content_html: [
      `<p>${paragraph} <a href="https://partner.example/">${cells[0]}</a></p>`,
      `<h2>${words.headline}</h2>`,
      ...figures,
      `<blockquote><p>${quote}</p></blockquote>`,
      `<ul><li>${cells[0]}</li><li>${cells[1]}</li></ul>`,
      `<table><thead><tr><th>${cells[0]}</th><th>${cells[1]}</th></tr></thead>
        <tbody><tr><td>${words.summary}</td><td>12</td></tr><tr><td>${quote}</td><td>7</td></tr></tbody></table>`,
      '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" width="560" height="315"></iframe>',
      `<pre><code>${"0123456789 ".repeat(20)}</code></pre>`,
      `<p>${paragraph}</p>`,
    ].join("\n"),
  };
}

/** An article with its text alone. @param age hours before the newest */
function plain(id: string, age: number, { headline, summary, paragraph }: Words): Item {
  return {
    id,
    title: headline,
    summary,
    sections: ["harbour"],
    date_published: new Date(Date.parse("2026-11-04T12:00:00Z") - age * 3_600_000).toISOString(),
    content_html: `<p>${paragraph}</p><p>${paragraph}</p>`,
  };
}

/** One of many articles, so that lists and archives have more than a page. */
function filler(index: number, words: Words, language: string, pictures: readonly Kept[]): Item {
  const section = SECTIONS[index % SECTIONS.length] ?? "harbour";
  return {
    ...plain(`filler-${index}`, 5 + index, { ...words, headline: `${words.headline} (${index + 1})` }),
    language,
    sections: [section],
    authors: [{ name: index % 4 === 0 ? words.author : `Reporter ${index % 9}` }],
    tags: index % 5 === 0 ? ["tides"] : [],
    // Not every article has a picture.
    ...(index % 3 !== 2 && { image: imageOf(pictures[index % pictures.length], words.alt) }),
  };
}

function imageOf(picture: Kept | undefined, alt: string, credit = CREDIT): object | undefined {
  if (picture === undefined) return undefined;
  return { media: picture.media, alt, caption: alt, credit };
}
