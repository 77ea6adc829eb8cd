/** Reads YAML to fields whose values are texts as they are written. Pure. */
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import { type FieldsRead, refusal } from "./front-matter-issue.ts";
import { linesOf } from "../paragraphs.ts";
import { MAX_REPORTED } from "../fields/field-reader.ts";

const MAX_ALIASES = 20;

/**
 * Reads YAML 1.2 by its failsafe schema (section 10.1): every value is a text, so that a year stays a headline and
 * `1.10` a tag. A key that stands twice is an error.
 */
export function readYaml(source: string): FieldsRead {
  const counter = new LineCounter();
  const read = parsed(source, counter);
  if (read === undefined) return { issues: [refusal("not-yaml", 1)] };
  const { document, value } = read;
  const lines = linesOf(source);
  const flaws = [...document.errors, ...document.warnings].slice(0, MAX_REPORTED);
  if (flaws.length === 0) return { value, lineOf: (keys) => lineIn(document, keys, counter) };
  return {
    issues: flaws.map(({ pos, message }) => {
      const { line } = counter.linePos(pos[0]);
      return refusal("not-yaml", line + 1, `${message}.`, lines[line - 1]);
    }),
  };
}

/** Undefined where the library gives up: nesting without end, or aliases that multiply. */
function parsed(
  source: string,
  lineCounter: LineCounter,
): { document: Document; value: unknown } | undefined {
  try {
    const document = parseDocument(source, {
      version: "1.2",
      schema: "failsafe",
      uniqueKeys: true,
      prettyErrors: false,
      // A pure function must not let a library write to the log.
      logLevel: "error",
      lineCounter,
    });
    // The library has an error of its own for nesting without end, whose text is no response.
    if (document.errors.some(({ message }) => message.includes("call stack"))) return undefined;
    const value: unknown =
      document.errors.length === 0 ? document.toJS({ maxAliasCount: MAX_ALIASES }) : null;
    return { document, value };
  } catch {
    return undefined;
  }
}

function lineIn(document: Document, keys: readonly (string | number)[], counter: LineCounter): number {
  for (let length = keys.length; length > 0; length--) {
    const node = document.getIn(keys.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 0;
}
