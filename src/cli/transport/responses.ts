/** The site's responses, decoded. */
import * as v from "valibot";
import { isMediaId, PICTURE_TYPES } from "../../article/media.ts";

const Issue = v.object({
  line: v.optional(v.number()),
  path: v.optional(v.string()),
  field: v.optional(v.string()),
  reason: v.optional(v.string()),
  detail: v.string(),
  found: v.optional(v.string()),
});

const Finding = v.object({
  rule: v.string(),
  severity: v.string(),
  field: v.optional(v.string()),
  detail: v.string(),
  found: v.optional(v.string()),
  requirement: v.optional(v.string()),
  source: v.optional(v.string()),
});

const Verdict = v.object({
  aggregator: v.string(),
  id: v.string(),
  verdict: v.picklist(["accepts", "warns", "refuses"]),
  findings: v.array(Finding),
});

/** The response to an upload, a withdrawal or a reinstatement. `verdicts` come with a dry run. */
export const Upload = v.object({
  change: v.string(),
  article: v.object({
    id: v.string(),
    url: v.optional(v.nullable(v.string())),
    status: v.optional(v.string()),
  }),
  warnings: v.optional(v.array(Issue), []),
  verdicts: v.optional(v.array(Verdict), []),
});

/** What is said of a picture. */
const texts = {
  alt: v.optional(v.string()),
  caption: v.optional(v.string()),
  credit: v.optional(v.string()),
  licence: v.optional(v.string()),
};

const file = { type: v.picklist(PICTURE_TYPES), width: v.number(), height: v.number(), length: v.number() };

/** A picture that the site keeps. */
export const Picture = v.object({
  id: v.pipe(v.string(), v.check(isMediaId)),
  url: v.string(),
  ...file,
  sizes: v.array(v.object({ url: v.string(), ...file })),
  created: v.string(),
  ...texts,
  /** Whether the site knows of it from a copy alone, and lacks its file. */
  isMissing: v.optional(v.boolean(), false),
});

/** The response to the upload of a picture. */
export const UploadedPicture = v.object({
  media: Picture,
  /** What the file itself says of the picture. */
  proposed: v.optional(v.object(texts), {}),
  warnings: v.optional(v.array(Issue), []),
});

/** A problem (RFC 9457), with the issues and the warnings of a document. */
export const Problem = v.object({
  title: v.optional(v.string()),
  status: v.optional(v.number()),
  detail: v.optional(v.string()),
  issues: v.optional(v.array(Issue), []),
  warnings: v.optional(v.array(Issue), []),
  /** The ids of the articles that use a picture. */
  articles: v.optional(v.array(v.string()), []),
  /** The id of a picture that the site doesn't keep. */
  media: v.optional(v.string()),
});

export type Issue = v.InferOutput<typeof Issue>;
export type Verdict = v.InferOutput<typeof Verdict>;
export type Upload = v.InferOutput<typeof Upload>;
export type Picture = v.InferOutput<typeof Picture>;
export type UploadedPicture = v.InferOutput<typeof UploadedPicture>;
export type Problem = v.InferOutput<typeof Problem>;

/** A response with its status; `body` is undefined when it is not JSON. `entityTag` is its ETag. */
export type SiteResponse = {
  status: number;
  isOk: boolean;
  body: unknown;
  entityTag: string | undefined;
};

/** Reads a response of the API. Rejects only when the connection breaks. */
export async function readSiteResponse(response: Response): Promise<SiteResponse> {
  const text = await response.text();
  const entityTag = response.headers.get("ETag") ?? undefined;
  return { status: response.status, isOk: response.ok, body: parseJson(text), entityTag };
}

/** Parses JSON; undefined for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns a line such as `line 3: The time needs an offset… Found: 2026-10-02T07:00:00`, `/authors/0/name: …` */
export function issueText({ line, path, detail, found }: Issue): string {
  const place = line === undefined ? path : `line ${line}`;
  const text = place === undefined || place === "" ? detail : `${place}: ${detail}`;
  return found === undefined || found === "" ? text : `${text} Found: ${found}`;
}

/** Reads the reasons of a refusal; at least one. */
export function reasonsOf({ status, body }: Pick<SiteResponse, "status" | "body">): string[] {
  const problem = v.safeParse(Problem, body);
  if (!problem.success) return [unreadableResponse(status)];
  const { issues, title, detail, articles, media } = problem.output;
  if (issues.length > 0) return issues.map(issueText);
  return [
    detail ?? title ?? unreadableResponse(status),
    ...(articles.length > 0 ? [`Articles: ${articles.join(", ")}`] : []),
    ...(media === undefined ? [] : [`Picture: ${media}`]),
  ];
}

/** Reads the warnings beside the reasons of a refusal. */
export function warningsBeside({ body }: Pick<SiteResponse, "body">): Issue[] {
  const problem = v.safeParse(Problem, body);
  return problem.success ? problem.output.warnings : [];
}

function unreadableResponse(status: number): string {
  const hint = status >= 300 && status < 500 ? " Does --to name a Dateline site?" : "";
  return `The answer was ${status} without a reason that can be read.${hint}`;
}
