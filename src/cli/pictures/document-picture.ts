/** A document whose `image` is a file on this machine → the same document with the picture's address. Lines keep their numbers. */
import { isMap, isScalar, type Pair, parseDocument, Scalar } from "yaml";

/** Where a file is named, and what stands before and after the name's place in the text. */
type Named = {
  file: string;
  /** Whether the document says that it is a file: then it has to be there. */
  isCertain: boolean;
  withAddress: (address: string) => string;
};

/** Finds the file that a document names as its picture; undefined for an address, and where there is none. Pure. */
export function namedFile(format: string, text: string): Named | undefined {
  if (format === "markdown") return inFrontMatter(text);
  // Most have none: YAML takes its time with a long text.
  return format === "json" && text.includes('"image"') ? inYaml(text, "", "") : undefined;
}

const FRONT_MATTER = /^(\u{feff}?---[ \t]*\r?\n)([^]*?)(?=^(?:---|\.\.\.)[ \t]*\r?$)/mu;

function inFrontMatter(text: string): Named | undefined {
  const [whole, fence, source] = FRONT_MATTER.exec(text) ?? [];
  if (whole === undefined || fence === undefined || source === undefined) return undefined;
  return text.startsWith(whole) ? inYaml(source, fence, text.slice(whole.length)) : undefined;
}

/** Looks into YAML, of which JSON is a part (YAML 1.2, section 1.3). */
function inYaml(source: string, before: string, after: string): Named | undefined {
  const { contents, errors } = parseDocument(source, { logLevel: "silent" });
  if (errors.length > 0 || !isMap(contents)) return undefined;
  const image = contents.items.find(({ key }) => isKey(key, "image"));
  const file = isMap(image?.value) ? image.value.items.find(({ key }) => isKey(key, "file")) : undefined;
  const pair: Pair | undefined = file ?? image;
  if (pair === undefined || !isScalar(pair.key) || !isScalar(pair.value)) return undefined;
  const { key, value } = pair;
  if (typeof value.value !== "string" || !key.range || !value.range) return undefined;
  if (file === undefined && !isPath(value.value)) return undefined;
  const [start, end] = value.range;
  const name = file === undefined ? source.slice(0, key.range[1]) : `${source.slice(0, key.range[0])}"url"`;
  const rest = source.slice(key.range[1], start);
  // A block scalar (YAML 1.2, section 8.1) has the ends of its lines within.
  const isBlock = value.type === Scalar.BLOCK_LITERAL || value.type === Scalar.BLOCK_FOLDED;
  const lineEnds = isBlock ? source.slice(start, end).replaceAll(/[^\r\n]/g, "") : "";
  return {
    file: value.value.trim(),
    isCertain: file !== undefined,
    withAddress: (address) =>
      `${before}${name}${rest}${JSON.stringify(address)}${lineEnds}${source.slice(end)}${after}`,
  };
}

function isKey(key: unknown, name: string): boolean {
  return isScalar(key) && key.value === name;
}

/** Whether a text may be a path from the document's folder: neither an address nor a path from the root of a site. */
function isPath(text: string): boolean {
  return !/^(?:[a-z][a-z\d+.-]*:|[/#?])/i.test(text) && text.trim() !== "";
}
