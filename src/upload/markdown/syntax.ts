/** GitHub's extensions of CommonMark, in time that is linear in the length of a paragraph. Pure. */
import { gfm } from "micromark-extension-gfm";

type Extension = ReturnType<typeof gfm>;
type Constructs = NonNullable<NonNullable<Extension["text"]>[string]>;
type Construct = Exclude<Constructs, unknown[]>;
type Events = ThisParameterType<Construct["tokenize"]>["events"];

/** The brackets that a paragraph has open, in order, each with its index among the events. */
type Brackets = { open: { token: Events[number][1]; at: number }[]; seen: number };

/**
 * Returns the extensions, changed so that an address inside open brackets doesn't become a link. From every word the
 * library looks for such a bracket back to the beginning, which takes the square of a long paragraph. Here the open
 * brackets are remembered: an editor's note in brackets may be as long as any text.
 */
export function githubSyntax(): Extension {
  const extension = gfm();
  const paragraphs = new WeakMap<Events, Brackets>();
  const isInBrackets = (events: Events): boolean => {
    const brackets = paragraphs.get(events) ?? { open: [], seen: 0 };
    paragraphs.set(events, brackets);
    return hasOpen(brackets, events);
  };
  const outside = (construct: Construct): Construct =>
    construct.name?.endsWith("Autolink") === true
      ? {
          ...construct,
          tokenize(effects, ok, nok) {
            return isInBrackets(this.events) ? nok : construct.tokenize.call(this, effects, ok, nok);
          },
        }
      : construct;
  const text = Object.entries(extension.text ?? {}).map(([code, constructs]): [string, Construct[]] => [
    code,
    [constructs ?? []].flat().map(outside),
  ]);
  return { ...extension, text: Object.fromEntries(text) };
}

/**
 * Whether a bracket is open, after the new events. A link that was closed has replaced its bracket and what followed
 * it.
 */
function hasOpen(brackets: Brackets, events: Events): boolean {
  const { open } = brackets;
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    if (events[last.at]?.[1] === last.token) break;
    brackets.seen = Math.min(brackets.seen, last.at);
    open.pop();
  }
  for (let at = brackets.seen; at < events.length; at++) {
    const [kind, token] = events[at] ?? [];
    const isBracket = token?.type === "labelLink" || token?.type === "labelImage";
    if (kind === "enter" && token !== undefined && isBracket) open.push({ token, at });
  }
  brackets.seen = events.length;
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    // The parser marks a bracket that was closed and is mere text.
    const { _balanced: isClosed } = last.token;
    if (isClosed !== true) return true;
    open.pop();
  }
  return false;
}
