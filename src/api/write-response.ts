/** What a write is answered: the article, its revision, which feeds changed, and every warning. */
import { formatInstant } from "../article/instant.ts";
import type { Context } from "hono";
import type * as v from "valibot";
import type { Site } from "../article/site.ts";
import type { Accepted } from "../desk/messages.ts";
import { articleKey, AUTHORS_KEY, type Key, NEWS_KEY, SITE_KEY, windowKey } from "../store/keys.ts";
import type { Issue } from "../upload/issue.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import type { Change, DryRun, Upload } from "./schemas/change.ts";
import { revisionTag } from "./desk-refusals.ts";
import { dryRun, verdictsOn } from "./dry-run.ts";
import { articleJson } from "./article-json.ts";

export class WriteResponses {
  readonly #site: Site;
  readonly #cache: IsolateCache;

  constructor(site: Site, cache: IsolateCache) {
    this.#site = site;
    this.#cache = cache;
  }

  /** Answers an accepted action. */
  changed(c: Context, accepted: Accepted): Response {
    this.#forget(accepted);
    return this.#answer(c, accepted, this.#bodyOf(accepted, []));
  }

  /**
   * Answers an accepted upload, with what aggregators would say of it.
   * @param isRehearsal whether it only shows what would be published
   */
  uploaded(c: Context, accepted: Accepted, warnings: Issue[], isRehearsal: boolean): Response {
    const now = Date.now();
    if (!isRehearsal) this.#forget(accepted);
    const body = this.#bodyOf(accepted, warnings);
    if (isRehearsal) {
      const rehearsal: v.InferOutput<typeof DryRun> = {
        ...body,
        ...dryRun(this.#site, accepted.article, now),
      };
      return c.json(rehearsal);
    }
    const verdicts = verdictsOn(this.#site, accepted.article, now);
    return this.#answer(c, accepted, { ...body, verdicts });
  }

  /** The isolate forgets what it knew of what changed. */
  #forget({ article, feeds, pages }: Accepted): void {
    const keys: Key[] = [
      articleKey(article.id),
      ...pages,
      ...feeds.map(windowKey),
      SITE_KEY,
      AUTHORS_KEY,
      NEWS_KEY,
    ];
    for (const key of keys) this.#cache.editions.forget(key);
  }

  #answer(
    c: Context,
    { article, change }: Accepted,
    body: v.InferOutput<typeof Change | typeof Upload>,
  ): Response {
    const isCreated = change === "created";
    return c.json(body, isCreated ? 201 : 200, {
      ETag: revisionTag(article),
      ...(isCreated && { Location: `/api/articles/${article.id}` }),
    });
  }

  #bodyOf(accepted: Accepted, warnings: Issue[]): v.InferOutput<typeof Change> {
    const { article, change, feeds } = accepted;
    return {
      change,
      article: articleJson(this.#site, article),
      feeds,
      warnings: [...warnings, ...warningsOf(accepted)],
    };
  }
}

/** What the Desk noticed. */
function warningsOf({ article, resembles, isHidden }: Accepted): Issue[] {
  const warnings: Issue[] = [];
  if (resembles !== undefined) {
    warnings.push({
      field: "body",
      reason: "resembles-article",
      detail:
        "An article with the same time and sections has nearly the same body: is this a second version of it?",
      found: resembles,
    });
  }
  if (isHidden) {
    warnings.push({
      field: "published",
      reason: "hidden-from-readers",
      detail:
        article.status === "draft"
          ? "Readers saw this article; as a draft it has left every public place."
          : "Readers saw this article; under embargo again it has left every public place until its time.",
      found: formatInstant(article.published),
    });
  }
  return warnings;
}
