/**
 * The fields by which documents say who may see them and when, each with what it asks for: what was not public elsewhere
 * must not become public here. Pure.
 */
import type { Instant } from "../../article/article.ts";
import { excerptOf, type Findings, type Issue } from "../issue.ts";
import { isMembers, type Members } from "./members.ts";
import type { Layout } from "./reading.ts";
import { readTime } from "../time/time.ts";
import { type Visibility, visibilityOf } from "./visibility.ts";

/** What the signs of a document ask for together. */
export type Visible = {
  isDraft: boolean;
  /** No reader may see the article before; undefined where no sign says so. */
  notBefore: Instant | undefined;
  /** It leaves the feeds then; undefined where no sign says so. */
  notAfter: Instant | undefined;
};

/** How a field speaks. Every kind but a password's may also hold one of the words that `visibilityOf` knows. */
type Sign =
  /** Yes or no. One that may be a time says by it when the article may be seen first. */
  | { kind: "flag"; yes: Visibility; no: Visibility; mayBeTime?: true }
  | { kind: "word" }
  /** A word too, where it is one: it may also say where something lies. */
  | { kind: "state" }
  | { kind: "not-before" }
  | { kind: "not-after" }
  /** A password, or whatever else guards the document. */
  | { kind: "guard" }
  /** Whether and where a site generator puts the document out. */
  | { kind: "output" };

// By their names without case, hyphens and underscores. Jekyll, Hugo, Zola, Eleventy, Hexo, Grav, Nikola, Pelican, Statamic,
// Ghost, WordPress and Superdesk have them, or those who write for them.
const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ...named({ kind: "flag", yes: "draft", no: "public" }, [
    "draft isdraft private isprivate hidden ishidden unlisted isunlisted protected isprotected headless archived",
    "eleventyexcludefromcollections membersonly",
  ]),
  ...named({ kind: "flag", yes: "public", no: "draft", mayBeTime: true }, [
    "published ispublished publish public ispublic visible isvisible live listed enabled",
  ]),
  ...named({ kind: "flag", yes: "gone", no: "public" }, ["deleted isdeleted trashed spiked withdrawn"]),
  ...named({ kind: "flag", yes: "scheduled", no: "public", mayBeTime: true }, ["scheduled isscheduled"]),
  // Under an embargo until nobody knows when: only a time, here or in another sign, sets it free.
  ...named({ kind: "flag", yes: "draft", no: "public", mayBeTime: true }, [
    "embargo embargoed isembargoed embargodate embargotime embargountil embargoeduntil underembargo",
  ]),
  ...named({ kind: "word" }, ["status poststatus publicationstatus contentstatus pubstatus visibility"]),
  ...named({ kind: "state" }, ["state"]),
  ...named({ kind: "not-before" }, [
    "publishdate publishon publishat publishafter publishschedule publishedat publishedon publisheddate pubdate",
    "scheduledat scheduledfor scheduledon releasedate availablefrom visiblefrom golive golivedate",
  ]),
  ...named({ kind: "not-after" }, [
    "expirydate expiry expirationdate expireat expiresat expireson unpublishdate unpublishat unpublishon validuntil",
    "availableuntil visibleuntil",
  ]),
  ...named({ kind: "guard" }, ["password postpassword"]),
  ...named({ kind: "output" }, ["build permalink"]),
]);

const EMBARGO = /^(?:is|under)?embargo/;

/** The keys of a document that say who may see it, as they are written. */
export function visibilityKeys(members: Members): string[] {
  return Object.keys(members).filter((key) => SIGNS.has(foldedKey(key)));
}

/**
 * Reads every sign of a document's visibility.
 * @param except the keys, folded, of signs that the document's format reads by itself
 * @param found takes a warning for each that keeps the document a draft, and an issue for each that can't be honoured
 */
