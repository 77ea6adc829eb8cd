/** Makes a draft of the parts of an article, whatever their format, or reports what is missing and wrong. Pure. */
import type { Attachment, Instant, NamedImage, Person } from "../article/article.ts";
import { isId } from "../article/identity.ts";
import { formatInstant } from "../article/instant.ts";
import type { Site } from "../article/site.ts";
import { boundIssues, weightWarnings } from "./bounds.ts";
import type { Body, Findings, IssueField, Parsed, Place } from "./issue.ts";
import { namedImage } from "./picture.ts";
import { EXAMPLE_TIME } from "./time/time.ts";
import { declaredSections, judgeSections, languageOf, sectionsNamed } from "./sections.ts";

/**
 * The parts that a parser found. A part is undefined when the document hasn't got it, or when there is an issue with
 * it already.
 */
export type Parts = {
  action: "publish" | "keep-as-draft";
  id?: string | undefined;
  guid?: string | undefined;
  sections?: readonly string[] | undefined;
  headline?: string | undefined;
  shortHeadline?: string | undefined;
  summary?: string | undefined;
  body?: Body | undefined;
  authors: Person[];
  tags: string[];
  language?: string | undefined;
  link?: string | undefined;
  image?: NamedImage | undefined;
  attachments: Attachment[];
  published?: Instant | undefined;
  correction?: string | null | undefined;
  expires?: Instant | null | undefined;
};

/** The places of the parts in a document; of the n-th section, if `index` is given. */
export type PartPlaces = (field: IssueField, index?: number) => Place;

/**
 * Makes a draft.
 * @param fallback the names of the sections for a document that names none
 * @param found the issues and warnings so far: a part with an issue is not reported as missing, too
 */
export function draftFrom(
  parts: Parts,
  site: Site,
  fallback: readonly string[],
  found: Findings,
  placeOf: PartPlaces,
): Parsed {
  const issues = [...found.issues];
  const warnings = [...found.warnings];
  const hasIssue = (field: IssueField) => found.issues.some((issue) => issue.field === field);
  const reportMissing = (field: keyof typeof MISSING) => {
    const [reason, detail] = MISSING[field];
    if (!hasIssue(field)) issues.push({ ...placeOf(field), field, reason, detail, found: "" });
  };
  const { headline, body, published, expires, id } = parts;

  const isFiled = parts.sections !== undefined && parts.sections.length > 0;
  const sections = sectionsNamed((isFiled ? parts.sections : fallback) ?? [], declaredSections(site));
  if (!hasIssue("sections")) {
    const at = sections.map(({ index }) => index);
    const judged = judgeSections(
      sections.map(({ section }) => section),
      site,
      (index) => placeOf("sections", index === undefined ? undefined : at[index]),
      (parts.sections ?? []).join(", "),
    );
    issues.push(...judged.issues);
    warnings.push(...judged.warnings);
  }
  if (headline === undefined || headline === "") reportMissing("headline");
  const names = sections.map(({ section }) => section);
  const placed = (field: IssueField, index?: number) =>
    placeOf(field, field === "sections" && index !== undefined ? sections[index]?.index : index);
  issues.push(...boundIssues({ ...parts, ...body, sections: names }, placed));
  if (published === undefined) reportMissing("published");
  if (body === undefined) reportMissing("body");
  if (published !== undefined && typeof expires === "number" && expires <= published) {
    issues.push({
      ...placeOf("expires"),
      field: "expires",
      reason: "expires-before-published",
      detail: "An article can’t expire before it is published.",
      found: formatInstant(expires),
    });
  }
  if (headline === undefined || published === undefined || body === undefined || issues.length > 0) {
    return { ok: false, issues, warnings };
  }
  const draft = {
    sections: names,
    headline,
    ...(parts.shortHeadline !== undefined && { shortHeadline: parts.shortHeadline }),
    ...(parts.summary !== undefined && parts.summary !== "" && { summary: parts.summary }),
    html: body.html,
    text: body.text,
    authors: parts.authors,
    tags: parts.tags,
    language: parts.language ?? languageOf(names, site),
    ...(parts.link !== undefined && { link: parts.link }),
    ...(parts.image !== undefined && {
      image: namedImage(parts.image, site.url, placeOf("image"), warnings),
    }),
    attachments: parts.attachments,
    published,
    ...(parts.correction !== undefined && { correction: parts.correction }),
    ...(expires !== undefined && { expires }),
  };
  warnings.push(...weightWarnings(draft, placeOf("body")));
  // An id that has not the form of ours is the article's id elsewhere.
  const isOurs = id === undefined || isId(id);
  const guid = parts.guid ?? (isOurs ? undefined : id);
  const identity = { ...(isOurs && id !== undefined && { id }), ...(guid !== undefined && { guid }) };
  return { ok: true, upload: { action: parts.action, draft, ...identity }, warnings };
}

const MISSING = {
  headline: ["missing-headline", "An article must have a headline."],
  published: [
    "missing-time",
    `An article must have a time, even a draft: an RFC 3339 time such as ${EXAMPLE_TIME}.`,
  ],
  body: ["missing-body", "An article must have a body."],
} as const;
