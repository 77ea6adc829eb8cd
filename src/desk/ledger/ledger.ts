/** The ledger: the Desk's SQLite. Each object speaks for one table or a few. */
import type { Site } from "../../article/site.ts";
import { Audit } from "./audit.ts";
import { Counters } from "./counters.ts";
import { Directory } from "./directory.ts";
import { FeedEntries } from "./feed-entries.ts";
import { Expiries } from "./expiries.ts";
import { Feeds } from "./feeds.ts";
import { FormerReaders } from "./former-readers.ts";
import { HubNotes } from "./hub-notes.ts";
import { MediaRecords } from "./media.ts";
import { MediaWork } from "./media-work.ts";
import { Idempotency } from "./idempotency.ts";
import { Articles } from "./articles.ts";
import { Outbox } from "./outbox.ts";
import { ArchivePages } from "./archive-pages.ts";
import { FeedMembership } from "./feed-membership.ts";
import { Refusals } from "./refusals.ts";
import { Revisions } from "./revisions.ts";
import { Staging } from "./staging.ts";
import { Tokens } from "./tokens.ts";
import { Tombstones } from "./tombstones.ts";

/**
 * The site as the Desk needs it: its address, how many articles a feed shows at most, the feeds that the owner defines, and whether
 * there is a hub.
 */
export type Layout = Pick<Site, "url" | "itemsPerFeed" | "feeds"> & Partial<Pick<Site, "hub">>;

export type Ledger = {
  articles: Articles;
  revisions: Revisions;
  staging: Staging;
  feedEntries: FeedEntries;
  feeds: Feeds;
  archivePages: ArchivePages;
  feedMembership: FeedMembership;
  tombstones: Tombstones;
  expiries: Expiries;
  counters: Counters;
  directory: Directory;
  outbox: Outbox;
  hubNotes: HubNotes;
  audit: Audit;
  refusals: Refusals;
  formerReaders: FormerReaders;
  tokens: Tokens;
  idempotency: Idempotency;
  media: MediaRecords;
  mediaWork: MediaWork;
  /** The origin of the site's addresses: those of kept pictures begin with it. */
  siteUrl: string;
};

export function createLedger(sql: SqlStorage, { url, itemsPerFeed, feeds: standing, hub }: Layout): Ledger {
  const revisions = new Revisions(sql);
  const feedEntries = new FeedEntries(sql, itemsPerFeed);
  const feeds = new Feeds(sql);
  const archivePages = new ArchivePages(sql, feedEntries);
  return {
    articles: new Articles(sql),
    revisions,
    staging: new Staging(sql),
    feedEntries,
    feeds,
    archivePages,
    feedMembership: new FeedMembership(feedEntries, feeds, archivePages, standing),
    tombstones: new Tombstones(sql, itemsPerFeed),
    expiries: new Expiries(sql, feeds),
    counters: new Counters(sql),
    directory: new Directory(sql),
    outbox: new Outbox(sql),
    hubNotes: new HubNotes(sql, hub !== undefined),
    audit: new Audit(sql),
    refusals: new Refusals(sql),
    formerReaders: new FormerReaders(sql),
    tokens: new Tokens(sql),
    idempotency: new Idempotency(sql, revisions),
    media: new MediaRecords(sql),
    mediaWork: new MediaWork(sql),
    siteUrl: url,
  };
}
