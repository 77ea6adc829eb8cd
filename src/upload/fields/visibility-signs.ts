/**
 * Signs of visibility: the fields by which documents say who may see them and when, each with what it asks for. What
 * was not public elsewhere must not become public here. Pure.
 */
import type { Instant } from "../../article/article.ts";
import { readTime } from "../time/time.ts";
import { isMembers } from "./members.ts";
import { type Visibility, visibilityOf } from "./visibility.ts";

/**
 * The kinds of signs. Each kind except a guard and an output may also hold one of the words that `visibilityOf`
 * knows.
 */
type Sign =
  /**
   * Yes or no. If it may be a time, that is the earliest time at which the article may be seen. A loose one means
   * something else in some documents: there a value that is neither yes nor no says nothing.
   */
  | { kind: "flag"; yes: Visibility; no: Visibility; mayBeTime?: true; isLoose?: true }
  | { kind: "word" }
  /** A word of a workflow. Any other value is the name of a place. */
  | { kind: "state" }
  /** The intended readers: only a word that is known excludes others. */
  | { kind: "audience" }
  | { kind: "not-before" }
  | { kind: "not-after" }
  /** A password, or another guard of the document. */
  | { kind: "guard" }
  /** A time at which the document was taken back: any value means that it was. */
  | { kind: "gone-since" }
  /** Whether a site generator publishes the document, and where. */
  | { kind: "output" };

const EMBARGO: Sign = { kind: "flag", yes: "draft", no: "public", mayBeTime: true };
// Every name of an embargo field: `embargoed`, `embargo_until`, `embargoLiftsAt`; but not `embargo_reason`.
const EMBARGO_NAME =
  /^(?:is|under|has|press|news)?embargo(?:ed)?(?:date|time|datetime|until|till|to|end|ends|lift|lifts|release|on|at|for)*$/;

// By their names without case, hyphens and underscores. They are the fields of Jekyll, Hugo, Zola, Eleventy, Hexo,
// Grav, Nikola, Pelican, Statamic, Ghost, WordPress and Superdesk, and of people who write for them.
const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ...signsNamed({ kind: "flag", yes: "draft", no: "public" }, [
    "draft isdraft private isprivate hidden ishidden hide invisible unlisted isunlisted headless archived isarchived",
    "unpublished donotpublish nopublish notpublic notforpublication markedfornotpublication",
    "confidential memberonly membersonly subscriberonly subscribersonly loginrequired premium ispremium paywall paywalled",
    "withheld eleventyexcludefromcollections",
  ]),
  ...signsNamed({ kind: "flag", yes: "draft", no: "public", isLoose: true }, [
    "protected isprotected restricted internal disabled wip onhold locked secret",
  ]),
  ...signsNamed({ kind: "flag", yes: "public", no: "draft", mayBeTime: true }, [
    "published ispublished publish public ispublic visible isvisible isaccessibleforfree",
  ]),
  ...signsNamed({ kind: "flag", yes: "public", no: "draft", isLoose: true }, [
    "listed enabled active isactive online render",
  ]),
  ...signsNamed({ kind: "flag", yes: "gone", no: "public" }, [
    "deleted isdeleted trash trashed spiked retracted withdrawn recalled expired isexpired",
  ]),
  ...signsNamed({ kind: "flag", yes: "gone", no: "public", isLoose: true }, [
    "killed removed canceled cancelled",
  ]),
  ...signsNamed({ kind: "flag", yes: "scheduled", no: "public", mayBeTime: true }, ["scheduled isscheduled"]),
  ...signsNamed({ kind: "word" }, [
    "status poststatus wpstatus publicationstatus publishstatus publishingstatus contentstatus articlestatus draftstatus",
    "workflowstatus workflowstate reviewstatus moderationstate pubstatus visibility postvisibility privacy access accesslevel",
  ]),
  ...signsNamed({ kind: "audience" }, ["audience"]),
  ...signsNamed({ kind: "state" }, ["state"]),
  ...signsNamed({ kind: "not-before" }, [
    "publishdate publishtime publishon publishat publishafter publishfrom publishschedule publishedat publishedon",
    "publisheddate publishedfrom publicationdate pubdate scheduledat scheduledfor scheduledon scheduleddate releasedate",
    "availablefrom visiblefrom golive golivedate goliveat liveat liveon publishup publishstart",
    "scheduledtime notbefore releaseat holduntil hiddenuntil firstpublishedat",
  ]),
  ...signsNamed({ kind: "not-after" }, [
    "expirydate expiry expirationdate expireat expiresat expireson unpublishdate unpublishat unpublishon validuntil",
    "availableuntil visibleuntil notafter publishdown expire expiration",
  ]),
  ...signsNamed({ kind: "guard" }, ["password postpassword"]),
  ...signsNamed({ kind: "gone-since" }, ["deletedat deletedon trashedat removedat withdrawnat"]),
  ...signsNamed({ kind: "output" }, ["build permalink"]),
]);

