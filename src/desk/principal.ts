/** A principal: somebody who acts, with rights. Pure. */
import type { SectionName } from "../article/article.ts";

export const RIGHTS = ["publish", "withdraw", "admin"] as const;

/** `publish`: upload, revise, schedule, correct; `withdraw`: withdraw and reinstate; `admin`: tokens, audit, whole copies. */
export type Right = (typeof RIGHTS)[number];

export type Principal = {
  /** As the audit names it: `EDITOR_TOKEN`, `token:<id>`, `access:<address>`, `clock`. */
  name: string;
  rights: readonly Right[];
  /** The ids of the only sections that it may touch; undefined for all. */
  sections?: readonly string[] | undefined;
  /** SHA-256, in hexadecimal, of the token that it showed; the Desk looks at it again when it decides. */
  digest?: string | undefined;
};

/** The missing permission of a principal for an action: the right, or one of the sections. */
export type MissingPermission = { right: Right } | { section: string };

/**
 * @param sections those that the article is in, and those that it would be in
 * @returns undefined when nothing is lacking
 */
export function missingPermission(
  { rights, sections: own }: Principal,
  right: Right,
  sections: readonly Pick<SectionName, "id">[],
): MissingPermission | undefined {
  if (!rights.includes(right)) return { right };
  const foreign = sections.find(({ id }) => own !== undefined && !own.includes(id));
  return foreign === undefined ? undefined : { section: foreign.id };
}
