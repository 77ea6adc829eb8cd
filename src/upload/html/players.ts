/** Cleans pictures in several formats, films and sounds: none of them stays without something to show. Pure. */
import type { Element, ElementContent, Properties } from "hast";
import type { Cleaning } from "./attributes.ts";
import { holds, isBlank, isElement, named, SHOWING } from "./elements.ts";
import { linkTo } from "./frames.ts";
import { note } from "./remarks.ts";

const PICTURE: ReadonlySet<string> = new Set(["img"]);

/**
 * A `picture` with its `img`, or else its content.
 * @param children cleaned already
 */
export function cleanPicture(
  element: Element,
  properties: Properties,
  children: ElementContent[],
  cleaning: Cleaning,
): ElementContent[] {
  if (children.some((child) => isElement(child, ...PICTURE))) {
    return [{ type: "element", tagName: "picture", properties, children }];
  }
  // The `img` isn't where the standard wants it (HTML Standard, section 4.8.1): it is shown without the sizes.
  const others = children.filter((child) => !isElement(child, "source"));
  if (!holds(others, PICTURE)) note(cleaning.remarks, "removed-element", named(element, cleaning.base.url));
  return others;
}

/**
 * A `video` or `audio` that has something to play. Any other is replaced by a link to a film deeper in it; or by its
 * content for old browsers, if that shows something; or by its poster; or by its text.
 * @param properties cleaned already, as are `children`
 */
export function cleanPlayer(
  element: Element,
  properties: Properties,
  children: ElementContent[],
  cleaning: Cleaning,
): ElementContent[] {
  const { tagName } = element;
  const isPlayable = properties["src"] !== undefined || children.some(isSource);
  if (isPlayable) {
    return [{ type: "element", tagName, properties: { ...properties, controls: true }, children }];
  }
  const stays = replacementFor(properties, children, cleaning);
  const reason = isBlank(stays) ? "removed-element" : "replaced-player";
  note(cleaning.remarks, reason, named(element, cleaning.base.url));
  return stays;
}

function isSource(node: ElementContent): boolean {
  return isElement(node, "source") && node.properties["src"] !== undefined;
}

function replacementFor(
  properties: Properties,
  children: ElementContent[],
  cleaning: Cleaning,
): ElementContent[] {
  const { title, poster } = properties;
  const href = sourceIn(children);
  if (href !== undefined) return [linkTo(href, title, cleaning)];
  const content = children.filter((child) => !isElement(child, "source", "track"));
  if (typeof poster !== "string" || holds(content, SHOWING)) return content;
  const alt = typeof title === "string" ? title : "";
  return [{ type: "element", tagName: "img", properties: { src: poster, alt }, children: [] }];
}

function sourceIn(children: readonly ElementContent[]): string | undefined {
  for (const child of children) {
    if (child.type !== "element") continue;
    const src = isSource(child) ? child.properties["src"] : sourceIn(child.children);
    if (typeof src === "string") return src;
  }
  return undefined;
}
