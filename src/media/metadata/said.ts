/** What one kind of metadata says, before it is chosen from: texts as they stand in the file. */

export type Said = {
  alt?: string | undefined;
  caption?: string | undefined;
  credit?: string | undefined;
  /** The best first: one of them becomes the licence. */
  licences: (string | undefined)[];
};
