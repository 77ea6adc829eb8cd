/** What the ledger says a KV key should hold now: the whole of the reading side is made here. No KV, no clock. */
import { type Instant, isPublic, type Tombstone } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import type { Edition } from "../store/edition.ts";
import { articleKey, subjectOf } from "../store/keys.ts";
import type { SiteRecord } from "../store/records.ts";
import type { Parts } from "./parts.ts";

// What a feed may weigh for every aggregator: none takes more than 1 MB.
const MAX_WINDOW_BYTES = 1_000_000;
// The window's own members, and a comma for each article.
const ENVELOPE_BYTES = 200;

/** A value with its edition, or undefined where the key should not exist. */
export type Projected = { text: string; edition: Edition } | undefined;

export class Projection {
  readonly #ledger: Parts["ledger"];
  readonly #revisions: Parts["revisions"];
  readonly #feeds: Parts["feeds"];
  readonly #tombstones: Parts["tombstones"];
  readonly #epoch: string;

  constructor({ ledger, revisions, feeds, tombstones }: Parts, epoch: string) {
    this.#ledger = ledger;
    this.#revisions = revisions;
    this.#tombstones = tombstones;
    this.#feeds = feeds;
    this.#epoch = epoch;
  }

  /**
   * @param key one of store/keys.ts
   * @param now when the write starts
   */
  value(key: string, now: Instant): Projected {
    const subject = subjectOf(key);
    switch (subject.kind) {
      case "article":
        return this.#article(subject.id);
      case "window":
        return this.#window(subject.feed, now);
      case "site":
        return this.#site();
    }
  }

  /** The keys of the articles to whose pages the value of a key links. */
  linked(key: string): string[] {
    const subject = subjectOf(key);
    if (subject.kind !== "window") return [];
    return this.#feeds.shown(subject.feed).map(({ id }) => articleKey(id));
  }

  #article(id: string): Projected {
    const entry = this.#ledger.find(id);
    const isGone = entry?.status === "withdrawn" && entry.seen;
    if (entry === undefined || !(isGone || isPublic(entry.status))) return undefined;
    // An article that expires is the same revision, and another record.
    const sequence = entry.revision * 2 + Number(entry.status === "expired");
    const edition = { epoch: this.#epoch, sequence, changed: 0 };
    if (!isGone) return { text: this.#revisions.record(entry), edition };
    const tombstone: Tombstone = {
      version: 1,
      id,
      guid: entry.guid,
      revision: entry.revision,
      withdrawn: entry.changed,
      ...(entry.reason !== undefined && { reason: entry.reason }),
    };
    return { text: JSON.stringify(tombstone), edition };
  }

  #window(feed: FeedId, now: Instant): Projected {
    const edition = this.#feeds.edition(feed, this.#epoch, now);
    const withdrawn = JSON.stringify(this.#tombstones.of(feed, edition.changed));
    const records = this.#feeds.records(feed, MAX_WINDOW_BYTES - ENVELOPE_BYTES - withdrawn.length);
    return { text: `{"version":1,"articles":[${records.join(",")}],"withdrawn":${withdrawn}}`, edition };
  }

  #site(): Projected {
    const site: SiteRecord = { version: 1, sections: this.#feeds.sections() };
    const edition = { epoch: this.#epoch, sequence: this.#feeds.siteSequence(), changed: 0 };
    return { text: JSON.stringify(site), edition };
  }
}
