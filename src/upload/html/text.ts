/** Plain text of an article's HTML. Pure. */
import type { Element, ElementContent, Root, RootContent } from "hast";
import { toText } from "hast-util-to-text";

const BLOCKS = new Set(
  "address article aside blockquote details div dl figure footer h2 h3 h4 h5 h6 header hgroup ol pre section ul".split(
    " ",
  ),
);

/** The text as a browser would select it (HTML Standard, `innerText`), with a blank line around every block. */
export function textOf(root: Root): string {
  const text = toText({ type: "root", children: spaced(root.children) });
  return text.replaceAll(/\n{3,}/g, "\n\n").trim();
}

/** Wraps blocks in a `p`: `innerText` sets blank lines around a `p` alone. */
function spaced(children: readonly RootContent[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type !== "element") return child.type === "text" ? [child] : [];
    if (child.tagName === "table") return spacedTable(child);
    const copy = { ...child, children: spaced(child.children) };
    return [BLOCKS.has(child.tagName) ? block(copy) : copy];
  });
}

/**
 * The captions, and a table of nothing but rows. Among other parts, toText searches for the next row from each of
 * them anew, which makes a table of very many parts slow.
 */
function spacedTable(table: Element): ElementContent[] {
  const parts = table.children.filter((part) => part.type === "element");
  const captions = parts.filter(({ tagName }) => tagName === "caption");
  const rows = parts.flatMap((part) => (part.tagName === "tr" ? [part] : part.children.filter(isRow)));
  return [
    ...captions.map((caption) => block({ ...caption, children: spaced(caption.children) })),
    block({ ...table, children: spaced(rows) }),
  ];
}

function isRow(node: ElementContent): boolean {
  return node.type === "element" && node.tagName === "tr";
}

function block(child: ElementContent): Element {
  return { type: "element", tagName: "p", properties: {}, children: [child] };
}
