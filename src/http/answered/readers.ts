/** Who reads the feeds, as the editor's API answers it, as schemas. */
import * as v from "valibot";
import { timestamp } from "./article.ts";

const feed = v.pipe(
  v.string(),
  v.description("`all`, or what the feed gathers by and its name: `section:politics`."),
);

export const ReaderView = v.pipe(
  v.object({
    feed,
    url: v.pipe(v.string(), v.url(), v.description("The feed's address in that format.")),
    format: v.pipe(
      v.string(),
      v.description("`rss`, `atom` or `json`, or the partner for whom the feed is made, such as `msn`."),
    ),
    agent: v.pipe(
      v.string(),
      v.description("A known reader's name; `browser`, or `other` for software that isn't known."),
    ),
    subscribers: v.optional(
      v.pipe(v.number(), v.description("How many it told last; missing for what never tells.")),
    ),
    seen: v.pipe(timestamp, v.description("When it was last noted: at most once an hour.")),
    requests: v.pipe(v.number(), v.description("Of how many polls, the latest, `conditional` is the share.")),
    conditional: v.pipe(
      v.number(),
      v.minValue(0),
      v.maxValue(1),
      v.description("The share of polls that asked only for what has changed."),
    ),
  }),
  v.description("One kind of software that polls a feed."),
);

export const FeedAudience = v.object({
  feed,
  subscribers: v.pipe(v.number(), v.description("The sum of what services told last.")),
});

export const ReaderList = v.object({
  readers: v.pipe(v.array(ReaderView), v.description("Whoever polled within the last thirty days.")),
  feeds: v.array(FeedAudience),
});
