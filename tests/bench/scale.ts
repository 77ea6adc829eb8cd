/** How much is measured: in full, or with `--quick` for trying a change out. */

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
  /** Articles in the two ledgers between which publishing is compared. */
  smallLedger: number;
  largeLedger: number;
  /** Articles published to each of them. */
  publications: number;
  /** Renderings of each format. */
  renderings: number;
};

/** Short rounds and many of them: what else the machine does then meets every target alike. */
export const FULL: Scale = {
  loadSeconds: 3,
  loadRounds: 11,
  coldStarts: 9,
  importedArticles: 10_000,
  imports: [10_000, 50_000],
  smallLedger: 1000,
  largeLedger: 100_000,
  publications: 15,
  renderings: 300,
};

export const QUICK: Scale = {
  loadSeconds: 2,
  loadRounds: 2,
  coldStarts: 3,
  importedArticles: 1000,
  imports: [1000, 5000],
  smallLedger: 500,
  largeLedger: 5000,
  publications: 5,
  renderings: 50,
};
