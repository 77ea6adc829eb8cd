/** Schemas of the bodies that webhooks get. The description is made from them; tests hold real bodies against them. */
import * as v from "valibot";
import { EVENT_KINDS } from "../../article/event.ts";
import { ArticleView, timestamp } from "./article.ts";

/** The type of an event. */
export const eventType = v.picklist(EVENT_KINDS.map((kind) => `article.${kind}` as const));

const { version, id, guid, revision, reason } = ArticleView.entries;

export const WithdrawnArticle = v.pipe(
  v.object({
    version,
    id,
    guid,
    revision,
    status: v.literal("withdrawn"),
    url: v.pipe(v.string(), v.url()),
    withdrawn: timestamp,
    reason,
  }),
  v.description("A withdrawn article: its identity, and nothing that it said."),
);

export const ArticleEvent = v.pipe(
  v.object({
    type: eventType,
    timestamp: v.pipe(timestamp, v.description("When it happened.")),
    data: v.pipe(
      v.union([ArticleView, WithdrawnArticle]),
      v.description("The article as it was then; without its words where they may not be told any more."),
    ),
  }),
  v.description("An event in the format `dateline`."),
);

const optionalText = v.optional(v.string());
const size = v.optional(v.number());

const rendition = v.object({
  href: v.pipe(v.string(), v.url()),
  mimetype: optionalText,
  title: optionalText,
  width: size,
  height: size,
  sizeinbytes: size,
});

const association = v.object({
  uri: v.string(),
  guid: v.string(),
  media: v.optional(v.pipe(v.string(), v.description("The id of a picture that is kept on the site."))),
  type: v.optional(v.picklist(["picture", "audio", "video"])),
  headline: optionalText,
  description_text: v.optional(
    v.pipe(v.string(), v.description("The picture's caption; without one its alternative text.")),
  ),
  descriptions: v.optional(
    v.pipe(
      v.array(
        v.object({ role: v.literal("caption"), contenttype: v.literal("text/plain"), value: v.string() }),
      ),
      v.description("The picture's caption."),
    ),
  ),
  body_text: v.optional(
    v.pipe(v.string(), v.description("The picture's alternative text, where it has a caption, too.")),
  ),
  byline: optionalText,
  renditions: v.pipe(
    v.object({
      original: rendition,
      baseImage: v.optional(rendition),
      thumbnail: v.optional(rendition),
    }),
    v.description("The file, and the smaller sizes of a picture that is kept on the site."),
  ),
});

const identity = {
  uri: v.string(),
  guid: v.pipe(v.string(), v.description("Stays the same in every version.")),
  type: v.literal("text"),
  version: v.pipe(v.string(), v.description("The article's revision.")),
  versioncreated: timestamp,
};

export const NinjsItem = v.pipe(
  v.object({
    ...identity,
    pubstatus: v.literal("usable"),
    firstcreated: timestamp,
    expires: v.optional(timestamp),
    language: v.string(),
    headline: v.string(),
    headline_short: optionalText,
    description_text: optionalText,
    body_html: v.string(),
    body_text: v.string(),
    byline: optionalText,
    authors: v.array(v.object({ name: v.string(), role: v.literal("writer") })),
    subject: v.pipe(
      v.array(v.object({ name: v.string(), code: v.string(), scheme: v.string() })),
      v.description("The sections."),
    ),
    keywords: v.pipe(v.array(v.string()), v.description("The tags.")),
    infosource: v.array(v.object({ name: v.string() })),
    ednote: v.optional(v.pipe(v.string(), v.description("The correction."))),
    renditions: v.object({ web: rendition }),
    associations: v.pipe(
      v.record(v.string(), association),
      v.description("`featuremedia` is the picture; the attachments are `attachment_1`, `attachment_2`, …"),
    ),
  }),
  v.description("An article in the format `ninjs`: the IPTC's ninjs 1.6, as Superdesk pushes it."),
);

export const CanceledNinjsItem = v.pipe(
  v.object({
    ...identity,
    pubstatus: v.literal("canceled"),
    ednote: v.optional(v.pipe(v.string(), v.description("The withdrawal's reason."))),
  }),
  v.description("A withdrawn article in the format `ninjs`: its identity, and nothing that it said."),
);
