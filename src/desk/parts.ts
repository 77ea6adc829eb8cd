/** The ledger's parts: each speaks for some of its tables. */
import { Audit } from "./audit.ts";
import { Feeds } from "./feeds.ts";
import { Ledger } from "./ledger.ts";
import { Outbox } from "./outbox.ts";
import { Revisions } from "./revisions.ts";
import { Tombstones } from "./tombstones.ts";

export type Parts = {
  ledger: Ledger;
  revisions: Revisions;
  feeds: Feeds;
  tombstones: Tombstones;
  outbox: Outbox;
  audit: Audit;
};

/** @param windowSize how many articles a feed shows at most */
export function partsOf(sql: SqlStorage, windowSize: number): Parts {
  return {
    ledger: new Ledger(sql),
    revisions: new Revisions(sql),
    feeds: new Feeds(sql, windowSize),
    tombstones: new Tombstones(sql, windowSize),
    outbox: new Outbox(sql),
    audit: new Audit(sql),
  };
}
