/**
 * The HTML that an article may hold: one table, from which both the cleaning and the schema of the sanitiser are
 * made. Pure.
 */
import type { Schema } from "hast-util-sanitize";

const MEDIA = ["width", "height"];

/** The elements that stay, each with its own attributes, by their hast property names. */
export const ELEMENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ...(
    "abbr address article aside b bdi bdo br caption cite code dd dfn div dl dt em figcaption figure footer h2 h3 h4 h5 h6 " +
    "header hgroup hr i kbd mark p picture pre rp rt ruby s samp section small span strong sub summary sup table tbody " +
    "tfoot thead tr u ul var wbr"
  )
    .split(" ")
    .map((name): [string, string[]] => [name, []]),
  ["a", ["href", "hrefLang", "rel"]],
  ["audio", ["src", "controls", "loop", "muted"]],
  ["blockquote", ["cite"]],
  ["col", ["span"]],
  ["colgroup", ["span"]],
  ["del", ["cite", "dateTime"]],
  ["details", ["open"]],
  ["iframe", ["src", "allowFullScreen", "loading", "sandbox", ...MEDIA]],
  ["img", ["src", "srcSet", "sizes", "alt", ...MEDIA]],
  ["ins", ["cite", "dateTime"]],
  ["li", ["value"]],
  ["ol", ["reversed", "start", "type"]],
  ["q", ["cite"]],
  ["source", ["src", "srcSet", "sizes", "media", "type", ...MEDIA]],
  ["td", ["abbr", "align", "colSpan", "rowSpan"]],
  ["th", ["abbr", "align", "colSpan", "rowSpan", "scope"]],
  ["time", ["dateTime"]],
  ["track", ["src", "srcLang", "kind", "label", "default"]],
  ["video", ["src", "poster", "controls", "loop", "muted", ...MEDIA]],
]);

/** The attributes that any element may have. */
export const GLOBAL: readonly string[] = ["dir", "lang", "title"];

/** Elements that are removed with their content. Of any other element that may not stay, the content stays. */
export const DROPPED: ReadonlySet<string> = new Set(
  (
    "applet base basefont bgsound button canvas datalist embed frame frameset head input link math meta noembed noframes " +
    "noscript object optgroup option param portal script select style svg template textarea title xml"
  ).split(" "),
);

/** Elements that get another name. The page's own headline is its `h1`, so that one in a body becomes an `h2`. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ["acronym", "abbr"],
  ["center", "div"],
  ["h1", "h2"],
  ["main", "div"],
  ["strike", "s"],
  ["tt", "code"],
]);

const LENGTH = /^\d{1,5}%?$/;
const COUNT = /^\d{1,5}$/;

/** The form of the values of attributes; an attribute that is not named here may hold any text. */
export const VALUES: ReadonlyMap<string, RegExp> = new Map([
  ["align", /^(left|right|center|justify)$/],
  ["colSpan", COUNT],
  ["dir", /^(ltr|rtl|auto)$/],
  ["height", LENGTH],
  ["hrefLang", /^[a-zA-Z0-9-]{1,35}$/],
  ["kind", /^(subtitles|captions|descriptions|chapters)$/],
  ["lang", /^[a-zA-Z0-9-]{1,35}$/],
  ["rel", /^(author|external|license|nofollow|noopener|noreferrer|sponsored|tag|ugc)$/],
  ["rowSpan", COUNT],
  ["scope", /^(row|col|rowgroup|colgroup)$/],
  ["span", COUNT],
  ["srcLang", /^[a-zA-Z0-9-]{1,35}$/],
  ["start", /^-?\d{1,5}$/],
  ["value", /^-?\d{1,5}$/],
  ["width", LENGTH],
]);

/**
 * The schema of the sanitiser, which has the last word: nothing passes that the table doesn't name, however the tree
 * was made.
 */
export const SCHEMA: Schema = {
  tagNames: [...ELEMENTS.keys()],
  attributes: {
    "*": GLOBAL.map(withValue),
    ...Object.fromEntries([...ELEMENTS].map(([name, own]) => [name, own.map(withValue)])),
  },
  protocols: {
    href: ["http", "https", "mailto", "tel"],
    cite: ["http", "https"],
    src: ["http", "https"],
    srcSet: ["http", "https"],
    poster: ["http", "https"],
  },
  strip: [...DROPPED],
  ancestors: {},
  clobber: [],
  required: {},
};

function withValue(property: string): string | [string, RegExp] {
  const value = VALUES.get(property);
  return value === undefined ? property : [property, value];
}
