/** Removes from an HTML tree what an article may not hold, and notes what it was. Pure. */
import type { Element, ElementContent, RootContent } from "hast";
import { DROPPED, ELEMENTS, RENAMED } from "./allowed.ts";
import { type Cleaning, cleanProperties, cleanText } from "./attributes.ts";
import { isConcealed, isElement, named, wordsIn } from "./elements.ts";
import { cleanFrame, FRAMES } from "./frames.ts";
import { cleanPicture, cleanPlayer } from "./players.ts";
import { note } from "./remarks.ts";

/** The content of `children` that stays. Comments are removed without a remark. */
export function cleaned(children: readonly RootContent[], cleaning: Cleaning): ElementContent[] {
  return children.flatMap((child, index): ElementContent[] => {
    if (child.type === "text") return [{ type: "text", value: cleanText(child.value, cleaning) }];
    if (child.type !== "element") return [];
    const stays = cleanElement(child, cleaning);
    // The links that stand for two frames in a row would read as one word.
    const isInRow = isFrame(child) && isFrame(children[index - 1]);
    return isInRow && isElement(stays[0], "a") ? [{ type: "text", value: " " }, ...stays] : stays;
  });
}

function cleanElement(element: Element, cleaning: Cleaning): ElementContent[] {
  const tagName = RENAMED.get(element.tagName) ?? element.tagName;
  // A task of GitHub's Markdown: a box that nobody can tick becomes a character.
  if (tagName === "input" && element.properties["type"] === "checkbox" && element.properties["disabled"]) {
    return [{ type: "text", value: element.properties["checked"] ? "☑" : "☐" }];
  }
  if (isConcealed(element)) {
    note(cleaning.remarks, "concealed-element", `${element.tagName} ${wordsIn(element)}`.trim());
    return [];
  }
  if (FRAMES.has(tagName)) return cleanFrame(element, (children) => cleaned(children, cleaning), cleaning);
  if (DROPPED.has(tagName)) {
    note(cleaning.remarks, "removed-element", named(element, cleaning.base.url));
    return [];
  }
  const children = cleaned(element.children, cleaning);
  const own = ELEMENTS.get(tagName);
  if (own === undefined) {
    note(cleaning.remarks, "unwrapped-element", tagName);
    return children;
  }
  const properties = cleanProperties(tagName, element.properties, own, cleaning);
  const { src, srcSet } = properties;
  switch (tagName) {
    case "a":
      if (properties["href"] === undefined) return children;
      break;
    case "img":
    case "source":
    case "track":
      if (src === undefined && srcSet === undefined) {
        noteUnaddressed(element, cleaning);
        return [];
      }
      if (tagName === "img" && properties["alt"] === undefined) {
        note(cleaning.remarks, "image-without-alt", String(src ?? srcSet));
      }
      break;
    case "audio":
    case "video":
      return cleanPlayer(element, properties, children, cleaning);
    case "picture":
      return cleanPicture(element, properties, children, cleaning);
    case "pre":
      dropFirstLineEnd(children);
      break;
  }
  return [{ type: "element", tagName, properties, children }];
}

function isFrame(node: RootContent | undefined): boolean {
  return isElement(node, ...FRAMES);
}

/** An element that loads nothing is removed. Where it had an address, that was noted already. */
function noteUnaddressed({ tagName, properties }: Element, { remarks }: Cleaning): void {
  const isNoted = [properties["src"], properties["srcSet"]].some(
    (value) => typeof value === "string" && value.trim() !== "",
  );
  if (!isNoted) note(remarks, "removed-element", [tagName, properties["alt"] ?? []].flat().join(" ").trim());
}

/** Parsing drops a line end at the start of a `pre` (HTML Standard, section 13.2.6.4.7). */
function dropFirstLineEnd(children: ElementContent[]): void {
  const first = children[0];
  if (first?.type === "text") first.value = first.value.replace(/^\n+/, "");
}
