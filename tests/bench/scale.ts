/** The size of the measurements: in full, or with `--quick` for trying a change out. */

export type Scale = {
  /** Seconds that each target is under load in one round. */
  loadSeconds: number;
  /** Rounds in which the targets take turns. */
  loadRounds: number;
  /** Fresh starts of each Worker. */
  coldStarts: number;
  /** Articles of the timed import. */
  importedArticles: number;
  /** Articles of the imports as one stream, the smaller first. */
  imports: readonly number[];
  /** Articles of the import before each of them, after which V8 has once collected everything. */
  warmUp: number;
  /** Articles in the two ledgers between which publishing is compared. */
  smallLedger: number;
  largeLedger: number;
  /** Articles published to each of them, until readers see them; and to count the processor's time. */
  publications: number;
  costedPublications: number;
  /** Renderings of each format. */
  renderings: number;
  /** Push. */
  push: {
    /** Subscribers of one topic: delivered by couriers, and through the local queue, which is serial. */
    subscribers: number;
    queueSubscribers: number;
    /** Fan-outs whose median counts, after the first. */
    repetitions: number;
    /** Uploads of a round beside a fan-out, and its rounds; uploads before a storm, and its requests. */
    uploads: number;
    rounds: number;
    requests: number;
  };
  /** The daily work beside an import. */
  dailyWork: {
    /** Articles in the ledger before. */
    present: number;
    /** Articles of the import. */
    imported: number;
    /** Tags of each imported article: each tag has a feed and archive pages of its own. */
    tags: number;
    /** Rounds of all tasks on a quiet day, and beside the import's backlog. */
    rounds: number;
    /** Embargoes that end in the same second. */
    embargoes: number;
  };
};

/** Many short rounds, so that other work of the machine disturbs every target alike. */
export const FULL: Scale = {
  loadSeconds: 3,
  loadRounds: 11,
  coldStarts: 9,
  importedArticles: 10_000,
  imports: [10_000, 50_000],
  warmUp: 40_000,
  smallLedger: 1000,
  largeLedger: 100_000,
  publications: 15,
  costedPublications: 300,
  renderings: 300,
  push: {
    subscribers: 1000,
    queueSubscribers: 100,
    repetitions: 5,
    uploads: 300,
    rounds: 5,
    requests: 1000,
  },
  dailyWork: { present: 1000, imported: 20_000, tags: 5, rounds: 8, embargoes: 500 },
};

export const QUICK: Scale = {
  loadSeconds: 2,
  loadRounds: 2,
  coldStarts: 3,
  importedArticles: 1000,
  imports: [1000, 5000],
  warmUp: 2000,
  smallLedger: 500,
  largeLedger: 5000,
  publications: 5,
  costedPublications: 100,
  renderings: 50,
  push: { subscribers: 200, queueSubscribers: 40, repetitions: 3, uploads: 100, rounds: 3, requests: 200 },
  dailyWork: { present: 500, imported: 6000, tags: 2, rounds: 5, embargoes: 500 },
};
