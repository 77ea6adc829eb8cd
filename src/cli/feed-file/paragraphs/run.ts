/** A run: text and inline markup between two blocks or blank lines; and the HTML that was written before it. Pure. */

type Part = { kind: "text" | "tag" | "picture" | "break" | "comment" | "raw"; html: string };

/** The place of a run. "structure": an element in which no paragraph may be. */
export type Surroundings = "root" | "container" | "structure";

const SPACES = /^(?:&nbsp;|&#160;|&#xa0;|\s)*$/i;

export class Run {
  #parts: Part[] = [];
  #written: string[] = [];
  #isAfterBlankLine = false;
  /** Whether only white space was written since the last line end. */
  #isAtLineStart = false;
  #opening: string | undefined;
  readonly #breaks: boolean;

  /** @param breaks whether a line end in a run is a `br` */
  constructor(breaks: boolean) {
    this.#breaks = breaks;
  }

  add(kind: Part["kind"], html: string): void {
    if (html !== "") this.#parts.push({ kind, html });
  }

  /** Writes HTML between runs, as it is. */
  write(html: string): void {
    this.#written.push(html);
    this.#isAtLineStart = /\n[^\S\n]*$/.test(html) || (this.#isAtLineStart && html.trim() === "");
  }

  /** Sets the start tag of the next run, a `p` that had no end tag. */
  startWith(tag: string): void {
    this.#opening = tag;
  }

  end(around: Surroundings): void {
    this.#end(around, false);
    this.#isAfterBlankLine = false;
  }

  endAtBlankLine(around: Surroundings): void {
    this.#end(around, true);
    this.#isAfterBlankLine = true;
    this.#writeSpace("\n");
  }

  written(): string {
    return this.#written.join("");
  }

  #end(around: Surroundings, isAtBlankLine: boolean): void {
    const parts = this.#parts;
    this.#parts = [];
    const hasContent = parts.some(
      ({ kind, html }) => kind === "picture" || (kind === "text" && !SPACES.test(html)),
    );
    if (!hasContent || around === "structure") {
      if (!isAtBlankLine) this.#writeOpening();
      // A line with only a no-break space is a blank line, too.
      const isBlank = around === "root" && parts.every(({ kind }) => kind === "text");
      for (const { html } of parts) {
        if (around === "structure") this.write(html);
        else this.#writeSpace(isBlank && html.trim() !== "" ? "\n" : html);
      }
      return;
    }
    const start = parts.findIndex(isNotSpace);
    const end = parts.findLastIndex(isNotSpace) + 1;
    const isParagraph =
      around === "root" || this.#opening !== undefined || isAtBlankLine || this.#isAfterBlankLine;
    // Breaks at the ends of a paragraph are dropped.
    const outside = (part: Part): string => (isParagraph && part.kind === "break" ? "" : part.html);
    for (const part of parts.slice(0, start)) this.#writeSpace(outside(part));
    const content = this.#content(parts.slice(start, end));
    const [before, inside, after] = trimmed(content);
    this.#writeSpace(before);
    this.write(isParagraph ? `${this.#opening ?? "<p>"}${inside}</p>` : inside);
    this.#opening = undefined;
    this.#writeSpace(after);
    for (const part of parts.slice(end)) this.#writeSpace(outside(part));
  }

  #writeOpening(): void {
    if (this.#opening !== undefined) this.write(this.#opening);
    this.#opening = undefined;
  }

  /** Writes HTML, but without the line ends at its start that would make a blank line. */
  #writeSpace(html: string): void {
    const rest = html.trimStart();
    const space = html.slice(0, html.length - rest.length);
    const kept = this.#isAtLineStart ? space.slice(space.lastIndexOf("\n") + 1) : space;
    if (kept + rest !== "") this.write(kept + rest);
  }

  #content(parts: readonly Part[]): string {
    return parts
      .map(({ kind, html }, at) => {
        if (kind !== "text" || !this.#breaks) return html;
        const isAfterText = isBroken(parts[at - 1]);
        const isBeforeText = isBroken(parts[at + 1]);
        if (html.trim() === "") return isAfterText && isBeforeText ? withBreaks(html) : html;
        const [before, inside, after] = trimmed(html);
        return (
          (isAfterText ? withBreaks(before) : before) +
          withBreaks(inside) +
          (isBeforeText ? withBreaks(after) : after)
        );
      })
      .join("");
  }
}

/** Whether a line end beside this part is a break: not at the ends of the run, nor beside comments and breaks. */
function isBroken(neighbour: Part | undefined): boolean {
  return neighbour !== undefined && neighbour.kind !== "break" && neighbour.kind !== "comment";
}

function withBreaks(text: string): string {
  return text.replaceAll("\n", "<br>\n");
}

function isNotSpace({ kind, html }: Part): boolean {
  return kind !== "break" && (kind !== "text" || html.trim() !== "");
}

/** Splits a text: its white space before, the text between, and its white space after. */
function trimmed(text: string): [string, string, string] {
  const end = text.trimEnd();
  const inside = end.trimStart();
  return [end.slice(0, end.length - inside.length), inside, text.slice(end.length)];
}
