/** Names of people in feeds and by-lines, without their e-mail addresses, which never become public. Pure. */
import { excerptOf, type Issue, type IssueField, type Place } from "./issue.ts";
import { cleanLine, onOneLine } from "./paragraphs.ts";

/** A name, undefined where the text was an address alone; and whether there was an address. */
export type Named = { name: string | undefined; hadAddress: boolean };

// Characters that no local part and no domain has unless it is quoted (RFC 5322, section 3.2.3), and their
// counterparts in East Asia and in Arabic; but not the colon, which `mailto:` has.
const TOKEN = /[\s<>()[\],;"（）［］＜＞【】，；、،؛]|[^\s<>()[\],;"（）［］＜＞【】，；、،؛]+/gu;
const CLOSERS: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  [">", "<"],
  ["）", "（"],
  ["］", "［"],
  ["＞", "＜"],
  ["】", "【"],
]);
const OPENERS: ReadonlySet<string> = new Set(CLOSERS.values());
// Any width: input methods of East Asia write U+FF20.
const AT = /[@＠﹫]/u;
// HTML's references to the @, and blanks around one before a text that can only be a domain.
const WRITTEN_OUT = /&(?:#0{0,5}64|#x0{0,5}40|commat);?/giu;
const APART = /[ \t]?@[ \t](?=[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})*\.\p{L}{2,63})/gu;
const SPEAKS = /[\p{L}\p{N}\p{So}]/u;
// Characters between a name and an address that are left over when the address goes.
const LEFT_OVER = new Set(" ,;:|/&+-–—•·，；：、،؛");
const QUOTED = /^"([^"\\]*(?:\\.[^"\\]*)*)"$/su;
const BY = /^\s*by(?:\s*:\s*|\s+)(?=\S)/iu;

/**
 * Takes the name out of the text that names an author: `addr (Name)` as in RSS 2.0, `Name <addr>` and `"Name" <addr>`
 * as in mail (RFC 5322, section 3.4), or a name beside an address. A name alone stays as it is written. A text that
 * lists several people is one name.
 */
export function nameFrom(text: string): Named {
  const { left, hadAddress } = withoutAddresses(text);
  if (!hadAddress) return { name: text.trim() || undefined, hadAddress };
  const name = unquoted(trimmed(withoutDoubles(onOneLine(withoutEmptyBrackets(left)))));
  // Where brackets went, what stood around them may read as an address.
  const isName = SPEAKS.test(name) && !withoutAddresses(name).hadAddress;
  return { name: isName ? name : undefined, hadAddress };
}

/** The tokens of a text that are no addresses, and whether there were others. */
function withoutAddresses(text: string): { left: string[]; hadAddress: boolean } {
  const written = text.replaceAll(WRITTEN_OUT, "@").replaceAll(APART, "@").match(TOKEN) ?? [];
  const left = written.filter((token, index) => !isAddress(token, written[index - 1]));
  return { left, hadAddress: left.length < written.length };
}

/** A by-line without the `By ` before its names. */
export function withoutBy(text: string): string {
  return text.replace(BY, "");
}

/**
 * The name of a person on one clean line; undefined where there is none.
 * @param warnings takes a warning about what was removed: an address, or the whole person
 * @param field the part of the article that names the person
 */
export function cleanName(
  text: string,
  place: Place,
  warnings: Issue[],
  field: IssueField = "authors",
): string | undefined {
  const line = cleanLine(text, place, warnings);
  const { name, hadAddress } = nameFrom(line);
  if (hadAddress) warnings.push(removedAddress(line, place, field, name !== undefined));
  return name;
}

function removedAddress(line: string, place: Place, field: IssueField, hasName: boolean): Issue {
  return {
    ...place,
    field,
    reason: hasName ? "email-removed" : "person-without-name",
    detail: hasName
      ? "The e-mail address was removed: only the name becomes public."
      : "This person was left out: the field has an e-mail address and no name, and addresses never become public.",
    found: excerptOf(line),
  };
}

/** `@jane` is a name in a network. After a quote it is the domain of a quoted local part. */
function isAddress(token: string, before: string | undefined): boolean {
  if (/mailto:/iu.test(token)) return true;
  const at = token.slice(1).search(AT);
  return at >= 0 || (before === '"' && token.length > 1 && token.search(AT) === 0);
}

type Bracket = { bracket: string; at: number; speaks: boolean };

/**
 * Drops brackets that hold nothing or have no partner. Where no text stands outside of brackets, their content
 * remains: the comment after an address is the name.
 */
function withoutEmptyBrackets(tokens: readonly string[]): string {
  const kept: string[] = [];
  const outer: Bracket = { bracket: "", at: 0, speaks: false };
  const open: Bracket[] = [];
  const outermost: [number, string][] = [];
  for (const token of tokens) {
    const group = open.at(-1) ?? outer;
    if (OPENERS.has(token)) {
      open.push({ bracket: token, at: kept.push(token) - 1, speaks: false });
    } else if (!CLOSERS.has(token)) {
      kept.push(token);
      group.speaks ||= SPEAKS.test(token);
    } else if (group.bracket !== CLOSERS.get(token)) {
      kept.push(" ");
    } else {
      open.pop();
      if (!group.speaks) kept.length = group.at;
      else if (open.length === 0) outermost.push([group.at, " "], [kept.length, ", "]);
      kept.push(group.speaks ? token : " ");
      const around = open.at(-1);
      if (around !== undefined) around.speaks ||= group.speaks;
    }
  }
  for (const { at } of open) kept[at] = " ";
  const isOutside = outer.speaks || open.some(({ speaks }) => speaks);
  if (!isOutside) for (const [at, blank] of outermost) kept[at] = blank;
  return kept.join("");
}

/** Keeps the first of several commas in a row. */
function withoutDoubles(line: string): string {
  return line.replaceAll(/(?: ?[,;，；、،؛])+/gu, (run) => run.trimStart().charAt(0));
}

/** Removes left-over punctuation at both ends; a full stop may end a name. */
function trimmed(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && LEFT_OVER.has(line[start] ?? "")) start++;
  while (end > start && LEFT_OVER.has(line[end - 1] ?? "")) end--;
  return line.slice(start, end);
}

function unquoted(name: string): string {
  const quoted = QUOTED.exec(name)?.[1];
  return quoted === undefined ? name : onOneLine(quoted.replaceAll(/\\(.)/gsu, "$1"));
}
