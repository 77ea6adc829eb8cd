/**
 * Balances the controls of writing direction in a text (Unicode, UAX #9): a control that a line leaves open turns
 * round everything that a reader's software shows after it. No I/O.
 */
import { named } from "./characters.ts";

// UAX #9, sections 2.1 to 2.5: embeddings and overrides, which PDF closes; isolates, which PDI closes. The marks of
// section 2.6 (U+200E, U+200F, U+061C) open nothing.
const CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
const LEFT_TO_RIGHT_ISOLATE = "\u2066";
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_DIRECTIONAL_FORMATTING = "\u202C";
const POP_DIRECTIONAL_ISOLATE = "\u2069";

/** A control and its index in the text. */
export type Control = { control: string; at: number };

/** Whether a character opens or closes a direction. */
export function isDirectionControl(character: string): boolean {
  return (character >= "\u202A" && character <= "\u202E") || (character >= "\u2066" && character <= "\u2069");
}

/**
 * Applies the next control of a text whose isolates are matched (UAX #9, rules X2 to X7). A PDI also closes the
 * embeddings inside its isolate; a PDF inside an isolate closes nothing outside of it.
 * @param open the controls before it that are still open; it is changed
 * @returns how many of them the control closes
 */
export function follow(open: Control[], next: Control): number {
  const before = open.length;
  if (!isClosing(next)) {
    open.push(next);
    return 0;
  }
  if (next.control === POP_DIRECTIONAL_ISOLATE) {
    open.length = Math.max(0, open.findLastIndex(isIsolate));
  } else if (before > 0 && !isIsolate(open.at(-1))) {
    open.pop();
  }
  return before - open.length;
}

/**
 * Removes the controls that have no partner from one paragraph. Pairs stay, and so does everything else.
 * @returns a balanced text, which doesn't change when the function is called with it
 */
export function withoutStrayDirections(text: string): string {
  const stray = new Set(strayIn(text).map(({ at }) => at));
  return stray.size === 0
    ? text
    : text.replace(CONTROLS, (control, at: number) => (stray.has(at) ? "" : control));
}

/** The distinct controls that `withoutStrayDirections` removes, as `U+202E`. */
export function strayDirectionsIn(text: string): string[] {
  return named(strayIn(text).map(({ control }) => control));
}

/** `text` without any control of direction. */
export function withoutDirections(text: string): string {
  return text.replace(CONTROLS, "");
}

function strayIn(text: string): Control[] {
  // Most texts have no control, and a document has very many texts.
  if (text.search(CONTROLS) < 0) return [];
  const controls = Array.from(text.matchAll(CONTROLS), ({ 0: control, index }) => ({ control, at: index }));
  const unmatched = unmatchedIsolates(controls);
  const isUnmatched = new Set(unmatched.map(({ at }) => at));
  const open: Control[] = [];
  const idle = controls.filter((next) => {
    if (isUnmatched.has(next.at)) return false;
    return follow(open, next) === 0 && isClosing(next);
  });
  return [...unmatched, ...idle, ...open].toSorted((one, other) => one.at - other.at);
}

/** Isolates and PDIs are matched regardless of the embeddings between them (UAX #9, BD9). */
function unmatchedIsolates(controls: readonly Control[]): Control[] {
  const open: Control[] = [];
  const idle: Control[] = [];
  for (const next of controls) {
    if (isIsolate(next)) open.push(next);
    else if (next.control === POP_DIRECTIONAL_ISOLATE && open.pop() === undefined) idle.push(next);
  }
  return [...idle, ...open];
}

function isIsolate(control: Control | undefined): boolean {
  return (
    control !== undefined &&
    control.control >= LEFT_TO_RIGHT_ISOLATE &&
    control.control <= FIRST_STRONG_ISOLATE
  );
}

function isClosing({ control }: Control): boolean {
  return control === POP_DIRECTIONAL_FORMATTING || control === POP_DIRECTIONAL_ISOLATE;
}
