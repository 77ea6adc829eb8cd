/** Topics: what the hub asks of the readers' door, which knows the addresses of feeds and how each is written. */
import type { Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import type { VersionedValue } from "../store/edition.ts";

/** A feed's address to which one can subscribe. */
export type Topic = {
  /** The canonical one: the feed's `self`. */
  url: string;
  /** The feed that it serves in a form: a union is one. */
  feed: FeedId;
  /** The feeds whose windows it is made of: several for a union. */
  feeds: FeedId[];
  /** As in the field Content-Type of its responses. */
  contentType: string;
};

export type Topics = {
  /** Finds the topic of a canonical address; undefined where there could be no feed under it. */
  find: (url: string) => Topic | undefined;
  /** Whether the site's owner defines a feed no more, so that nobody can make it come back by publishing. */
  isGone: (feed: FeedId) => boolean;
  /**
   * The document that the topic serves.
   * @param windows of its feeds, in their order
   * @returns undefined where there is no such feed now
   */
  render: (topic: Topic, windows: readonly VersionedValue[], now: Instant) => Promise<string | undefined>;
};
