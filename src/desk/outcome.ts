/** What the Desk answers. A refusal is a value with its evidence; http/ makes a response of it. */
import type { Article, Draft } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import type { Expectation } from "./expectation.ts";

/** An upload: a draft, and under which id. */
export type Submission = {
  draft: Draft;
  /** The id that the editor chose; undefined where one is to be made from date and headline. */
  id?: string | undefined;
  expectation: Expectation;
  /** Of the site: goes into the guid of a new article. */
  authority: string;
  /** Who acts, for the audit. */
  actor: string;
};

export type Change = "created" | "revised" | "unchanged" | "withdrawn";

export type Accepted = {
  ok: true;
  change: Change;
  article: Article;
  /** The feeds that show something else now; none while the article is under embargo. */
  feeds: FeedId[];
  /** The id of an article that this one looks like a second version of. */
  resembles?: string | undefined;
};

export type Refused =
  | { ok: false; reason: "expectation-failed"; id: string; revision: number | undefined }
  | { ok: false; reason: "withdrawn"; id: string }
  | { ok: false; reason: "not-found"; id: string };

export type Outcome = Accepted | Refused;

/** An article as a list shows it. */
export type Listed = Pick<
  Article,
  "id" | "guid" | "revision" | "status" | "sections" | "headline" | "published" | "updated" | "changed"
>;
