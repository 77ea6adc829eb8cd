/** Media: pictures that the newsroom keeps on its own site, with their names, sizes and limits. No I/O. */

/** The types of pictures that can be kept, each with the extension of its files. No SVG: it can hold scripts. */
export const PICTURE_EXTENSIONS = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/avif": "avif",
} as const;

export type PictureType = keyof typeof PICTURE_EXTENSIONS;

export const PICTURE_TYPES: readonly PictureType[] = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/gif",
  "image/avif",
];

/** The most bytes of a picture: as many as MSN takes. */
export const MAX_PICTURE_BYTES = 15_000_000;

/** The widths of the smaller sizes, in pixels, the largest first. A picture has those that are below its own width. */
export const SIZE_WIDTHS = [1200, 400] as const;

/** One file of a picture; `width` and `height` in pixels, `length` in bytes. */
export type PictureFile = { type: PictureType; width: number; height: number; length: number };

/** What the newsroom says of a picture, in plain text. */
export type MediaDescription = {
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
  licence?: string | undefined;
};

/** A picture that is kept: its original without private metadata, and smaller sizes, the largest first. */
export type Media = PictureFile &
  MediaDescription & {
    /** The SHA-256 of the original's bytes as they are served, in hexadecimal digits. */
    id: string;
    sizes: PictureFile[];
    /** When it came, in milliseconds since 1970-01-01T00:00:00Z. */
    created: number;
  };

/** Whether a media type is that of a picture that can be kept. */
export function isPictureType(type: string): type is PictureType {
  return Object.hasOwn(PICTURE_EXTENSIONS, type);
}

/** The form of a picture's id. */
export const MEDIA_ID = /^[0-9a-f]{64}$/;

/** Whether a text has the form of a picture's id. */
export function isMediaId(text: string): boolean {
  return MEDIA_ID.test(text);
}

/** The name of a picture's original: `<id>.jpg`. */
export function originalName(id: string, type: PictureType): string {
  return `${id}.${PICTURE_EXTENSIONS[type]}`;
}

/** The name of a smaller size: `<id>-400w.webp`. */
export function sizeName(id: string, { width, type }: Pick<PictureFile, "width" | "type">): string {
  return `${id}-${width}w.${PICTURE_EXTENSIONS[type]}`;
}

const NAME = /^([0-9a-f]{64})(?:-(\d{1,5})w)?\.([a-z]+)$/;

/**
 * Takes the name of a file apart.
 * @returns undefined for a name that neither `originalName` nor `sizeName` makes; `width` is undefined for an original
 */
export function readMediaName(
  name: string,
): { id: string; type: PictureType; width: number | undefined } | undefined {
  const [, id, width, extension] = NAME.exec(name) ?? [];
  const type = PICTURE_TYPES.find((known) => PICTURE_EXTENSIONS[known] === extension);
  if (id === undefined || type === undefined) return undefined;
  return { id, type, width: width === undefined ? undefined : Number(width) };
}

/** The folder of all files, in R2 and in the paths of their addresses. */
export const MEDIA_FOLDER = "media";

/** The path of a file: `/media/<name>`. */
export function mediaPath(name: string): string {
  return `/${MEDIA_FOLDER}/${name}`;
}

/** The address of a file. @param siteUrl the site's origin */
export function mediaAddress(siteUrl: string, name: string): string {
  return `${siteUrl}${mediaPath(name)}`;
}

/**
 * The id of the picture to which an address leads: that of its original, or of a size.
 * @param address absolute
 * @param siteUrl the site's origin; undefined takes a picture of any site
 * @returns undefined for every other address
 */
export function mediaIdOf(address: string, siteUrl: string | undefined): string | undefined {
  const [, origin, name = ""] = /^(https?:\/\/[^/?#]+)\/media\/([^/?#]+)(?:[?#]|$)/.exec(address) ?? [];
  return siteUrl === undefined || origin === siteUrl ? readMediaName(name)?.id : undefined;
}

/** The type of a picture's smaller sizes; undefined where it has none. */
export function sizeTypeOf(type: PictureType): PictureType | undefined {
  switch (type) {
    case "image/jpeg":
      return "image/jpeg";
    case "image/png":
    case "image/webp":
    case "image/avif":
      return "image/webp";
    case "image/gif":
      return undefined;
  }
}
