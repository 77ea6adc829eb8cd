/** The record of an article in a copy → an article that an upload could have made, or every reason why not. Pure. */
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
// What a person would still read.
const MAX_REPORTED = 20;
// The bodies are cleaned, as they are when they are uploaded: every other text is on one line, or refused.
const BODIES: ReadonlySet<string | number> = new Set(["html", "text"]);

/** @param copied what stands in the line */
export function readCopiedArticle(
  copied: unknown,
): { ok: true; article: Article } | { ok: false; issues: Issue[] } {
  const read = v.safeParse(ArticleSchema, copied, { abortPipeEarly: true });
  if (!read.success) return { ok: false, issues: flawsOf(read.issues, AT) };
  const { html, text } = read.output;
  // In the order of the schema, so that one article has one text.
  const article = { ...read.output, html: withoutForbidden(html), text: withoutForbidden(text) };
  const issues = [
    ...boundIssuesOfCopy(article),
    ...textsIn(article, []).flatMap(([keys, found]) => forbidden(keys, found)),
    ...lateTimes(article),
    ...(isLanguage(article.language) ? [] : [flaw(["language"], article.language)]),
  ];
  return issues.length > 0 ? { ok: false, issues: issues.slice(0, MAX_REPORTED) } : { ok: true, article };
}

/** What is more than an article may have, each with its JSON Pointer. */
export function boundIssuesOfCopy(article: Article): Issue[] {
  return excessesOf(article).map((excess) => excessIssue(excess, { path: pointerTo(...AT, ...excess.keys) }));
}

/** What a schema found wrong in a line, each with its JSON Pointer. @param at where in the line the value stands */
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
    detail: "No Dateline writes this: it is not what stands here in a copy.",
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

/** The times that a document gives; the Desk's own may lie a little later. */
function lateTimes({ published, dateline, expires }: Article): Issue[] {
  return Object.entries({ published, dateline, expires }).flatMap(([key, instant]) =>
    instant === undefined || instant <= LATEST ? [] : [flaw([key], instant)],
  );
}
