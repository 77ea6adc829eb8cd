/** The words by which other systems say who may see a document, and what each of them means here. Pure. */

/**
 * What a word asks for: "public" hides nothing; "draft" is for the newsroom alone; "scheduled" is for nobody before the
 * document's own time; "gone" was taken back or never meant to stay, and can't become an article.
 */
export type Visibility = "public" | "draft" | "scheduled" | "gone";

// WordPress's post statuses, Blogger's, Ghost's and Superdesk's states, IPTC's publishing statuses, and what static site
// generators and content systems call the same.
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

/** The reason of the warning that says why a document is kept as a draft. */
export const KEPT_AS_DRAFT = "kept-as-draft";

/**
 * @param word a status, a state or an audience, in any case: `SOFT_TRASHED`, `Pending review`
 * @returns what it means; undefined for a word that says nothing Dateline knows, and that nobody may guess at
 */
export function visibilityOf(word: string): Visibility | undefined {
  return MEANINGS.get(
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, "-"),
  );
}