// A schedule is for a document that waits. Every other time may be that of an earlier publication.
const SETS_FREE = new Set(["publishschedule", "scheduledat", "scheduledfor", "scheduledon", "scheduleddate"]);

/** The sign of a key, regardless of its case; undefined for a key that says nothing about visibility. */
export function signOf(key: string): Sign | undefined {
  const name = signName(key);
  return SIGNS.get(name) ?? (EMBARGO_NAME.test(name) ? EMBARGO : undefined);
}

/** The form of a key in which signs are compared. */
export function signName(key: string): string {
  return key.toLowerCase().replaceAll(/[-_\s\p{Default_Ignorable_Code_Point}]/gu, "");
}

/** Whether a sign says that the document is under an embargo, by its name or by its word. */
export function isEmbargo(key: string, value: unknown): boolean {
  return EMBARGO_NAME.test(signName(key)) || (typeof value === "string" && signName(value) === "embargoed");
}

/** Whether a time under this key ends an embargo, wherever the embargo is stated. */
export function endsEmbargo(key: string): boolean {
  const name = signName(key);
  return EMBARGO_NAME.test(name) || SETS_FREE.has(name);
}

/** What a sign asks for; undefined where Dateline can't read the value, and so can't honour it. */
export type Asked = Visibility | { notBefore: Instant } | { notAfter: Instant } | undefined;

/**
 * Reads what a sign asks for.
 * @param value the value under the key, of any shape
 */
export function askedBy(sign: Sign, value: unknown): Asked {
  if (isNothing(value)) return "public";
  if (sign.kind === "guard") return String(isPlain(value) && value) === "false" ? "public" : "draft";
  if (sign.kind === "gone-since") return isPlain(value) && NO.has(wordOf(value)) ? "public" : "gone";
  if (sign.kind === "output") return askedOutput(value);
  if (Array.isArray(value) && value.every(isPlain))
    return askedTogether(value.map((each) => askedBy(sign, each)));
  const isLoose = sign.kind === "audience" || (sign.kind === "flag" && sign.isLoose === true);
  return (
    (isPlain(value) ? askedByText(sign, String(value).trim()) : undefined) ?? (isLoose ? "public" : undefined)
  );
}

function askedByText(sign: Sign, text: string): Asked {
  const word = wordOf(text);
  if (sign.kind === "flag" && (YES.has(word) || NO.has(word))) return YES.has(word) ? sign.yes : sign.no;
  if (sign.kind === "not-after" && NEVER.has(word)) return "public";
  const time = mayBeTime(sign) ? readTime(text) : undefined;
  if (time?.ok) return sign.kind === "not-after" ? { notAfter: time.instant } : { notBefore: time.instant };
  return visibilityOf(text) ?? (sign.kind === "state" && !WORKFLOW.test(text) ? "public" : undefined);
}

/** Of several values the strictest counts; one that can't be read is the strictest of all. */
function askedTogether(asked: readonly Asked[]): Asked {
  const order: readonly Asked[] = [undefined, "gone", "draft", "scheduled"];
  const strictest = order.findIndex((one) => asked.includes(one));
  return strictest < 0 ? (asked.find((one) => typeof one === "object") ?? "public") : order[strictest];
}

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}

function wordOf(value: string | number | boolean): string {
  return String(value).trim().toLowerCase();
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
  const parts = isMembers(value) ? OUTPUTS.map((key) => value[key] ?? "always") : [value];
  if (!parts.every(isPlain)) return undefined;
  return parts.every((part) => !KEPT_IN.has(wordOf(part))) ? "public" : "draft";
}

// Hugo also has options for the files beside the page.
const OUTPUTS = ["render", "list"];
const KEPT_IN = new Set(["false", "never", "local", "link"]);
const YES = new Set(["true", "yes", "on", "y", "1"]);
const NO = new Set(["false", "no", "off", "n", "0", "none"]);
const NEVER = new Set(["never", "none", "no", "false"]);
// Words for the state of a text in a newsroom, as no place is named.
const WORKFLOW =
  /draft|review|approv|pend|hold|wait|edit|progress|embargo|schedul|privat|intern|hidden|kill|spik|delet|trash|archiv|retract|withdr|publi|final|ready|submit|live\b/i;

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function signsNamed(sign: Sign, lines: readonly string[]): [string, Sign][] {
  return lines.flatMap((line) => line.split(" ").map((name): [string, Sign] => [name, sign]));
}
