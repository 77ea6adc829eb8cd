/** Schemas of the bodies and answers about kept pictures. */
import * as v from "valibot";
import { MAX_ADDRESS, MAX_NAME, MAX_SUMMARY } from "../../article/bounds.ts";
import { MEDIA_ID, PICTURE_TYPES } from "../../article/media.ts";
import { isWebAddress } from "../../upload/html/addresses.ts";
import { cleaned } from "../../upload/paragraphs.ts";
import { fromSite } from "../../upload/picture.ts";
import { next, timestamp } from "./article.ts";
import { IssueView } from "./change.ts";

/** A plain text of a description. @param max in UTF-16 units */
function line(max: number) {
  return v.pipe(v.string(), v.transform(cleaned), v.maxLength(max, `may have ${max} characters at most`));
}

const ALT = "What the picture shows, for those who don't see it. Empty: it only decorates.";
const CAPTION = "What stands under the picture.";
const CREDIT = "Who made the picture.";
const LICENCE = "The licence, or its address.";

/** The texts of a picture in a query. */
export const DESCRIPTION_QUERY = {
  alt: v.pipe(v.optional(line(MAX_SUMMARY)), v.description(ALT)),
  caption: v.pipe(v.optional(line(MAX_SUMMARY)), v.description(CAPTION)),
  credit: v.pipe(v.optional(line(MAX_NAME)), v.description(CREDIT)),
  licence: v.pipe(v.optional(line(MAX_NAME)), v.description(LICENCE)),
};

const texts = {
  alt: v.pipe(v.optional(v.nullable(line(MAX_SUMMARY))), v.description(ALT)),
  caption: v.pipe(v.optional(v.nullable(line(MAX_SUMMARY))), v.description(CAPTION)),
  credit: v.pipe(v.optional(v.nullable(line(MAX_NAME))), v.description(CREDIT)),
};

/** What an editor says of a picture. */
export const DescriptionBody = v.strictObject({
  ...texts,
  licence: v.pipe(v.optional(v.nullable(line(MAX_NAME))), v.description(LICENCE)),
});

export const mediaId = v.pipe(v.string(), v.regex(MEDIA_ID, "must be the id of a picture"));

// Stands for the site: `/media/<name>` is an address on whichever it is.
const ANY_SITE = "https://site.example";

const webAddress = v.pipe(
  v.string(),
  v.check((text) => {
    const address = fromSite(text, ANY_SITE);
    return /^https?:[^\s<>"]+$/i.test(address) && isWebAddress(address);
  }, "must be an address of the web"),
  v.maxLength(MAX_ADDRESS, `may have ${MAX_ADDRESS} characters at most`),
);

/** The picture that an article is to have. */
export const PictureBody = v.nullable(
  v.pipe(
    v.strictObject({
      media: v.pipe(v.optional(mediaId), v.description("The id of a picture that is kept here.")),
      url: v.pipe(
        v.optional(webAddress),
        v.description(
          "The address of any other picture, in the place of `media`. That of a picture that is kept here means the same as its id.",
        ),
      ),
      ...texts,
    }),
    v.check(
      ({ media, url }) => (media === undefined) !== (url === undefined),
      "must have either `media` or `url`",
    ),
  ),
);

const file = {
  url: v.pipe(v.string(), v.url(), v.description("The address of the file.")),
  type: v.picklist(PICTURE_TYPES),
  width: v.pipe(v.number(), v.description("In pixels.")),
  height: v.pipe(v.number(), v.description("In pixels.")),
  length: v.pipe(v.number(), v.description("In bytes.")),
};

const saidTexts = {
  alt: v.optional(v.string()),
  caption: v.optional(v.string()),
  credit: v.optional(v.string()),
  licence: v.optional(v.string()),
};

export const MediaView = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.description("The SHA-256 of the file as it is served.")),
    ...file,
    sizes: v.pipe(v.array(v.object(file)), v.description("Smaller sizes, the largest first.")),
    created: v.pipe(timestamp, v.description("When it came.")),
    ...saidTexts,
    isMissing: v.optional(
      v.pipe(
        v.boolean(),
        v.description("True where an import told of the picture, and its file hasn't been uploaded here."),
      ),
    ),
  }),
  v.description("A picture that is kept here."),
);

export const KeptMediaView = v.pipe(
  v.object({
    media: MediaView,
    proposed: v.pipe(
      v.object(saidTexts),
      v.description("What the file's own metadata says of the picture. With `proposals` it is taken."),
    ),
    warnings: v.array(IssueView),
  }),
  v.description("A picture that was uploaded."),
);

export const MediaWithUses = v.pipe(
  v.object({
    media: MediaView,
    uses: v.pipe(
      v.array(v.string()),
      v.description("The ids of articles that use it, at most a hundred. Withdrawn ones don't count."),
    ),
  }),
  v.description("A picture, and where it is used."),
);

export const MediaList = v.object({
  media: v.pipe(v.array(MediaView), v.description("The newest first.")),
  next,
});

export const DeletedMediaView = v.object({
  deleted: v.pipe(v.string(), v.description("The id of the picture.")),
});

/** The body of an upload. */
export const PictureFileBody = v.pipe(v.unknown(), v.description("The bytes of the picture."));
