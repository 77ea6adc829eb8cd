/** Parses HTML to a tree of limited size: a short document can describe a tree without an end. Pure. */
import type { Root } from "hast";
import { fromParse5 } from "hast-util-from-parse5";
import { defaultTreeAdapter, parseFragment, type DefaultTreeAdapterTypes } from "parse5";

// Deeper than any newsroom's system nests, and little enough for the later steps, which are recursive.
const MAX_DEPTH = 100;
// More than a mebibyte of ordinary prose has. Unclosed formatting elements are repeated in every paragraph that
// follows.
export const MAX_ELEMENTS = 30_000;

class TooMuch extends Error {
  reason: "too-deep" | "too-many-elements";
  constructor(reason: "too-deep" | "too-many-elements") {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Parses a fragment as the HTML Standard (section 13.4) has it, without scripting.
 * @returns the tree, or the limit that the document passes
 */
export function parseHtml(html: string): Root | "too-deep" | "too-many-elements" {
  let depth = 0;
  let elements = 0;
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    createElement(...element) {
      if (++elements > MAX_ELEMENTS) throw new TooMuch("too-many-elements");
      return defaultTreeAdapter.createElement(...element);
    },
    onItemPush() {
      if (++depth > MAX_DEPTH) throw new TooMuch("too-deep");
    },
    onItemPop() {
      depth--;
    },
  };
  try {
    const fragment: DefaultTreeAdapterTypes.DocumentFragment = parseFragment(html, {
      treeAdapter,
      scriptingEnabled: false,
    });
    const root = fromParse5(fragment);
    return root.type === "root" ? root : { type: "root", children: [] };
  } catch (error) {
    if (error instanceof TooMuch) return error.reason;
    throw error;
  }
}
