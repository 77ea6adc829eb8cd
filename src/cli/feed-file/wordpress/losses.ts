/** The parts of a post's content that can't be shown, counted, as warnings. Pure. */
import type { FeedItem } from "../item.ts";
import { lostPart } from "../exports/lost-part.ts";
import type { Shortcode } from "./shortcodes/shortcodes.ts";

type Loss = { reason: keyof typeof DETAIL; name: string; times: number; found: string };

const DETAIL = {
  "lost-shortcode": "can’t be shown without WordPress and was left out.",
  "lost-media": "names files that are not in the export; they were left out.",
  "unwrapped-shortcode": "was taken off the text that it encloses; the text stays.",
};

// A block that WordPress fills when it shows the post. Its attributes are JSON without angle brackets.
const DYNAMIC_BLOCK = /<!-- wp:([a-z][\w-]*(?:\/[a-z][\w-]*)?)\s[^<>]*\/-->/g;

/** Counts shortcodes that are lost, by kind and name. */
export class Losses {
  readonly #byKind = new Map<string, Loss>();

  note({ name, html }: Shortcode, reason: Loss["reason"]): void {
    const key = `${reason} ${name}`;
    const { times = 0, found = html } = this.#byKind.get(key) ?? {};
    this.#byKind.set(key, { reason, name, times: times + 1, found });
  }

  /** @returns a warning for each kind and name */
  warnings(): FeedItem["warnings"] {
    return [...this.#byKind.values()].map(({ reason, name, times, found }) => {
      const often = times > 1 ? ` (${times} times)` : "";
      return lostPart("body", reason, `The shortcode [${name}]${often} ${DETAIL[reason]}`, found);
    });
  }
}

/** Finds the blocks without content in the export; a warning for each name. */
export function lostBlocks(content: string): FeedItem["warnings"] {
  const found = new Map<string, string>();
  for (const [html, name = ""] of content.matchAll(DYNAMIC_BLOCK)) {
    if (!found.has(name)) found.set(name, html);
  }
  return [...found].map(([name, html]) =>
    lostPart(
      "body",
      "lost-block",
      `The block “${name}” has no content in the export and was left out.`,
      html,
    ),
  );
}
