/** The shortcodes of WordPress and of its usual companions, and the looks by which others differ from words in brackets. Pure. */

// WordPress itself (Shortcode API).
const CORE = new Set("audio caption embed gallery playlist video wp_caption".split(" "));

// Jetpack and its kind. Some of these names are words of prose: they need a value beside them.
const COMPANIONS = new Set(
  (
    "contact-field contact-form contact-form-7 facebook flickr googlemaps instagram polldaddy scribd slideshare " +
    "slideshow soundcloud spotify ted tweet videopress vimeo wpvideo wufoo youtube"
  ).split(" "),
);
// Those that stand for a page elsewhere: their address is worth a link.
const EMBEDS = new Set(
  "embed facebook flickr googlemaps instagram scribd slideshare soundcloud spotify ted tweet vimeo youtube".split(
    " ",
  ),
);

// `[button id=7]`, `[recent_posts]`: nobody writes like this in prose.
const ATTRIBUTE = /^\s+[\w-]+=["']?[^\s"']|[\w-]=["']/;
const MACHINE_NAME = /[a-z0-9]_[a-z0-9]/i;

/** Whether it stands for a page elsewhere. */
export function isEmbed(name: string): boolean {
  return EMBEDS.has(name);
}

/** Whether a bracket is a shortcode by its looks: `[sic]`, `[1]` and `[Editor’s note: …]` are none. */
export function looksLikeShortcode(name: string, attributes: string): boolean {
  // What a tag in the brackets has is no attribute of theirs: `[via <a href="/x">the paper</a>]`.
  const [own = ""] = attributes.split("<", 1);
  if (CORE.has(name) || MACHINE_NAME.test(name) || ATTRIBUTE.test(own)) return true;
  return COMPANIONS.has(name) && beginsWithValue(attributes);
}

/** `7654321 w=500`, `=https://…`, `abc-de_f`: an id or an address, and no sentence. */
function beginsWithValue(attributes: string): boolean {
  const [first = "", second] = attributes.trim().split(/\s+/, 2);
  return /[\d/:_-]/.test(first) && (second === undefined || second === "/" || second.includes("="));
}
