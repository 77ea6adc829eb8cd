/** Schemas of the answer about the readers of the feeds. */
import * as v from "valibot";
import { next, timestamp } from "./article.ts";

const feed = v.pipe(
  v.string(),
  v.description(
    "`all`, or what the feed gathers by and its name: `section:politics`. `section:+` stands for all unions of sections together, as software that isn't known polls them.",
  ),
);

export const ReaderView = v.pipe(
  v.object({
    feed,
    url: v.optional(
      v.pipe(
        v.string(),
        v.url(),
        v.description("The feed's address in that format; missing for `section:+`, which has many."),
      ),
    ),
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
  readers: v.pipe(
    v.array(ReaderView),
    v.description("Whoever polled within the last thirty days, by feed, format and name."),
  ),
  feeds: v.pipe(
    v.array(FeedAudience),
    v.description("The feeds of this page, each with the sum over all its readers."),
  ),
  next,
});
