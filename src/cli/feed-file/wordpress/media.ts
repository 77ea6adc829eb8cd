/** The HTML of the pictures and recordings in shortcodes. Pure. */
import { escapeAttribute, escapeText } from "entities/escape";
import type { Attachment } from "./attachments.ts";
import { htmlTokens } from "../paragraphs/html-tokens.ts";
import { playerHtml } from "./players.ts";
import { addressIn, attributeOf, type ShortcodeAttributes } from "./shortcodes/shortcode-attributes.ts";

// The attributes of [video] and [audio] (wp_get_video_extensions, wp_get_audio_extensions), and `src`.
const SOURCES = {
  video: ["src", "mp4", "m4v", "webm", "ogv", "flv", "wmv"],
  audio: ["src", "mp3", "ogg", "flac", "m4a", "wav", "wma"],
};
const BREAKS_AT_START = /^(?:\s|<br\s*\/?>)+/i;

/** Renders `[caption]`: a picture with its link, and the text under it. The old form has the text in an attribute. */
export function captionFigure(attributes: ShortcodeAttributes, content: string): string {
  const written = attributes.named.get("caption")?.trim() ?? "";
  if (written !== "") return figure(content.trim(), written);
  const end = endOfPicture(content);
  if (end === undefined) return content;
  return figure(content.slice(0, end).trim(), content.slice(end).replace(BREAKS_AT_START, "").trimEnd());
}

/**
 * Renders a picture of a gallery, or a recording of a playlist.
 * @param usual the kind of a file if neither its address nor its metadata names it
 */
export function attachmentFigure(
  { url, kind, title, alt, caption = "", width, height }: Attachment,
  usual: "image" | "audio",
): string {
  const src = escapeAttribute(url);
  const shown = kind === "other" ? usual : kind;
  switch (shown) {
    case "audio":
    case "video":
      return figure(
        `<${shown} src="${src}" controls></${shown}>`,
        caption === "" ? escapeText(title ?? "") : caption,
      );
    case "image": {
      const size = width === undefined || height === undefined ? "" : ` width="${width}" height="${height}"`;
      const text = alt === undefined ? "" : ` alt="${escapeAttribute(alt)}"`;
      return figure(`<img src="${src}"${text}${size}>`, caption.trim());
    }
  }
}

/** Renders `[video]` and `[audio]`; undefined when they hold no address. */
export function recording(kind: "video" | "audio", attributes: ShortcodeAttributes): string | undefined {
  const sources = SOURCES[kind].flatMap((name) => attributeOf(attributes, name) ?? []);
  const [first = addressIn(attributes)] = sources;
  if (first === undefined) return undefined;
  const player = playerHtml(first);
  if (player !== undefined) return player;
  const poster = kind === "video" ? attributeOf(attributes, "poster") : undefined;
  const look = poster === undefined ? "" : ` poster="${escapeAttribute(poster)}"`;
  if (sources.length < 2) return `<${kind} src="${escapeAttribute(first)}"${look} controls></${kind}>`;
  const inside = sources.map((source) => `<source src="${escapeAttribute(source)}">`).join("");
  return `<${kind}${look} controls>${inside}</${kind}>`;
}

function figure(content: string, caption: string): string {
  return `<figure>${content}${caption === "" ? "" : `<figcaption>${caption}</figcaption>`}</figure>`;
}

/** The offset after the first picture and the link around it. */
function endOfPicture(html: string): number | undefined {
  let end = 0;
  let isFound = false;
  let isLinked = false;
  for (const { kind, name, html: written } of htmlTokens(html)) {
    end += written.length;
    if (name === "a") isLinked = kind === "open";
    if (kind === "open" && name === "img") isFound = true;
    if (isFound && !isLinked) return end;
  }
  return isFound ? html.length : undefined;
}
