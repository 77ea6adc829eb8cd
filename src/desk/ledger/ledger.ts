/** The ledger's parts: each speaks for some of its tables. */
import type { Site } from "../../article/site.ts";
import { Audit } from "./audit.ts";
import { Counters } from "./counters.ts";
import { Directory } from "./directory.ts";
import { Entries } from "./feed-entries.ts";
import { Expiries } from "./expiries.ts";
import { Feeds } from "./feeds.ts";
import { Ledger } from "./articles.ts";
import { Outbox } from "./outbox.ts";
import { Pages } from "./archive-pages.ts";
import { Placement } from "./feed-membership.ts";
import { Readers } from "./readers.ts";
import { Refusals } from "./refusals.ts";
import { Revisions } from "./revisions.ts";
import { Staging } from "./staging.ts";
import { Tombstones } from "./tombstones.ts";

/** What the Desk takes from the site: how many articles a feed shows at most, and the feeds that the owner defines. */
export type Layout = Pick<Site, "itemsPerFeed" | "feeds">;

export type Parts = {
  ledger: Ledger;
  revisions: Revisions;
  staging: Staging;
  entries: Entries;
  feeds: Feeds;
  pages: Pages;
  placement: Placement;
  tombstones: Tombstones;
  expiries: Expiries;
  counters: Counters;
  directory: Directory;
  outbox: Outbox;
  audit: Audit;
  refusals: Refusals;
  readers: Readers;
};

export function partsOf(sql: SqlStorage, { itemsPerFeed, feeds: standing }: Layout): Parts {
  const outbox = new Outbox(sql);
  const entries = new Entries(sql, itemsPerFeed);
  const feeds = new Feeds(sql);
  const pages = new Pages(sql, entries);
  const counters = new Counters(sql, outbox);
  const directory = new Directory(sql, counters);
  return {
    ledger: new Ledger(sql),
    revisions: new Revisions(sql),
    staging: new Staging(sql),
    entries,
    feeds,
    pages,
    placement: new Placement(entries, feeds, pages, standing),
    tombstones: new Tombstones(sql, itemsPerFeed),
    expiries: new Expiries(sql, feeds),
    counters,
    directory,
    outbox,
    audit: new Audit(sql),
    refusals: new Refusals(sql),
    readers: new Readers(sql),
  };
}
