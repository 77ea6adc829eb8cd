/** What the Desk is asked, and what it answers. A refusal is a value with its evidence; http/ makes a response of it. */
import type { Article, Draft, Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import type { Key } from "../store/keys.ts";
import type { Preconditions } from "./preconditions.ts";
import type { MissingPermission, Principal } from "./principal.ts";

/** What comes with every write. */
export type WriteRequest = {
  actor: Principal;
  preconditions: Preconditions;
  /** From the Idempotency-Key: what was answered to the key is answered again; `digest` is the request's. */
  idempotency?: { key: string; digest: string } | undefined;
  /** Whether only the answer is wanted: everything is taken back. */
  isDryRun: boolean;
};

/** An upload: a draft, and under which id. */
export type Submission = {
  draft: Draft;
  /** The id that the editor chose; undefined where one is to be made from date and headline. */
  id?: string | undefined;
  /** The id that it has elsewhere: the guid of a new article, and otherwise the way to find it. */
  guid?: string | undefined;
  /** Whether it is to stay a draft, which no reader sees. */
  isDraft: boolean;
  /** Whether `updated` stays: readers get the new text, and nobody is told to read again. */
  isSilent: boolean;
  /** Of the site: goes into the guid of a new article. */
  authority: string;
};

/** What else can be done to an article. */
export type Action =
  | { kind: "withdraw"; reason?: string | undefined }
  | { kind: "reinstate" }
  /** At once, or at `published`. */
  | { kind: "publish"; published?: Instant | undefined }
  /** Null: never. */
  | { kind: "expire"; expires: Instant | null }
  /** Null takes the correction away. */
  | { kind: "correct"; correction: string | null }
  | { kind: "restore"; revision: number; isSilent: boolean };

export const CHANGES = [
  "created",
  "revised",
  "unchanged",
  "withdrawn",
  "reinstated",
  "published",
  "rescheduled",
  "corrected",
  "restored",
  "imported",
] as const;

export type Change = (typeof CHANGES)[number];

export type Accepted = {
  ok: true;
  change: Change;
  article: Article;
  /** The feeds that show something else now; none while the article is a draft or under embargo. */
  feeds: FeedId[];
  /** The KV keys that the change made stale; none in an answer that is repeated, or where nothing changed. */
  staleKeys: Key[];
  /** The id of an article that this one looks like a second version of. */
  resembles?: string | undefined;
  /** Whether the article left every public place because of its new time, or because it is a draft again. */
  isHidden?: boolean | undefined;
};

export type Refused = { ok: false } & (
  | { reason: "unauthorized" }
  | ({ reason: "forbidden" } & { missing: MissingPermission })
  | { reason: "expectation-failed"; id: string; revision: number | undefined }
  | { reason: "withdrawn"; id: string }
  | { reason: "not-found"; id: string }
  | { reason: "token-expired"; id: string }
  | { reason: "no-such-revision"; id: string; revision: number }
  | { reason: "guid-taken"; id: string; guid: string }
  | { reason: "expires-before-published"; id: string }
  | { reason: "key-reused" }
  | { reason: "too-many-keys" }
  | { reason: "storage-full" }
  | { reason: "revision-missing"; id: string; revision: number }
  | { reason: "revision-differs"; id: string; revision: number }
);

export type Outcome = Accepted | Refused;

/** An article as a list shows it. */
export type Listed = Pick<
  Article,
  | "id"
  | "guid"
  | "revision"
  | "status"
  | "sections"
  | "headline"
  | "published"
  | "updated"
  | "changed"
  | "expires"
  | "reason"
>;
