/** Pictures as lines for people. Pure. */
import type { Picture } from "../transport/responses.ts";

/** @returns the line of a list: `<id>  1620×1080  image/jpeg  57 kB  Children on the ramp` */
export function pictureLine({ id, width, height, type, length, alt, isMissing }: Picture): string {
  return [
    id,
    `${width}×${height}`,
    type,
    sizeText(length),
    alt === undefined ? "no alternative text" : alt,
    ...(isMissing ? ["its file was not uploaded here"] : []),
  ].join("  ");
}

/**
 * @param uses the ids of articles with the picture, where they are known
 * @returns lines with everything that is known of a picture
 */
export function pictureLines(picture: Picture, uses?: readonly string[]): string[] {
  const { id, url, type, width, height, length, sizes, created, isMissing } = picture;
  const { alt, caption, credit, licence } = picture;
  const members: [string, string | undefined][] = [
    ["address", url],
    ["file", `${width}×${height}  ${type}  ${sizeText(length)}`],
    [
      "sizes",
      sizes.length === 0 ? undefined : sizes.map((size) => `${size.width}×${size.height}`).join(", "),
    ],
    ["since", created],
    ["alt", alt],
    ["caption", caption],
    ["credit", credit],
    ["licence", licence],
    ["used by", uses === undefined ? undefined : usesText(uses)],
  ];
  return [
    id,
    ...(isMissing ? ["  its file was not uploaded here"] : []),
    ...members.flatMap(([name, text]) => (text === undefined ? [] : [`  ${name.padEnd(9)}${text}`])),
  ];
}

function usesText(uses: readonly string[]): string {
  return uses.length === 0 ? "no article" : uses.join(", ");
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
