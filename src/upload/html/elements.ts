/** Properties of an element of an article's HTML, as it was written. Pure. */
import type { Element, Nodes, RootContent } from "hast";
import { CONTINUE, EXIT, visit } from "unist-util-visit";
import { absolute, WEB } from "./addresses.ts";

/** Elements that show something by themselves, or lead to it. */
export const SHOWING: ReadonlySet<string> = new Set(["a", "audio", "iframe", "img", "video"]);

// By hast property name: the addresses that an element loads, or sends data to, if it may not stay.
const SOURCES = ["src", "data", "dataSrc", "href", "action"];

/** Whether a node is an element, of one of these names. */
export function isElement(node: Nodes | undefined, ...names: string[]): node is Element {
  return node?.type === "element" && (names.length === 0 || names.includes(node.tagName));
}

/** Whether `children` hold one of these elements at any depth. */
export function holds(children: readonly RootContent[], names: ReadonlySet<string>): boolean {
  return children.some(
    (child) => child.type === "element" && (names.has(child.tagName) || holds(child.children, names)),
  );
}

/** Whether `children` hold nothing but white space and comments. */
export function isBlank(children: readonly RootContent[]): boolean {
  return children.every((child) =>
    child.type === "text" ? child.value.trim() === "" : child.type === "comment",
  );
}

const UNSEEN = /(?:display:\s?none|visibility:\s?hidden)/i;

/** Whether an element is made invisible, as those that count visits are. */
export function isHidden({ properties }: Element): boolean {
  const { width, height, style } = properties;
  const isTiny = [width, height].every((length) => /^[01](?:px)?$/.test(String(length)));
  return isTiny || UNSEEN.test(String(style));
}

/**
 * Whether a page hides an element and its words from its readers. Pictures and players don't count: scripts show many
 * of them when they are needed.
 */
export function isConcealed({ tagName, properties }: Element): boolean {
  const { hidden, style } = properties;
  const isAttributed = hidden !== undefined && hidden !== null && hidden !== false;
  return !LOADED_LATE.has(tagName) && (isAttributed || UNSEEN.test(String(style)));
}

const LOADED_LATE = new Set(["audio", "embed", "iframe", "img", "object", "picture", "source", "video"]);

/** The beginning of the words in an element, for a warning. */
export function wordsIn(element: Element): string {
  let words = "";
  visit(element, "text", ({ value }) => {
    words += value;
    return words.length > MAX_WORDS_LENGTH ? EXIT : CONTINUE;
  });
  return words.replaceAll(/\s+/g, " ").trim();
}

// More than a warning shows.
const MAX_WORDS_LENGTH = 300;

/** The name of an element for a warning, with the host (or else the address) of what it or a child of it loads. */
export function named(element: Element, base: string): string {
  const written = [element, ...element.children]
    .flatMap((one) => (one.type === "element" ? SOURCES.map((name) => one.properties[name]) : []))
    .filter((value) => typeof value === "string")
    .find((value) => value.trim() !== "");
  if (written === undefined) return element.tagName;
  const address = absolute(written, base, WEB);
  return `${element.tagName} ${address === undefined ? written.trim() : new URL(address).hostname}`;
}
