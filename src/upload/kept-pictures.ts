/** Pictures in a body that are kept on the site: their addresses, without the sizes that the site itself adds. Pure. */
import type { Element, Properties, RootContent } from "hast";
import { mediaIdOf } from "../article/media.ts";
import { fromSite } from "./picture.ts";
import { ADDRESSES, secured } from "./html/addresses.ts";
import { candidatesOf, srcsetOf } from "./html/srcset.ts";

// The site adds them to a picture that it keeps, and changes them when it has other sizes. A document that was read from the
// site and comes again is the same document.
const ADDED: ReadonlySet<string> = new Set(["srcSet", "sizes", "width", "height"]);

/**
 * Makes the addresses of kept pictures absolute, which are written from the root of the site, and leaves pictures their address
 * alone.
 * @param siteUrl the site's origin; undefined where the document may come from any site
 */
export function withKeptPictures(
  children: readonly RootContent[],
  siteUrl: string | undefined,
): RootContent[] {
  return children.map((child): RootContent => {
    if (child.type !== "element") return child;
    const inner = withKeptPictures(child.children, siteUrl).filter((one) => one.type !== "doctype");
    return { ...child, properties: propertiesOf(child, siteUrl), children: inner };
  });
}

function propertiesOf({ tagName, properties }: Element, siteUrl: string | undefined): Properties {
  const isImage = tagName === "img";
  // The site decides when a picture loads.
  const { loading: _when, ...rest } = properties;
  const own = isImage ? rest : properties;
  if (siteUrl === undefined) return own;
  const absolute = Object.entries(own).map(([name, value]): [string, Properties[string]] => [
    name,
    typeof value === "string" ? fromRoot(name, value, siteUrl) : value,
  ]);
  const { src } = Object.fromEntries(absolute);
  const isKept = isImage && typeof src === "string" && mediaIdOf(secured(src), siteUrl) !== undefined;
  return Object.fromEntries(isKept ? absolute.filter(([name]) => !ADDED.has(name)) : absolute);
}

function fromRoot(name: string, value: string, siteUrl: string): string {
  if (ADDRESSES.has(name)) return fromSite(value, siteUrl);
  const isLoadedLater = name.startsWith("data");
  if (name !== "srcSet" && !isLoadedLater) return value;
  const candidates = value.includes("/media/") ? candidatesOf(value) : undefined;
  if (candidates === undefined) return value;
  return srcsetOf(
    candidates.map(({ address, descriptor }) => ({ address: fromSite(address, siteUrl), descriptor })),
  );
}