export function readVisibility(
  members: Members,
  layout: Layout,
  found: Findings,
  except: readonly string[] = [],
): Visible {
  const asked = visibilityKeys(members)
    .filter((key) => !except.includes(foldedKey(key)))
    .map((key) => ({ key, asks: askedBy(foldedKey(key), members[key]) }));
  const times = asked.flatMap(({ asks }) => (typeof asks === "object" ? [asks] : []));
  const notBefore = times.flatMap((time) => ("notBefore" in time ? [time.notBefore] : []));
  const notAfter = times.flatMap((time) => ("notAfter" in time ? [time.notAfter] : []));
  let isDraft = false;
  for (const { key, asks } of asked) {
    // The time at which an embargo ends stands in another field.
    const isTimed = notBefore.length > 0 && isEmbargo(key, members[key]);
    if (asks === "draft" && !isTimed) {
      isDraft = true;
      if (!isOurs(key)) found.warnings.push(remark("kept-as-draft", key, members, layout));
    }
    if (asks === "gone") found.issues.push(remark("not-for-readers", key, members, layout));
    if (asks === undefined) found.issues.push(remark("unknown-visibility", key, members, layout));
  }
  return {
    isDraft,
    notBefore: notBefore.length === 0 ? undefined : Math.max(...notBefore),
    notAfter: notAfter.length === 0 ? undefined : Math.min(...notAfter),
  };
}

type Asks = Visibility | { notBefore: Instant } | { notAfter: Instant } | undefined;

/** @returns undefined for what Dateline can't read, and so can't honour */
function askedBy(name: string, value: unknown): Asks {
  const sign = SIGNS.get(name);
  if (sign === undefined || value === null || value === "") return "public";
  if (sign.kind === "guard") return value === false ? "public" : "draft";
  if (sign.kind === "output") return isPutOut(value) ? "public" : "draft";
  if (typeof value !== "string" && typeof value !== "boolean" && typeof value !== "number") return undefined;
  const text = String(value).trim();
  if (sign.kind === "state") return visibilityOf(text) ?? "public";
  const word = text.toLowerCase();
  const isYes = YES.has(word);
  if (sign.kind === "flag" && (isYes || NO.has(word))) return isYes ? sign.yes : sign.no;
  const time = sign.kind === "word" || (sign.kind === "flag" && !sign.mayBeTime) ? undefined : readTime(text);
  if (time?.ok) return sign.kind === "not-after" ? { notAfter: time.instant } : { notBefore: time.instant };
  return visibilityOf(word);
}

/** Hugo's `build: { render: never, list: local }`, Eleventy's `permalink: false`. */
function isPutOut(value: unknown): boolean {
  const words = (isMembers(value) ? Object.values(value) : [value]).map((each) => String(each).toLowerCase());
  return !words.some((word) => ["false", "never", "local", "link"].includes(word));
}

const YES = new Set(["true", "yes", "on", "y", "1"]);
const NO = new Set(["false", "no", "off", "n", "0"]);

/** Whether a sign says that there is an embargo, by its name or by its word. */
function isEmbargo(key: string, value: unknown): boolean {
  return EMBARGO.test(foldedKey(key)) || value === "embargoed";
}

/** `draft` is Dateline's own: who writes it needs no word about it. */
function isOurs(key: string): boolean {
  return key === "draft";
}

function foldedKey(key: string): string {
  return key.toLowerCase().replaceAll(/[-_]/g, "");
}

function named(sign: Sign, lines: readonly string[]): [string, Sign][] {
  return lines.flatMap((line) => line.split(" ").map((name): [string, Sign] => [name, sign]));
}

const DETAIL = {
  "kept-as-draft": "This says that not every reader may see the document: it is kept as a draft.",
  "not-for-readers": "This says that the document was taken back: it can’t become an article.",
  "unknown-visibility":
    "This says who may see the document, or when, in a way that Dateline can’t honour: say it with “draft”, “date_published” or “expires”.",
};

function remark(reason: keyof typeof DETAIL, key: string, members: Members, layout: Layout): Issue {
  const value = members[key];
  const isText = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  // A password is nobody's business.
  const isSecret = SIGNS.get(foldedKey(key))?.kind === "guard";
  const found = isSecret ? key : `${key}: ${isText ? String(value) : "{…}"}`;
  return {
    ...layout.placeOf([key]),
    field: "status",
    reason,
    detail: DETAIL[reason],
    found: excerptOf(found),
  };
}
