/** The names of shortcodes, and the looks by which shortcodes differ from words in brackets. Pure. */

// The shortcodes of WordPress itself (Shortcode API).
const CORE = new Set("audio caption embed gallery playlist video wp_caption".split(" "));

// The shortcodes of Jetpack and similar plugins. Some are words of prose: they need a value beside them.
const COMPANIONS = new Set(
  (
    "contact-field contact-form contact-form-7 facebook flickr googlemaps instagram polldaddy scribd slideshare " +
    "slideshow soundcloud spotify ted tweet videopress vimeo wpvideo wufoo youtube"
  ).split(" "),
);
// The shortcodes for a page on another site: their address is worth a link.
const EMBEDS = new Set(
  "embed facebook flickr googlemaps instagram scribd slideshare soundcloud spotify ted tweet vimeo youtube".split(
    " ",
  ),
);

// `[button id=7]` and `[recent_posts]` are no prose.
const ATTRIBUTE = /^\s+[\w-]+=["']?[^\s"']|[\w-]=["']/;
const MACHINE_NAME = /[a-z0-9]_[a-z0-9]/i;

/** Whether a shortcode stands for a page on another site. */
export function isEmbed(name: string): boolean {
  return EMBEDS.has(name);
}

/** Whether a bracket looks like a shortcode: `[sic]`, `[1]` and `[Editor’s note: …]` don't. */
export function looksLikeShortcode(name: string, attributes: string): boolean {
  // The attributes of a tag in the brackets are not theirs: `[via <a href="/x">the paper</a>]`.
  const [own = ""] = attributes.split("<", 1);
  if (CORE.has(name) || MACHINE_NAME.test(name) || ATTRIBUTE.test(own)) return true;
  return COMPANIONS.has(name) && beginsWithValue(attributes);
}

/** Whether attributes begin with an id or an address, not a sentence: `7654321 w=500`, `=https://…`, `abc-de_f`. */
function beginsWithValue(attributes: string): boolean {
  const [first = "", second] = attributes.trim().split(/\s+/, 2);
  return /[\d/:_-]/.test(first) && (second === undefined || second === "/" || second.includes("="));
}
