/** Schemas of the answer about the readers of the feeds. */
import * as v from "valibot";
import { next, timestamp } from "./article.ts";

const feed = v.pipe(
  v.string(),
  v.description(
    "`all`, or the kind and the id of the feed: `section:politics`. `section:+` stands for all unions of sections together, polled by unknown software.",
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
      v.description("The name of a known reader; `browser`; or `other` for unknown software."),
    ),
    subscribers: v.optional(
      v.pipe(v.number(), v.description("The number that it reported last; missing if it never reports.")),
    ),
    seen: v.pipe(timestamp, v.description("When it was last noted, which happens at most once an hour.")),
    requests: v.pipe(
      v.number(),
      v.description("The number of recent polls that `conditional` is a share of."),
    ),
    conditional: v.pipe(
      v.number(),
      v.minValue(0),
      v.maxValue(1),
      v.description("The share of polls that asked only for changes."),
    ),
  }),
  v.description("One kind of software that polls a feed."),
);

export const FeedSubscribers = v.object({
  feed,
  subscribers: v.pipe(v.number(), v.description("The sum of the numbers that services reported last.")),
  subscriptions: v.optional(
    v.pipe(
      v.number(),
      v.description(
        "The number of subscriptions by WebSub, over all formats; a union counts for itself. Missing for `section:+`, and while there is no number.",
      ),
    ),
  ),
});

export const ReaderList = v.object({
  readers: v.pipe(
    v.array(ReaderView),
    v.description("The software that polled within the last thirty days, by feed, format and name."),
  ),
  feeds: v.pipe(
    v.array(FeedSubscribers),
    v.description(
      "The feeds in this part of the list, each with the sum over all its readers. A feed without readers stands where they would if somebody subscribes to it by WebSub.",
    ),
  ),
  next,
});
