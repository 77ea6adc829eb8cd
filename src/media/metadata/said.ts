/** The texts of one kind of metadata as they stand in the file, before one of them is chosen. */

export type Said = {
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
  /** The best first: one of them becomes the licence. */
  licences: (string | undefined)[];
};
