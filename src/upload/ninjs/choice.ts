/** Chooses among the variants, the writers, the subjects and the pictures of a ninjs item. Pure. */
import { isWebAddress } from "../html/addresses.ts";
import type { Image, SectionName } from "../../article/article.ts";
import { slug } from "../../article/identity.ts";
import type { AssociationOf, RenditionOf, Several, Subject, Variant, Writer } from "./item.ts";

// In pixels: wider than a page shows, even on a dense screen.
const MAX_WIDTH = 2048;

const isWriter = ({ rel, role }: Pick<Subject, "rel" | "role">): boolean =>
  /author|writer|creator|byline/i.test(`${rel} ${role}`);

/** Whether a variant is HTML: by its media type, or by its beginning where it has none. */
export function isHtml({ contenttype, value }: Variant): boolean {
  return contenttype === undefined ? /^\s*</.test(value) : /\bx?html\b/i.test(contenttype);
}

function isReadable(variant: Variant): boolean {
  return isHtml(variant) || /^(text\/plain\b.*)?$/i.test(variant.contenttype ?? "");
}

/**
 * The index of the variant to take: the main one of those that are HTML or plain text.
 * @param prefersHtml whether HTML goes before plain text
 */
export function chosenVariant(variants: readonly Variant[], prefersHtml: boolean): number | undefined {
  const rank = (variant: Variant): number =>
    (isHtml(variant) === prefersHtml ? 2 : 0) + (variant.role?.toLowerCase() === "main" ? 1 : 0);
  const readable = variants
    .map((variant, index) => ({ variant, index }))
    .filter(({ variant }) => isReadable(variant));
  return readable.toSorted((a, b) => rank(b.variant) - rank(a.variant))[0]?.index;
}

function namesOf(concepts: readonly Pick<Subject, "name">[]): string[] {
  return concepts.map(({ name = "" }) => name).filter((name) => name.trim() !== "");
}

/**
 * The names of the writers, and the member that has them: the writers that the item lists, as Superdesk does; or else
 * the by-line, as it is written; or else the people and sources whose relation is that of a writer.
 */
export function writersFrom(
  listed: readonly Writer[],
  byline: string | undefined,
  concepts: readonly Subject[],
): { names: string[]; key: "authors" | "by" | "people" } {
  const writers = namesOf(listed.filter(({ role = "" }) => role === "" || isWriter({ role })));
  if (writers.length > 0) return { names: writers, key: "authors" };
  if (byline !== undefined && byline !== "") return { names: [byline], key: "by" };
  return { names: namesOf(concepts.filter(isWriter)), key: "people" };
}

/**
 * Sorts subjects, services and genres. Those that the site declares as sections, by name or by code, are sections;
 * other subjects and services are tags.
 * @param subjects with the services, as Superdesk calls the parts of a newsroom's file
 * @param opensNew whether the first subject opens a section where none is declared
 */
export function sectionsAndTags(
  subjects: readonly Subject[],
  genres: readonly Subject[],
  declared: ReadonlyMap<string, SectionName>,
  opensNew: boolean,
): { sections: string[]; tags: string[] } {
  const sectionOf = ({ name, literal, code }: Subject): string | undefined =>
    [name, literal, code].find((word) => word !== undefined && declared.has(slug(word)));
  const sections = [...subjects, ...genres].map(sectionOf).filter((word) => word !== undefined);
  const tags = namesOf(subjects.filter((subject) => sectionOf(subject) === undefined));
  const [first] = tags;
  if (sections.length > 0 || !opensNew || first === undefined) return { sections, tags };
  return { sections: [first], tags: tags.slice(1) };
}

/** The pictures, films and sounds of an item that `imageFrom` doesn't take: their addresses, or else their types. */
export function furtherMedia(associations: Several<AssociationOf>): string[] {
  const media = Object.values(associations).filter(({ type = "" }) => MEDIA.has(type));
  const taken = media.find(
    ({ type, renditions = [] }) => type === "picture" && widest(renditions, true) !== undefined,
  );
  return media
    .filter((one) => one !== taken)
    .map(
      ({ type = "", renditions = [] }) => Object.values(renditions).find(({ href }) => href)?.href ?? type,
    );
}

const MEDIA = new Set(["picture", "graphic", "video", "audio"]);

/**
 * The picture of an item: the widest rendition that a page can show, of the first associated picture or else of the
 * item itself.
 */
export function imageFrom(
  associations: Several<AssociationOf>,
  own: Several<RenditionOf>,
  plain: (variants: readonly Variant[]) => string | undefined,
): Image | undefined {
  for (const picture of Object.values(associations)) {
    const rendition = picture.type === "picture" ? widest(picture.renditions ?? [], true) : undefined;
    if (rendition === undefined) continue;
    const { descriptions, description_text: text } = picture;
    const alt = plain(descriptions ?? (text === undefined ? [] : [{ value: text }]));
    const credits = [picture.by, picture.byline, picture.copyrightholder, picture.copyrightnotice];
    const credit = credits.find((words) => words !== undefined && words.trim() !== "");
    return { ...rendition, ...(alt !== undefined && { alt }), ...(credit !== undefined && { credit }) };
  }
  return widest(own, false);
}

function widest(renditions: Several<RenditionOf>, isPicture: boolean): Image | undefined {
  const usable = Object.values(renditions).filter(({ href = "", contenttype, mimetype }) => {
    const isImage = /^image\//i.test(contenttype ?? mimetype ?? (isPicture ? "image/" : ""));
    return isImage && isWebAddress(href);
  });
  const [best] = usable.toSorted((a, b) => fitness(b) - fitness(a));
  if (best?.href === undefined) return undefined;
  const { width, height } = best;
  return {
    url: new URL(best.href).href,
    ...(isSize(width) && { width }),
    ...(isSize(height) && { height }),
  };
}

function fitness({ width = 0 }: RenditionOf): number {
  return width <= MAX_WIDTH ? width : -width;
}

function isSize(size: number | undefined): size is number {
  return size !== undefined && Number.isSafeInteger(size) && size > 0;
}
