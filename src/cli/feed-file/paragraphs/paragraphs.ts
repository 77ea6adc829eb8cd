/** Blank lines → paragraphs, as WordPress shows a post without paragraph tags. Pure. */
import { type HtmlToken, htmlTokens } from "./html-tokens.ts";
import { Run, type Surroundings } from "./run.ts";

/** `lineEnds`: "break" turns each single line end into a `br`, as WordPress does; "space" leaves it as it is. */
export type ParagraphOptions = { lineEnds: "break" | "space" };

// Elements in which blank lines separate paragraphs, as they do outside of all elements.
const CONTAINERS = namesIn(
  "article aside blockquote body center dd details div fieldset footer form header li main map nav noscript section " +
    "td th",
);
// Elements that end a paragraph. Their own text stays as it is.
const STRUCTURE = namesIn(
  "address caption col colgroup dir dl dt figcaption figure frameset h1 h2 h3 h4 h5 h6 head hgroup hr html legend link " +
    "menu meta ol optgroup summary table tbody tfoot thead tr ul",
);
const VOID = namesIn("col hr link meta");
// Elements that stay as they are with their contents: those that end a paragraph, and those that may be in one.
const RAW_BLOCKS = namesIn("listing p pre style xmp");
const RAW_INLINE = namesIn("audio button iframe math object script select svg template textarea title video");
const BLANK_LINE = /\n[^\S\n]*\n\s*/;

/**
 * Wraps the runs between blank lines into paragraphs. Blocks, comments, preformatted text, scripts and existing
 * paragraphs stay as they are; so does a content of blocks (`<!-- wp:`), which has its paragraphs. A second time changes
 * nothing.
 */
export function paragraphsFromBlankLines(
  html: string,
  { lineEnds }: ParagraphOptions = { lineEnds: "space" },
): string {
  if (html.includes("<!-- wp:")) return html;
  return new Paragraphs(htmlTokens(html.replaceAll(/\r\n?/g, "\n")), lineEnds === "break").written();
}

class Paragraphs {
  readonly #tokens: readonly HtmlToken[];
  readonly #breaks: boolean;
  readonly #run: Run;
  /** The open blocks, and their number by name. */
  readonly #open: string[] = [];
  readonly #counts = new Map<string, number>();

  constructor(tokens: readonly HtmlToken[], breaks: boolean) {
    this.#tokens = tokens;
    this.#breaks = breaks;
    this.#run = new Run(breaks);
  }

  written(): string {
    const closed = closedParagraphs(this.#tokens);
    for (let at = 0; at < this.#tokens.length;) {
      const token = this.#tokens[at];
      if (token === undefined) break;
      const { kind, name, html } = token;
      const isOpening = kind === "open";
      if (kind === "text") this.#addText(html);
      else if (kind === "comment") this.#run.add("comment", html);
      else if (isOpening && name === "p" && closed[at] !== true) {
        this.#run.end(this.#surroundings());
        this.#run.startWith(html);
      } else if (isOpening && (RAW_BLOCKS.has(name) || RAW_INLINE.has(name))) {
        at = this.#writeElement(at, name);
        continue;
      } else if (name === "br") {
        at = this.#addBreaks(at);
        continue;
      } else if (isBlock(name)) this.#writeBlockTag(token);
      else this.#run.add(name === "img" ? "picture" : "tag", html);
      at++;
    }
    this.#run.end(this.#surroundings());
    return this.#run.written();
  }

  #surroundings(): Surroundings {
    const name = this.#open.at(-1);
    if (name === undefined) return "root";
    return CONTAINERS.has(name) ? "container" : "structure";
  }

  #addText(text: string): void {
    if (this.#surroundings() === "structure") {
      this.#run.add("text", text);
      return;
    }
    text.split(BLANK_LINE).forEach((piece, index) => {
      if (index > 0) this.#run.endAtBlankLine(this.#surroundings());
      this.#run.add("text", piece);
    });
  }

  #writeBlockTag({ kind, name, html }: HtmlToken): void {
    this.#run.end(this.#surroundings());
    this.#run.write(html);
    const count = this.#counts.get(name) ?? 0;
    if (kind === "open") {
      if (VOID.has(name)) return;
      this.#open.push(name);
      this.#counts.set(name, count + 1);
    } else if (count > 0) {
      // The blocks that are open within it end with it.
      let ended: string | undefined;
      do {
        ended = this.#open.pop() ?? name;
        this.#counts.set(ended, (this.#counts.get(ended) ?? 1) - 1);
      } while (ended !== name);
    }
  }

  /** @returns the index after the element, or the end of the tokens if the element doesn't end */
  #writeElement(at: number, name: string): number {
    let next = at + 1;
    for (let isInside = true; isInside && next < this.#tokens.length; next++) {
      const token = this.#tokens[next];
      isInside = token?.kind !== "close" || token.name !== name;
    }
    const html = this.#tokens
      .slice(at, next)
      .map((token) => token.html)
      .join("");
    if (RAW_INLINE.has(name)) this.#run.add(name === "script" ? "comment" : "raw", html);
    else {
      this.#run.end(this.#surroundings());
      this.#run.write(html);
    }
    return next;
  }

  /** @returns the index after one break, or after several in a row, which separate paragraphs as a blank line does */
  #addBreaks(at: number): number {
    let next = at + 1;
    const end = this.#breaks && this.#surroundings() !== "structure" ? this.#tokens.length : next;
    for (let ahead = next; ahead < end; ahead++) {
      const token = this.#tokens[ahead];
      if (token?.name === "br") next = ahead + 1;
      else if (token?.kind !== "text" || token.html.trim() !== "") break;
    }
    if (next > at + 1) this.#run.endAtBlankLine(this.#surroundings());
    else this.#run.add("break", this.#tokens[at]?.html ?? "");
    return next;
  }
}

function isBlock(name: string): boolean {
  return CONTAINERS.has(name) || STRUCTURE.has(name) || RAW_BLOCKS.has(name);
}

/** Whether each `p` tag has an end tag before another tag ends the paragraph; by index. */
function closedParagraphs(tokens: readonly HtmlToken[]): boolean[] {
  const closed: boolean[] = [];
  let isClosed = false;
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token === undefined || token.kind === "text" || token.kind === "comment") continue;
    if (token.name === "p" && token.kind === "open") closed[at] = isClosed;
    if (isBlock(token.name)) isClosed = token.name === "p" && token.kind === "close";
  }
  return closed;
}

function namesIn(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
