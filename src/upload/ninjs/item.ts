/**
 * The schema of a ninjs item: the members of which an article is made. Versions 2 and 3 differ in the case of letters
 * and in a few names; version 1 has one of what they have several. So all of them are read in lower case. Pure.
 */
import * as v from "valibot";
import { MAX_MEMBERS, MAX_NAME } from "../../article/bounds.ts";
import { language } from "../json/item.ts";
import { isMembers, type Keys, type Members } from "../fields/members.ts";
import type { Rule } from "../fields/rules.ts";

const rule = (name: Rule): Rule => name;
const text = v.exactOptional(v.string());
const number = v.exactOptional(v.number());
/** A list; in version 1 an object whose members have the provider's names. */
const severalOf = <Member extends v.GenericSchema>(member: Member) =>
  v.exactOptional(v.lazy((value) => (Array.isArray(value) ? v.array(member) : v.record(v.string(), member))));

const Described = v.object({ role: text, contenttype: text, value: v.string() });
const Concept = v.object({ name: text, rel: text, role: text, literal: text, code: text });
const Rendition = v.object({ href: text, contenttype: text, mimetype: text, width: number, height: number });

const credited = { by: text, byline: text, copyrightholder: text, copyrightnotice: text };
const described = { descriptions: v.exactOptional(v.array(Described)), description_text: text };
const concepts = v.exactOptional(v.pipe(v.array(Concept), v.maxLength(MAX_MEMBERS, rule("too-many"))));

/** Superdesk's writers. */
const Writer = v.object({ name: text, role: text });

const Association = v.object({
  type: text,
  media: text,
  body_text: text,
  ...described,
  ...credited,
  renditions: severalOf(Rendition),
});

/**
 * ninjs 1.0 to 3.3 (https://iptc.org/standards/ninjs/), with the names of the members in lower case, and with
 * Superdesk's additions: `guid` for `uri`, `authors`, `keywords`, `service` and the times of its schedule.
 */
export const NinjsItem = v.object({
  uri: v.exactOptional(
    v.pipe(
      v.string(),
      v.maxLength(MAX_NAME, rule("too-long")),
      v.regex(/^[a-z][a-z0-9+.-]*:\S+$/i, rule("not-a-uri")),
    ),
  ),
  guid: v.exactOptional(
    v.pipe(
      v.string(),
      v.maxLength(MAX_NAME, rule("too-long")),
      v.check((value) => value !== "", rule("empty")),
    ),
  ),
  type: v.exactOptional(v.literal("text", rule("not-a-text"))),
  pubstatus: v.exactOptional(
    v.pipe(
      v.string(),
      v.transform((word) =>
        word
          .toLowerCase()
          .replace(/^stat:/, "")
          .replace("cancelled", "canceled"),
      ),
      v.picklist(["usable", "withheld", "canceled"], rule("no-such-status")),
    ),
  ),
  firstcreated: text,
  versioncreated: text,
  contentcreated: text,
  embargoed: text,
  embargoeduntil: text,
  expires: text,
  schedule_settings: v.exactOptional(v.object({ utc_embargo: text, utc_publish_schedule: text })),
  ednote: text,
  language: v.exactOptional(language),
  headlines: v.exactOptional(v.array(Described)),
  headline: text,
  ...described,
  description_html: text,
  bodies: v.exactOptional(v.array(Described)),
  body_html: text,
  body_xhtml: text,
  body_text: text,
  subjects: concepts,
  subject: concepts,
  genres: concepts,
  genre: concepts,
  people: concepts,
  person: concepts,
  infosources: concepts,
  infosource: concepts,
  service: concepts,
  authors: v.exactOptional(v.pipe(v.array(Writer), v.maxLength(MAX_MEMBERS, rule("too-many")))),
  keywords: v.exactOptional(v.pipe(v.array(v.string()), v.maxLength(MAX_MEMBERS, rule("too-many")))),
  ...credited,
  associations: severalOf(Association),
  renditions: severalOf(Rendition),
});

export type Variant = v.InferOutput<typeof Described>;
export type Writer = v.InferOutput<typeof Writer>;
export type Subject = v.InferOutput<typeof Concept>;
export type Several<Member> = Member[] | Record<string, Member>;
export type RenditionOf = v.InferOutput<typeof Rendition>;
export type AssociationOf = v.InferOutput<typeof Association>;

// Further names in the schemas and in Superdesk, for which an article has no place.
const IGNORED =
  "$standard altids annotations charcount contentdigitised digitalsourcetype event eventdetails events evolvedfrom extra " +
  "extra_items featured_media firstpublished located mimetype object objects organisation organisations original_id place places plannedcoverage " +
  "priority products profile readtime representationtype rightsinfo signal slugline source standard title " +
  "trustindicator trustindicators urgency usageterms version wordcount";

/** The members that ninjs knows, in lower case. */
export const KNOWN: ReadonlySet<string> = new Set([...Object.keys(NinjsItem.entries), ...IGNORED.split(" ")]);

// The member of a rendition of an association, in version 1 or 2: nothing that is read lies deeper.
const MAX_DEPTH = 5;

/** An item with the names of its members in lower case, and without members that are null or blank. */
export function inLowerCase(members: Members): Members {
  return foldedMembers(members, MAX_DEPTH);
}

function foldedMembers(members: Members, depth: number): Members {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== null && !(typeof value === "string" && value.trim() === ""))
      .map(([key, value]) => [key.toLowerCase(), folded(value, depth)]),
  );
}

function folded(value: unknown, depth: number): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((member: unknown) => folded(member, depth - 1));
  return isMembers(value) ? foldedMembers(value, depth - 1) : value;
}

/**
 * Translates keys in lower case to the keys as the document writes them. Each object of the document is looked
 * through once.
 */
export function writtenIn(document: Members): (keys: Keys) => (string | number)[] {
  const seen = new WeakMap<Members, ReadonlyMap<string, string>>();
  const namesIn = (members: Members): ReadonlyMap<string, string> => {
    // Of several spellings the first counts.
    const names = seen.get(members) ?? new Map(keysOf(members));
    seen.set(members, names);
    return names;
  };
  return (keys) => {
    let at: unknown = document;
    return keys.map((key) => {
      if (Array.isArray(at)) {
        at = at[Number(key)];
        return key;
      }
      if (!isMembers(at)) return key;
      const written = namesIn(at).get(String(key)) ?? key;
      at = at[written];
      return written;
    });
  };
}

function keysOf(members: Members): [string, string][] {
  return Object.keys(members)
    .toReversed()
    .map((name) => [name.toLowerCase(), name]);
}
