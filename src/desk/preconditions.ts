/** Preconditions: the revision that an editor expects to find (RFC 9110, sections 13.1.1 and 13.1.2). Pure. */

/** `*`, or revisions: those of an editor's strong entity tags. */
export type Revisions = "*" | number[];

export type Preconditions = { ifMatch?: Revisions | undefined; ifNoneMatch?: Revisions | undefined };

/**
 * Whether the preconditions hold.
 * @param revision the present revision, or undefined where there is no article
 */
export function preconditionsHold(
  { ifMatch, ifNoneMatch }: Preconditions,
  revision: number | undefined,
): boolean {
  return (ifMatch === undefined || matches(ifMatch, revision)) && !matches(ifNoneMatch ?? [], revision);
}

function matches(revisions: Revisions, revision: number | undefined): boolean {
  if (revision === undefined) return false;
  return revisions === "*" || revisions.includes(revision);
}
