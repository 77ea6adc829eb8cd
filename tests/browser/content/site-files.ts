/** The content of site.json for the two sites under test: one whose language runs left to right, one right to left. */

/** The direction of a site's own language. */
export type Direction = "ltr" | "rtl";

export const DIRECTIONS: readonly Direction[] = ["ltr", "rtl"];

const COMMON = {
  publisher: { name: "The Fathom Bay Gazette" },
  authority: "gazette.example",
  since: "2026-01-01",
  accentColor: "1b5e5a",
  newSections: "open",
  hub: false,
  // Enough for every layout, and few enough for quick tests.
  itemsPerFeed: 24,
};

export const SITE_FILES: Readonly<Record<Direction, object>> = {
  ltr: {
    ...COMMON,
    title: "The Fathom Bay Gazette",
    description: "News from Fathom Bay, its harbour and its hills.",
    language: "en",
    sections: [
      { id: "harbour", title: "Harbour", description: "Boats, cranes and tides." },
      { id: "town", title: "Town", description: "Streets, schools and the council." },
      { id: "hills", title: "Hills", description: "Farms and weather above the bay." },
    ],
    feeds: [
      {
        id: "sea-and-land",
        title: "Sea and Land",
        description: "Harbour and hills together.",
        any: ["harbour", "hills"],
      },
    ],
  },
  rtl: {
    ...COMMON,
    title: "جريدة خليج العمق",
    description: "أخبار الخليج ومينائه وتلاله.",
    language: "ar",
    sections: [
      { id: "harbour", title: "الميناء", description: "القوارب والرافعات والمد." },
      { id: "town", title: "المدينة", description: "الشوارع والمدارس والمجلس." },
      { id: "hills", title: "التلال", description: "المزارع والطقس فوق الخليج." },
    ],
    feeds: [
      {
        id: "sea-and-land",
        title: "البحر والبر",
        description: "الميناء والتلال معا.",
        any: ["harbour", "hills"],
      },
    ],
  },
};
