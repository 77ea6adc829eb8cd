/** Words of other systems for the visibility of a document, each with its meaning here. Pure. */

/**
 * The meanings of a word. "public" hides nothing. "draft" is for the newsroom alone. "scheduled" is for nobody before
 * the document's own time. "gone" was taken back or never meant to stay, and can't become an article.
 */
export type Visibility = "public" | "draft" | "scheduled" | "gone";

// The post statuses of WordPress and of Blogger, the states of Ghost and of Superdesk, the publishing statuses of
// IPTC, and the words of static site generators and content systems for the same.
const WORDS: Record<Visibility, string> = {
  public:
    "all anybody anyone corrected everybody everyone featured free live open public publish published unrestricted usable " +
    "world",
  draft:
    "archived authenticated auto-draft being-corrected confidential correction draft drafts editors editors-only embargoed " +
    "employees fetched hidden in-progress in-review ingested inherit insiders internal internal-use logged-in members members-only " +
    "needs-review only-paid paid paid-members paid-subscribers password password-protected pending pending-review premium private protected registered " +
    "restricted review routed secret sent specific-tiers staff staff-only submitted subscribers subscribers-only tiers " +
    "unapproved unlisted unpublished withheld",
  scheduled: "future scheduled",
  gone:
    "canceled cancelled deleted expired killed recalled rejected removed retracted soft-trashed spam spiked trash trashed " +
    "withdrawn",
};

const MEANINGS: ReadonlyMap<string, Visibility> = new Map(
  (["public", "draft", "scheduled", "gone"] as const).flatMap((visibility) =>
    WORDS[visibility].split(" ").map((word): [string, Visibility] => [word, visibility]),
  ),
);

/** The reason of the warning that a document is kept as a draft. */
export const KEPT_AS_DRAFT = "kept-as-draft";

/**
 * Reads a word.
 * @param word a status, a state or an audience, in any case: `SOFT_TRASHED`, `Pending review`
 * @returns its meaning; undefined for a word that Dateline doesn't know: nobody may guess at it
 */
export function visibilityOf(word: string): Visibility | undefined {
  return MEANINGS.get(
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, "-"),
  );
}
