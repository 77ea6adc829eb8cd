/** The content of a post as WordPress stores it → the HTML that WordPress shows. Pure. */
import type { FeedItem } from "../item.ts";
import { plainTitle } from "../exports/plain-title.ts";
import type { Attachments } from "./attachments.ts";
import { withEmbeds } from "./bare-addresses.ts";
import { lostBlocks, Losses } from "./losses.ts";
import { attachmentFigure, captionFigure, recording } from "./media.ts";
import { hasOwnLines } from "./shortcodes/own-line.ts";
import { paragraphsFromBlankLines } from "../paragraphs/paragraphs.ts";
import { embedOf, vimeoPlayer, youtubePlayer } from "./players.ts";
import {
  addressIn,
  attributeOf,
  type ShortcodeAttributes,
  shortcodeAttributes,
} from "./shortcodes/shortcode-attributes.ts";
import { isEmbed } from "./shortcodes/shortcode-names.ts";
import { type Piece, piecesOf, type Shortcode } from "./shortcodes/shortcodes.ts";

// Nobody nests deeper. Deeper shortcodes lose their brackets.
const MAX_DEPTH = 20;
// The limit for a post: each [gallery] without ids shows all of the post's pictures.
const MAX_PICTURES = 500;
const WEB_ADDRESS = /^https?:\/\/\S+$/;
const EMPTY_PARAGRAPH = /<p(?:\s[^<>]*)?>\s*<\/p>/gi;

/**
 * Renders a content: shortcodes and bare addresses become the HTML that they stand for, and blank lines become
 * paragraphs. Parts that can't be shown are left out with a warning.
 * @param postId the post's own id, by which its gallery is found
 */
export function renderContent(
  content: string,
  attachments: Attachments,
  postId: string | undefined,
): { html: string; warnings: FeedItem["warnings"] } {
  const body = new Body(piecesOf(content.replaceAll(/\r\n?/g, "\n")), attachments, postId);
  const html = paragraphsFromBlankLines(body.html(), { lineEnds: "break" });
  return { html, warnings: [...body.warnings(), ...lostBlocks(content)] };
}

class Body {
  readonly #pieces: readonly Piece[];
  readonly #attachments: Attachments;
  readonly #postId: string | undefined;
  readonly #losses = new Losses();
  #isInParagraph = false;
  #pictures = 0;

  constructor(pieces: readonly Piece[], attachments: Attachments, postId: string | undefined) {
    this.#pieces = withEmbeds(pieces);
    this.#attachments = attachments;
    this.#postId = postId;
  }

  html(): string {
    const html = this.#render(0, this.#pieces.length, 0);
    return html.replaceAll(EMPTY_PARAGRAPH, "");
  }

  warnings(): FeedItem["warnings"] {
    return this.#losses.warnings();
  }

  #render(from: number, to: number, depth: number): string {
    const written: string[] = [];
    for (let at = from; at < to; at++) {
      const piece = this.#pieces[at];
      if (piece === undefined) break;
      if (piece.kind !== "shortcode") {
        if (piece.kind === "markup") this.#trackParagraph(piece);
        written.push(piece.html);
        continue;
      }
      // An end bracket without a start.
      if (piece.isEnd) continue;
      const end = depth < MAX_DEPTH && piece.end !== undefined && piece.end < to ? piece.end : undefined;
      const content = end === undefined ? undefined : this.#render(at + 1, end, depth + 1);
      written.push(
        this.#renderShortcode(
          piece,
          content,
          end === undefined ? undefined : hasOwnLines(this.#pieces, at, end),
        ),
      );
      at = end ?? at;
    }
    return written.join("");
  }

  #renderShortcode(shortcode: Shortcode, content: string | undefined, isBlock = false): string {
    const attributes = shortcodeAttributes(shortcode.attributes);
    switch (shortcode.name) {
      case "caption":
      case "wp_caption":
        if (content !== undefined) return this.#asBlock(captionFigure(attributes, content));
        break;
      case "gallery":
      case "playlist":
        return this.#asBlock(this.#collection(shortcode, attributes));
      case "video":
      case "audio": {
        const html = recording(shortcode.name, attributes);
        return html === undefined ? this.#lose(shortcode) : this.#onOwnLine(html);
      }
      default:
        if (isEmbed(shortcode.name)) {
          const embed = this.#embed(shortcode, attributes, content);
          if (embed !== undefined) return embed;
        }
    }
    if (content === undefined) return this.#lose(shortcode);
    this.#losses.note(shortcode, "unwrapped-shortcode");
    const separator = this.#isInParagraph ? " " : "\n\n";
    return isBlock ? `${separator}${content}${separator}` : content;
  }

  #embed({ name }: Shortcode, attributes: ShortcodeAttributes, content = ""): string | undefined {
    const value =
      plainTitle(content) ?? attributeOf(attributes, "id", "video_id") ?? attributes.values[0] ?? "";
    const player =
      name === "youtube" ? youtubePlayer(value) : name === "vimeo" ? vimeoPlayer(value) : undefined;
    if (player !== undefined) return this.#onOwnLine(player);
    const address = WEB_ADDRESS.test(value) ? value : addressIn(attributes);
    if (address === undefined) return undefined;
    const { html, isPlayer } = embedOf(address);
    return isPlayer ? this.#onOwnLine(html) : html;
  }

  /** Renders `[gallery]` and `[playlist]`: the files that are named, else all files of the post. */
  #collection(shortcode: Shortcode, attributes: ShortcodeAttributes): string {
    const ids = idsIn(attributes, "ids", "include");
    const excluded = new Set(idsIn(attributes, "exclude"));
    const parent = attributeOf(attributes, "id") ?? this.#postId ?? "";
    const { byId, picturesOf, recordingsOf } = this.#attachments;
    const isGallery = shortcode.name === "gallery";
    const members =
      ids.length > 0
        ? ids.map((id) => byId.get(id)).filter((found) => found !== undefined)
        : ((isGallery ? picturesOf : recordingsOf).get(parent) ?? []);
    const wanted = members.slice(0, MAX_PICTURES - this.#pictures);
    this.#pictures += wanted.length;
    if (wanted.length === 0 || wanted.length < Math.max(ids.length, members.length)) {
      this.#losses.note(shortcode, "lost-media");
    }
    const shown = wanted.filter(({ id }) => !excluded.has(id));
    return shown.map((file) => attachmentFigure(file, isGallery ? "image" : "audio")).join("\n");
  }

  /** A block inside a paragraph ends it, and the paragraph goes on after the block. */
  #asBlock(html: string): string {
    return html !== "" && this.#isInParagraph ? `</p>${html}<p>` : html;
  }

  /** A player outside of a paragraph gets a line of its own. */
  #onOwnLine(html: string): string {
    return this.#isInParagraph ? html : `\n\n${html}\n\n`;
  }

  #lose(shortcode: Shortcode): string {
    this.#losses.note(shortcode, "lost-shortcode");
    return "";
  }

  #trackParagraph({ name, isOpening }: { name: string; isOpening: boolean }): void {
    if (name === "p") this.#isInParagraph = isOpening;
  }
}

function idsIn(attributes: ShortcodeAttributes, ...names: string[]): string[] {
  return (attributeOf(attributes, ...names) ?? "")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
}
