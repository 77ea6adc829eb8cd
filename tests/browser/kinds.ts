/** Every kind of page that a site shows to people. */

export type Kind = {
  /** As a test's title names it. */
  name: string;
  path: string;
  status: number;
  /** Whether it is a page of a site without articles. */
  isOfEmptySite?: boolean;
  /** Whether it shows pictures. */
  isPictured?: boolean;
};

export const FRONT: Kind = { name: "the front page", path: "/", status: 200, isPictured: true };
export const RICH: Kind = {
  name: "an article with everything",
  path: "/articles/rich",
  status: 200,
  isPictured: true,
};
export const ELSEWHERE_PICTURED: Kind = {
  name: "an article with pictures on another host",
  path: "/articles/elsewhere",
  status: 200,
  isPictured: true,
};

export const ARCHIVE: Kind = {
  name: "an archive page",
  path: "/archive/1",
  status: 200,
  isPictured: true,
};

export const FEED_ARCHIVE: Kind = {
  name: "an archive page of a feed in a browser",
  path: "/archive/1/rss.xml",
  status: 200,
};

export const KINDS: readonly Kind[] = [
  FRONT,
  { name: "the front page of an empty site", path: "/", status: 200, isOfEmptySite: true },
  { name: "a section", path: "/sections/harbour", status: 200, isPictured: true },
  { name: "an author", path: "/authors/ines-marrow", status: 200, isPictured: true },
  { name: "a tag", path: "/tags/tides", status: 200, isPictured: true },
  { name: "a feed of the owner's", path: "/feeds/sea-and-land", status: 200, isPictured: true },
  { name: "a union of sections", path: "/sections/harbour+town", status: 200, isPictured: true },
  RICH,
  { name: "an article without anything", path: "/articles/plain", status: 200, isPictured: true },
  {
    name: "an article in the other direction",
    path: "/articles/other-direction",
    status: 200,
    isPictured: true,
  },
  ELSEWHERE_PICTURED,
  { name: "the directory of feeds", path: "/feeds", status: 200 },
  { name: "the list of sections", path: "/sections", status: 200 },
  { name: "the list of authors", path: "/authors", status: 200 },
  ARCHIVE,
  {
    name: "an archive page of a section",
    path: "/sections/harbour/archive/1",
    status: 200,
    isPictured: true,
  },
  { name: "a feed in a browser", path: "/rss.xml", status: 200 },
  FEED_ARCHIVE,
  { name: "an address with nothing", path: "/nothing-here", status: 404 },
  { name: "a withdrawn article", path: "/articles/withdrawn", status: 410 },
  { name: "a problem's type", path: "/problems/not-found", status: 200 },
  { name: "the guide to the API", path: "/api", status: 200 },
];

/** Kinds that have most of what can be focused and of what is coloured: every page has the same masthead and the same marks. */
export const TYPICAL: readonly Kind[] = KINDS.filter(
  (kind) =>
    kind === FRONT || kind === RICH || ["/feeds", "/rss.xml", "/nothing-here", "/api"].includes(kind.path),
);
