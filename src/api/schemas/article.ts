/** Schemas of the answers with articles. The description and the tests are made from them. */
import * as v from "valibot";
import { ArticleSchema } from "../../store/records.ts";

/** A time in an answer. */
export const timestamp = v.pipe(v.string(), v.isoTimestamp());

/** The cursor of the next part of a list. */
export const next = v.optional(
  v.pipe(v.string(), v.description("The `cursor` of the next part of the list; missing at its end.")),
);

const address = v.pipe(v.string(), v.url(), v.description("Its public address, once it is published."));

const times = {
  published: v.pipe(timestamp, v.description("The dateline's time; an embargo while it lies ahead.")),
  updated: v.pipe(timestamp, v.description("The time of the last change that readers should see.")),
  changed: v.pipe(timestamp, v.description("When it was last written.")),
  dateline: v.optional(
    v.pipe(timestamp, v.description("The time in its document, if it was published at another time.")),
  ),
  expires: v.optional(v.pipe(timestamp, v.description("When it leaves the feeds by itself."))),
};

const short = v.optional(
  v.pipe(
    v.string(),
    v.description("Replaces a long headline where there is little room; `short_title` in a document."),
  ),
);

const { entries: picture } = ArticleSchema.entries.image.wrapped;
const size = v.object({ url: v.pipe(v.string(), v.url()), ...picture.sizes.wrapped.item.entries });

const image = v.optional(
  v.pipe(
    v.object({ ...picture, sizes: v.optional(v.array(size)) }),
    v.description("Its picture. One that is kept here has the id of its `media`, and its smaller sizes."),
  ),
);

// The Desk's own notes are in an export alone.
const { pictured: _pictured, named: _named, ...shown } = ArticleSchema.entries;

export const ArticleView = v.pipe(
  v.object({ ...shown, shortHeadline: short, image, ...times, url: address }),
  v.description("A revision of an article, complete."),
);

const { id, guid, revision, status, sections, headline, reason } = ArticleSchema.entries;

export const ListedView = v.pipe(
  v.object({ id, guid, revision, status, sections, headline, reason, ...times, url: address }),
  v.description("An article as a list shows it."),
);

export const ArticleList = v.object({ articles: v.array(ListedView), next });

export const RevisionList = v.object({
  revisions: v.pipe(v.array(ListedView), v.description("The newest first.")),
  next,
});
