/**
 * The fields by which documents say who may see them and when, each with what it asks for: what was not public elsewhere
 * must not become public here. Pure.
 */
import type { Instant } from "../../article/article.ts";
import { readTime } from "../time/time.ts";
import { isMembers } from "./members.ts";
import { type Visibility, visibilityOf } from "./visibility.ts";

/** How a field speaks. Every kind but a guard and an output may also hold one of the words that `visibilityOf` knows. */
type Sign =
  /** Yes or no. One that may be a time says by it when the article may be seen first. */
  | { kind: "flag"; yes: Visibility; no: Visibility; mayBeTime?: true }
  | { kind: "word" }
  /** A word, unless it is the code of a place, such as `CA`. */
  | { kind: "state" }
  /** Readers of any description: only a word that is known keeps others out. */
  | { kind: "audience" }
  | { kind: "not-before" }
  | { kind: "not-after" }
  /** A password, or whatever else guards the document. */
  | { kind: "guard" }
  /** When the document was taken back: it doesn't matter when. */
  | { kind: "gone-since" }
  /** Whether and where a site generator puts the document out. */
  | { kind: "output" };

const EMBARGO: Sign = { kind: "flag", yes: "draft", no: "public", mayBeTime: true };
// Whatever an embargo's field is called: `embargoed`, `embargo_until`, `embargoLiftsAt`.
const EMBARGO_NAME = /^(?:is|under)?embargo/;

// By their names without case, hyphens and underscores. Jekyll, Hugo, Zola, Eleventy, Hexo, Grav, Nikola, Pelican, Statamic,
// Ghost, WordPress and Superdesk have them, or those who write for them.
const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ...signsNamed({ kind: "flag", yes: "draft", no: "public" }, [
    "draft isdraft private isprivate hidden ishidden unlisted isunlisted protected isprotected headless archived",
    "unpublished restricted internal confidential membersonly subscribersonly premium paywall paywalled withheld disabled",
    "wip onhold notforpublication markedfornotpublication eleventyexcludefromcollections",
  ]),
  ...signsNamed({ kind: "flag", yes: "public", no: "draft", mayBeTime: true }, [
    "published ispublished publish public ispublic visible isvisible listed enabled active isactive online",
    "isaccessibleforfree",
  ]),
  ...signsNamed({ kind: "flag", yes: "gone", no: "public" }, [
    "deleted isdeleted trashed spiked killed removed retracted withdrawn recalled canceled cancelled expired isexpired",
  ]),
  ...signsNamed({ kind: "flag", yes: "scheduled", no: "public", mayBeTime: true }, [
    "scheduled isscheduled schedule",
  ]),
  ...signsNamed({ kind: "word" }, [
    "status poststatus wpstatus publicationstatus contentstatus pubstatus workflowstate visibility postvisibility privacy",
    "access",
  ]),
  ...signsNamed({ kind: "audience" }, ["audience"]),
  ...signsNamed({ kind: "state" }, ["state"]),
  ...signsNamed({ kind: "not-before" }, [
    "publishdate publishtime publishon publishat publishafter publishfrom publishschedule publishedat publishedon",
    "publisheddate publishedfrom publicationdate pubdate scheduledat scheduledfor scheduledon scheduleddate releasedate",
    "availablefrom visiblefrom golive golivedate goliveat liveat liveon publishup scheduledtime notbefore",
  ]),
  ...signsNamed({ kind: "not-after" }, [
    "expirydate expiry expirationdate expireat expiresat expireson unpublishdate unpublishat unpublishon validuntil",
    "availableuntil visibleuntil notafter publishdown expire expiration",
  ]),
  ...signsNamed({ kind: "guard" }, ["password postpassword"]),
  ...signsNamed({ kind: "gone-since" }, ["deletedat trashedat removedat withdrawnat"]),
  ...signsNamed({ kind: "output" }, ["build permalink"]),
]);

// A schedule is made for what waits; every other time may be that of an earlier publication.
const SETS_FREE = new Set(["publishschedule", "scheduledat", "scheduledfor", "scheduledon", "scheduleddate"]);

/** The sign that a key is, whatever its case; undefined for a key that says nothing of visibility. */
export function signOf(key: string): Sign | undefined {
  const name = signName(key);
  return SIGNS.get(name) ?? (EMBARGO_NAME.test(name) ? EMBARGO : undefined);
}

/** A key as signs are compared. */
export function signName(key: string): string {
  return key
    .trim()
    .toLowerCase()
    .replaceAll(/[-_\s]/g, "");
}

/** Whether a sign says that the document is under an embargo, by its name or by its word. */
export function isEmbargo(key: string, value: unknown): boolean {
  return EMBARGO_NAME.test(signName(key)) || (typeof value === "string" && signName(value) === "embargoed");
}

/** Whether a time under this key ends an embargo, wherever that is said. */
export function endsEmbargo(key: string): boolean {
  const name = signName(key);
  return EMBARGO_NAME.test(name) || SETS_FREE.has(name);
}

/** What a sign asks for; undefined for what Dateline can't read, and so can't honour. */
export type Asked = Visibility | { notBefore: Instant } | { notAfter: Instant } | undefined;

/** @param value what stands under the key: of any shape */
export function askedBy(sign: Sign, value: unknown): Asked {
  if (value === null || value === undefined || value === "") return "public";
  if (sign.kind === "guard") return value === false ? "public" : "draft";
  if (sign.kind === "gone-since") return value === false ? "public" : "gone";
  if (sign.kind === "output") return askedOutput(value);
  if (!isPlain(value)) return undefined;
  const text = String(value).trim();
  const word = text.toLowerCase();
  if (sign.kind === "flag" && (YES.has(word) || NO.has(word))) return YES.has(word) ? sign.yes : sign.no;
  if (sign.kind === "state" && /^[A-Z]{2}$/.test(text)) return "public";
  const time = mayBeTime(sign) ? readTime(text) : undefined;
  if (time?.ok) return sign.kind === "not-after" ? { notAfter: time.instant } : { notBefore: time.instant };
  return visibilityOf(text) ?? (sign.kind === "audience" ? "public" : undefined);
}

function mayBeTime(sign: Sign): boolean {
  return (
    sign.kind === "not-before" ||
    sign.kind === "not-after" ||
    (sign.kind === "flag" && sign.mayBeTime === true)
  );
}

/** Hugo's `build: { render: never, list: local }`, Eleventy's `permalink: false`. */
function askedOutput(value: unknown): Asked {
  const parts = isMembers(value) ? Object.values(value) : [value];
  if (!parts.every(isPlain)) return undefined;
  const isOut = parts.every((part) => !KEPT_IN.has(String(part).toLowerCase()));
  return isOut ? "public" : "draft";
}

const KEPT_IN = new Set(["false", "never", "local", "link"]);
const YES = new Set(["true", "yes", "on", "y", "1"]);
const NO = new Set(["false", "no", "off", "n", "0"]);

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function signsNamed(sign: Sign, lines: readonly string[]): [string, Sign][] {
  return lines.flatMap((line) => line.split(" ").map((name): [string, Sign] => [name, sign]));
}
