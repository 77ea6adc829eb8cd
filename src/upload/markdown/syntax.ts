/** GitHub's extensions of CommonMark, in time that is linear in a paragraph. Pure. */
import { gfm } from "micromark-extension-gfm";

type Extension = ReturnType<typeof gfm>;
type Constructs = NonNullable<NonNullable<Extension["text"]>[string]>;
type Construct = Exclude<Constructs, unknown[]>;
type Events = ThisParameterType<Construct["tokenize"]>["events"];

/** The brackets that a paragraph has opened so far, the last one last, each with its place among the events. */
type Brackets = { open: { token: Events[number][1]; at: number }[]; seen: number };

/**
 * The extensions by which an address becomes a link. Inside brackets that are open none does: the library looks for such a
 * bracket from every word back to the beginning, and so takes the square of a long paragraph. Here they are remembered: an
 * editor's note in brackets may be as long as any text.
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

/** Takes in the events that are new. A link that was closed has taken the place of its bracket and of what followed. */
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
    // The parser's own mark of a bracket that was closed and is mere text.
    const { _balanced: isClosed } = last.token;
    if (isClosed !== true) return true;
    open.pop();
  }
  return false;
}
