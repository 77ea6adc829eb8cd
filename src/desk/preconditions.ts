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

/** The tags in an If-Match of anything that has no revisions: those that are strong. Undefined: there is no such field. */
export type ExpectedTags = "*" | string[] | undefined;

/** Whether an If-Match holds for what is there (RFC 9110, section 13.1.1). */
export function isExpected(expected: ExpectedTags, tag: string): boolean {
  return expected === undefined || expected === "*" || expected.includes(tag);
}

function matches(revisions: Revisions, revision: number | undefined): boolean {
  if (revision === undefined) return false;
  return revisions === "*" || revisions.includes(revision);
}
