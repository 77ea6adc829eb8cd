/** Takes out of an HTML tree what an article may not hold, and says what it was. Pure. */
import type { Element, ElementContent, Properties, RootContent } from "hast";
import { forbiddenIn } from "../article/characters.ts";
import { normalised } from "./encoding.ts";
import { absolute, absoluteCandidates, ADDRESSES, isPlayer, schemesOf } from "./html-addresses.ts";
import { DROPPED, ELEMENTS, GLOBAL, RENAMED, VALUES } from "./html-allowed.ts";
import { note, type Removals } from "./removals.ts";

/** What is known while a tree is cleaned: where its addresses start from, and what was found so far. */
export type Cleaning = { base: string; removals: Removals; forbidden: Set<string> };

type Value = Properties[string];

// Enough for a player to play, too little to lead the page that frames it elsewhere.
const SANDBOX = ["allow-scripts", "allow-same-origin", "allow-presentation", "allow-popups"];

/** The content that stays of `children`. Comments go without a word. */
export function cleaned(children: readonly RootContent[], cleaning: Cleaning): ElementContent[] {
  return children.flatMap((child) => {
    if (child.type === "text") return [{ type: "text", value: cleanText(child.value, cleaning) }];
    return child.type === "element" ? cleanElement(child, cleaning) : [];
  });
}

function cleanElement(element: Element, cleaning: Cleaning): ElementContent[] {
  const tagName = RENAMED.get(element.tagName) ?? element.tagName;
  // A task of GitHub's Markdown: what can't be ticked anyway is said as a character.
  if (tagName === "input" && element.properties["type"] === "checkbox" && element.properties["disabled"]) {
    return [{ type: "text", value: element.properties["checked"] ? "☑" : "☐" }];
  }
  if (DROPPED.has(tagName)) {
    note(cleaning.removals, "removed-element", tagName);
    return [];
  }
  if (tagName === "iframe") return cleanFrame(element, cleaning);
  const children = cleaned(element.children, cleaning);
  const own = ELEMENTS.get(tagName);
  if (own === undefined) {
    note(cleaning.removals, "unwrapped-element", tagName);
    return children;
  }
  const properties = cleanProperties(tagName, element.properties, own, cleaning);
  const isAddressed = properties["src"] !== undefined || properties["srcSet"] !== undefined;
  switch (tagName) {
    case "a":
      if (properties["href"] === undefined) return children;
      break;
    case "img":
      if (!isAddressed) return [];
      if (properties["alt"] === undefined) {
        note(cleaning.removals, "image-without-alt", properties["src"] ?? "");
      }
      break;
    case "source":
    case "track":
      if (!isAddressed) return [];
      break;
    case "audio":
    case "video":
      properties["controls"] = true;
      break;
    case "pre":
      dropFirstLineEnd(children);
      break;
  }
  return [{ type: "element", tagName, properties, children }];
}

function cleanFrame(element: Element, cleaning: Cleaning): ElementContent[] {
  const src = absolute(element.properties["src"] ?? "", cleaning.base, ["https:"]);
  if (src === undefined || !isPlayer(src)) {
    note(cleaning.removals, "removed-element", "iframe");
    return [];
  }
  const own = ELEMENTS.get("iframe") ?? [];
  const fixed = { src, allowFullScreen: true, loading: "lazy", sandbox: SANDBOX };
  const written = cleanProperties("iframe", element.properties, own, cleaning);
  return [{ type: "element", tagName: "iframe", properties: { ...written, ...fixed }, children: [] }];
}

function cleanProperties(
  tagName: string,
  written: Properties,
  own: readonly string[],
  cleaning: Cleaning,
): Properties {
  const kept: [string, Value][] = [];
  for (const [property, value] of Object.entries(written)) {
    const isAllowed = own.includes(property) || GLOBAL.includes(property);
    const safe = isAllowed ? cleanValue(tagName, property, value, cleaning) : undefined;
    if (safe !== undefined) kept.push([property, safe]);
    else if (isAllowed && (ADDRESSES.has(property) || property === "srcSet")) {
      note(cleaning.removals, "removed-url", String(value));
    } else note(cleaning.removals, "removed-attribute", attributeName(property));
  }
  return Object.fromEntries(kept);
}

function cleanValue(tagName: string, property: string, value: Value, cleaning: Cleaning): Value {
  const schemes = schemesOf(tagName, property);
  if (property === "srcSet") {
    return absoluteCandidates(String(value), cleaning.base, schemes);
  }
  if (ADDRESSES.has(property)) return absolute(String(value), cleaning.base, schemes);
  const pattern = VALUES.get(property);
  if (Array.isArray(value)) {
    const words = [...new Set(value)].filter((word) => pattern === undefined || pattern.test(String(word)));
    return words.length === 0 ? undefined : words;
  }
  if (pattern !== undefined && !pattern.test(String(value))) return undefined;
  return typeof value === "string" ? cleanText(value, cleaning) : (value ?? undefined);
}

/** A parsed text may hold a carriage return that was written as a reference; written out, it would be a line end. */
function cleanText(text: string, cleaning: Cleaning): string {
  for (const character of forbiddenIn(text)) cleaning.forbidden.add(character);
  return normalised(text.replaceAll(/\r\n?/g, "\n"));
}

/** A line end at the start of a `pre` is lost when it is parsed (HTML Standard, section 13.2.6.4.7). */
function dropFirstLineEnd(children: ElementContent[]): void {
  const first = children[0];
  if (first?.type === "text") first.value = first.value.replace(/^\n+/, "");
}

function attributeName(property: string): string {
  if (/^data[A-Z]/.test(property)) return "data-*";
  if (/^aria[A-Z]/.test(property)) return "aria-*";
  return property === "className" ? "class" : property.toLowerCase();
}
