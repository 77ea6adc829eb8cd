/** The schema of a JSON upload: an item of JSON Feed 1.1, with the further fields of an article. Pure. */
import * as v from "valibot";
import {
  MAX_ADDRESS,
  MAX_HEADLINE,
  MAX_MEMBERS,
  MAX_NAME,
  MAX_NOTE,
  MAX_SUMMARY,
} from "../../article/bounds.ts";
import { isLanguage } from "../../article/language.ts";
import { MEDIA_ID } from "../../article/media.ts";
import { isWebAddress } from "../html/addresses.ts";
import type { Rule } from "../fields/rules.ts";

const rule = (name: Rule): Rule => name;
const text = (max: number) => v.pipe(v.string(), v.maxLength(max, rule("too-long")));
const name = v.pipe(
  v.string(),
  v.maxLength(MAX_NAME, rule("too-long")),
  v.check((value) => value.trim() !== "", rule("empty")),
);
const list = <Member extends v.GenericSchema>(member: Member) =>
  v.pipe(v.array(member), v.maxLength(MAX_MEMBERS, rule("too-many")));

/** An absolute http or https address, as the URL Standard serialises it. */
const webAddress = v.pipe(
  v.string(),
  v.maxLength(MAX_ADDRESS, rule("too-long")),
  v.check(isWebAddress, rule("not-a-web-address")),
  v.metadata({ format: "uri" }),
);

const count = v.pipe(
  v.number(),
  v.integer(rule("not-a-count")),
  v.minValue(0, rule("not-a-count")),
  v.maxValue(Number.MAX_SAFE_INTEGER, rule("not-a-count")),
);

// JSON.parse rounds larger numbers, so that two ids would become one.
const exactNumber = v.pipe(
  v.number(),
  v.check((value) => Math.abs(value) <= Number.MAX_SAFE_INTEGER, rule("not-exact")),
);

const time = v.pipe(v.string(), v.metadata({ format: "date-time" }));

export const language = v.pipe(
  v.string(),
  v.check(isLanguage, rule("not-a-language")),
  v.description("A BCP 47 language tag; without it, the language of the section or of the site."),
);

export const Author = v.object({ name, url: v.exactOptional(webAddress) });

const described = {
  alt: v.exactOptional(
    v.pipe(text(MAX_SUMMARY), v.description("What the picture shows, for who can’t see it.")),
  ),
  credit: v.exactOptional(text(MAX_NAME)),
  caption: v.exactOptional(v.pipe(text(MAX_SUMMARY), v.description("The line under the picture."))),
};

/** A picture by its address. */
export const Picture = v.pipe(
  v.object({
    url: v.pipe(
      webAddress,
      v.description(
        "Its address; that of a picture which is kept here, `/media/…`, means the same as its id.",
      ),
    ),
    ...described,
    width: v.exactOptional(count),
    height: v.exactOptional(count),
  }),
  v.description("A picture by its address."),
);

/** A picture by the id of one that is kept here. */
export const KeptPicture = v.pipe(
  v.object({
    media: v.pipe(
      v.string(),
      v.regex(MEDIA_ID),
      v.description("The id that the answer to the picture’s upload gave."),
    ),
    ...described,
  }),
  v.description(
    "A picture that is kept here, by its id. Its own description stands in for what is missing: `alt`, `credit` and `caption`.",
  ),
);

export const File = v.object({
  url: webAddress,
  mime_type: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^[\w.+-]+\/[\w.+-]+$/, rule("not-a-media-type")),
      v.description("A media type; without it, the one that the address’s ending stands for."),
    ),
  ),
  title: v.exactOptional(text(MAX_NAME)),
  size_in_bytes: v.exactOptional(count),
});

/** The picture of a document that names it by its address alone or with its description. */
export const PictureByAddress = v.exactOptional(v.union([webAddress, Picture]));

/** Everything but the body: the front matter of a Markdown document has it, too. */
export const Metadata = v.object({
  id: v.exactOptional(
    v.pipe(
      v.union([text(MAX_NAME), exactNumber]),
      v.check((value) => String(value).trim() !== "", rule("empty")),
      v.description(
        "A slug becomes the article’s id; anything else is the id that it has elsewhere, and becomes its guid.",
      ),
    ),
  ),
  guid: v.exactOptional(
    v.pipe(
      name,
      v.description("The id that the article has elsewhere, whatever it looks like; it becomes its guid."),
    ),
  ),
  title: v.pipe(text(MAX_HEADLINE), v.description("The headline, as plain text.")),
  short_title: v.exactOptional(
    v.pipe(text(MAX_HEADLINE), v.description("A shorter headline, for aggregators that take no long one.")),
  ),
  summary: v.exactOptional(v.pipe(text(MAX_SUMMARY), v.description("Plain text."))),
  sections: v.pipe(
    list(name),
    v.description(
      "The names or the ids of the sections in which the article stands; at least one, here or in the query.",
    ),
  ),
  date_published: v.pipe(
    time,
    v.description(
      "A time with its offset: RFC 3339, or any other unambiguous form. Until then the article is under an embargo.",
    ),
  ),
  expires: v.exactOptional(
    v.pipe(
      v.nullable(time),
      v.description("When the article leaves the feeds by itself; null removes the expiry."),
    ),
  ),
  correction: v.exactOptional(
    v.pipe(
      v.nullable(text(MAX_NOTE)),
      v.description("What was wrong in an earlier revision, for readers; null removes the correction."),
    ),
  ),
  draft: v.exactOptional(
    v.pipe(
      v.boolean(),
      v.description(
        "Keeps the article as a draft, which no reader sees. So do the words of other systems: `published: false`, `status: pending`, `visibility: private`. A document with a word that can’t be honoured is refused.",
      ),
    ),
  ),
  tags: v.exactOptional(list(name)),
  authors: v.exactOptional(list(Author)),
  image: v.exactOptional(v.union([webAddress, Picture, KeptPicture])),
  attachments: v.exactOptional(list(File)),
  language: v.exactOptional(language),
  external_url: v.exactOptional(
    v.pipe(
      webAddress,
      v.description(
        "The address elsewhere that the article is about: it becomes the article’s link, in place of its page here.",
      ),
    ),
  ),
  url: v.exactOptional(
    v.pipe(
      webAddress,
      v.description(
        "The article’s address elsewhere, from which relative addresses start; without it they start from `external_url`. It is used for nothing else.",
      ),
    ),
  ),
});

/** A JSON upload. Exactly one of the three `content_*` fields holds the body. */
export const Item = v.pipe(
  v.object({
    ...Metadata.entries,
    content_html: v.exactOptional(v.pipe(v.string(), v.description("HTML, which is sanitised."))),
    content_text: v.exactOptional(
      v.pipe(v.string(), v.description("Plain text: paragraphs separated by blank lines.")),
    ),
    content_markdown: v.exactOptional(
      v.pipe(v.string(), v.description("CommonMark with GitHub’s extensions.")),
    ),
    author: v.exactOptional(
      v.pipe(Author, v.description("The author, as in JSON Feed 1.0; `authors` takes precedence.")),
    ),
  }),
  v.description("An article, in the fields of an item of JSON Feed 1.1."),
);
