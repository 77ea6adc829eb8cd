/** Reads an article's record in a copy: an article that an upload could have made, or every reason why not. Pure. */
import * as v from "valibot";
import type { Article } from "../../article/article.ts";
import { excessesOf } from "../../article/bounds.ts";
import { forbiddenIn, withoutForbidden } from "../../article/characters.ts";
import { LATEST } from "../../article/instant.ts";
import { isLanguage } from "../../article/language.ts";
import { ArticleSchema } from "../../store/records.ts";
import { excessIssue, partOf } from "../../upload/bounds.ts";
import { isMembers } from "../../upload/fields/members.ts";
import { pointerTo } from "../../upload/fields/json-pointer.ts";
import { excerptOf, type Issue } from "../../upload/issue.ts";

type Keys = readonly (string | number)[];

const AT: Keys = ["revision", "article"];
// A person reads no more of them.
const MAX_REPORTED = 20;
// Forbidden characters are removed from the bodies, as in an upload. In every other text they are refused.
const BODIES: ReadonlySet<string | number> = new Set(["html", "text"]);

/** @param copied the value in the line, of any shape */
export function readCopiedArticle(
  copied: unknown,
): { ok: true; article: Article } | { ok: false; issues: Issue[] } {
  const read = v.safeParse(ArticleSchema, copied, { abortPipeEarly: true });
  if (!read.success) return { ok: false, issues: flawsOf(read.issues, AT) };
  const { html, text } = read.output;
  // Members in the order of the schema: the same article must always become the same record.
  const article = { ...read.output, html: withoutForbidden(html), text: withoutForbidden(text) };
  const issues = [
    ...boundIssuesOfCopy(article),
    ...textsIn(article, []).flatMap(([keys, found]) => forbidden(keys, found)),
    ...lateTimes(article),
    ...(isLanguage(article.language) ? [] : [flaw(["language"], article.language)]),
  ];
  return issues.length > 0 ? { ok: false, issues: issues.slice(0, MAX_REPORTED) } : { ok: true, article };
}

/** An issue for each limit that an article exceeds, with its JSON Pointer. */
export function boundIssuesOfCopy(article: Article): Issue[] {
  return excessesOf(article).map((excess) => excessIssue(excess, { path: pointerTo(...AT, ...excess.keys) }));
}

/** The issues that a schema found in a line, each with its JSON Pointer. @param at the path of the value in the line */
export function flawsOf(found: readonly v.BaseIssue<unknown>[], at: Keys): Issue[] {
  return found.slice(0, MAX_REPORTED).map((issue) => {
    const keys = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    return flaw(keys, issue.input, at);
  });
}

function flaw(keys: Keys, input: unknown, at: Keys = AT): Issue {
  return {
    path: pointerTo(...at, ...keys),
    field: partOf(keys[0]),
    reason: "unreadable-record",
    detail: "This isn't what an export has here.",
    found: typeof input === "string" || typeof input === "number" ? excerptOf(String(input)) : "",
  };
}

function textsIn(value: unknown, keys: Keys): [Keys, string][] {
  if (typeof value === "string") return [[keys, value]];
  if (Array.isArray(value)) {
    return value.flatMap((member: unknown, index) => textsIn(member, [...keys, index]));
  }
  if (!isMembers(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...keys, key]));
}

function forbidden(keys: Keys, text: string): Issue[] {
  const characters = BODIES.has(keys[0] ?? "") ? [] : forbiddenIn(text);
  if (characters.length === 0) return [];
  return [
    {
      path: pointerTo(...AT, ...keys),
      field: partOf(keys[0]),
      reason: "forbidden-characters",
      detail: "This has characters that no feed can carry.",
      found: excerptOf(characters.join(" ")),
    },
  ];
}

/** Issues for times that lie too late. Those that the Desk sets itself may be a little later. */
function lateTimes({ published, dateline, expires }: Article): Issue[] {
  return Object.entries({ published, dateline, expires }).flatMap(([key, instant]) =>
    instant === undefined || instant <= LATEST ? [] : [flaw([key], instant)],
  );
}
