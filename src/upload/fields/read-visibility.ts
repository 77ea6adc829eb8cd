/** Reads the visibility of a document from all of its signs. Pure. */
import type { Instant } from "../../article/article.ts";
import { excerptOf, type Findings, type Issue } from "../issue.ts";
import { isMembers, type Keys, type Members } from "./members.ts";
import { type Layout, MAX_REPORTED } from "./field-reader.ts";
import { type Asked, askedBy, endsEmbargo, isEmbargo, signName, signOf } from "./visibility-signs.ts";
import { KEPT_AS_DRAFT } from "./visibility.ts";

/** What the signs of a document ask for together. */
export type Visible = {
  isDraft: boolean;
  /** No reader may see the article before this; undefined where no sign says so. */
  notBefore: Instant | undefined;
  /** When the article leaves the feeds; undefined where no sign says so. */
  notAfter: Instant | undefined;
};

/** The keys of a document that are signs of visibility, as they are written. */
export function visibilityKeys(members: Members): string[] {
  return Object.keys(members).filter((key) => signOf(key) !== undefined);
}

/** The members of a document that are signs of visibility, or that hold custom fields in which such signs may stand. */
export function visibilityMembers(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([key, value]) => signOf(key) !== undefined || (CONTAINERS.test(key) && isMembers(value)),
    ),
  );
}

/** The signs of visibility that a format reads by itself. */
type OwnSigns = {
  /** Their names, as `signName` makes them. */
  except?: readonly string[];
  /** Whether the document has a schedule without a time: nobody knows when it may be seen. */
  isUndated?: boolean;
};

/**
 * Reads every sign, among the members of the document and among its custom fields.
 * @param found takes a warning for each sign that keeps the document a draft, and an issue for each that can't be
 * honoured
 */
export function readVisibility(
  members: Members,
  layout: Layout,
  found: Findings,
  { except = [], isUndated = false }: OwnSigns = {},
): Visible {
  const asked = [...signsOf(members), ...nestedSignsOf(members)].filter(
    ({ keys }) => !except.includes(signName(String(keys[0]))),
  );
  const isFreed = asked.some(({ name, asks }) => endsEmbargo(name) && isNotBefore(asks));
  const hiding = asked.filter(
    ({ name, value, asks }) =>
      (asks === "draft" && !(isFreed && isEmbargo(name, value))) ||
      (asks === "scheduled" && isUndated && !isFreed),
  );
  const remarks = (reason: keyof typeof DETAIL, signs: readonly Sign[]): Issue[] =>
    signs.slice(0, MAX_REPORTED).map((sign) => remark(reason, sign, layout));
  // `draft` is Dateline's own field: its author needs no warning.
  const foreign = hiding.filter(({ keys }) => keys.length > 1 || keys[0] !== "draft");
  found.warnings.push(...remarks(KEPT_AS_DRAFT, foreign));
  found.issues.push(
    ...remarks(
      "not-for-readers",
      asked.filter(({ asks }) => asks === "gone"),
    ),
    ...remarks(
      "unknown-visibility",
      asked.filter(({ asks }) => asks === undefined),
    ),
  );
  const times = asked.flatMap(({ asks }) => (typeof asks === "object" ? [asks] : []));
  return {
    isDraft: hiding.length > 0,
    notBefore: latest(times.map((time) => ("notBefore" in time ? time.notBefore : undefined))),
    notAfter: earliest(times.map((time) => ("notAfter" in time ? time.notAfter : undefined))),
  };
}

/** A sign, the keys under which it stands, and what it asks for. */
type Sign = { keys: Keys; name: string; value: unknown; asks: Asked };

function signsOf(members: Members, around: Keys = []): Sign[] {
  return Object.entries(members).flatMap(([name, value]) => {
    const sign = signOf(name);
    return sign === undefined ? [] : [{ keys: [...around, name], name, value, asks: askedBy(sign, value) }];
  });
}

// The objects in which site generators and content systems keep custom fields; and every extension of a JSON Feed.
const CONTAINERS =
  /^(?:params|extra|meta|metadata|flags|custom|custom_?fields|fields|attributes|sys|header|settings|_.*)$/i;

/**
 * Signs among custom fields. There a value that can't be read may mean something else, unless it concerns an embargo.
 */
function nestedSignsOf(members: Members): Sign[] {
  return Object.entries(members)
    .filter(([key]) => CONTAINERS.test(key) && signOf(key) === undefined)
    .flatMap(([key, value]) => (isMembers(value) ? signsOf(value, [key]) : []))
    .map(({ keys, name, value, asks }) => {
      const fallback: Asked = isEmbargo(name, value) ? "draft" : "public";
      return { keys, name, value, asks: asks ?? fallback };
    });
}

function isNotBefore(asks: Asked): boolean {
  return typeof asks === "object" && "notBefore" in asks;
}

/** The last of several times before which no reader may see an article; undefined where there is none. */
export function latest(times: readonly (Instant | undefined)[]): Instant | undefined {
  return times.reduce((one, other) => (one === undefined || (other ?? one) > one ? other : one), undefined);
}

/** The first of several times at which an article leaves the feeds; undefined where there is none. */
export function earliest(times: readonly (Instant | undefined)[]): Instant | undefined {
  return times.reduce((one, other) => (one === undefined || (other ?? one) < one ? other : one), undefined);
}

const DETAIL = {
  [KEPT_AS_DRAFT]: "This says that not every reader may see the document: it is kept as a draft.",
  "not-for-readers": "This says that the document was taken back: it can’t become an article.",
  "unknown-visibility":
    "This says who may see the document, or when, in a way that Dateline can’t honour: use “draft”, “date_published” or “expires” instead.",
};

function remark(reason: keyof typeof DETAIL, { keys, name, value }: Sign, layout: Layout): Issue {
  const isText = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  // An issue never shows a password.
  const isSecret = signOf(name)?.kind === "guard";
  const found = isSecret ? name : `${name}: ${isText ? String(value) : "{…}"}`;
  return {
    ...layout.placeOf(keys),
    field: "status",
    reason,
    detail: DETAIL[reason],
    found: excerptOf(found),
  };
}
