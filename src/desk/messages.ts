/** The Desk's messages: requests and outcomes. A refusal is a value with its evidence; api/ makes a problem of it. */
import type { Article, Draft, Instant, NamedImage, Tombstone } from "../article/article.ts";
import type { Excess } from "../article/bounds.ts";
import type { EventKind } from "../article/event.ts";
import type { FeedId } from "../article/feed-id.ts";
import type { Key } from "../store/keys.ts";
import type { Preconditions } from "./preconditions.ts";
import type { MissingPermission, Principal } from "./principal.ts";

/** The part of a request that every write has. */
export type WriteRequest = {
  actor: Principal;
  preconditions: Preconditions;
  /** From the Idempotency-Key: a request that comes again gets the same answer. `digest` is that of the request. */
  idempotency?: { key: string; digest: string } | undefined;
  /** Whether only the answer is wanted: everything is rolled back. */
  isDryRun: boolean;
};

/** An upload: a draft, and the names under which it comes. */
export type Submission = {
  draft: Draft;
  /** The id that the editor chose; undefined where one is to be made from date and headline. */
  id?: string | undefined;
  /** The id that it has elsewhere: the guid of a new article, or the way to find one that is there. */
  guid?: string | undefined;
  /** Whether it is to stay a draft, which no reader sees. */
  isDraft: boolean;
  /** Whether `updated` stays: readers get the new text, and nobody is told to read again. */
  isSilent: boolean;
  /** The site's authority (RFC 4151, section 2.1): part of the guid of a new article. */
  authority: string;
};

/** A change of an article that is there. */
export type Action =
  | { kind: "withdraw"; reason?: string | undefined; deletesMedia?: boolean | undefined }
  | { kind: "reinstate" }
  /** At once, or at `published`. */
  | { kind: "publish"; published?: Instant | undefined }
  /** Null: never. */
  | { kind: "expire"; expires: Instant | null }
  /** Null takes the correction away. */
  | { kind: "correct"; correction: string | null }
  | { kind: "restore"; revision: number; isSilent: boolean }
  /** Null takes the picture away. */
  | { kind: "picture"; image: NamedImage | null; isSilent: boolean };

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
  "picture-changed",
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
  /** The ids of pictures that were deleted with the article. */
  deletedMedia?: string[] | undefined;
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
  | { reason: "no-such-media"; media: string }
  /** With its picture the article is beyond its limits. */
  | { reason: "beyond-bounds"; id: string; excesses: Excess[] }
  /** The picture's description isn't the expected one; `tag` is that of the present one. */
  | { reason: "description-changed"; media: string; tag: string }
  | { reason: "media-in-use"; media: string; articles: string[] }
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

/** Something that happened to an article, for the hub. */
export type ArticleEvent = {
  /** Names it for good: the same event, told again, has the same. */
  id: string;
  instant: Instant;
  kind: EventKind;
  /** The ids of the article's sections. */
  sections: string[];
  /** The article as it was then; a tombstone where it was withdrawn. */
  record: Article | Tombstone;
};

/** An entry of the hub for the audit. `number` counts them. */
export type HubAuditEntry = {
  number: number;
  instant: Instant;
  actor: string;
  action: string;
  subject: string;
  note?: string | undefined;
};

/** Tells the hub that a feed has changed. */
export type FeedChange = {
  feed: FeedId;
  /** Whether an article was taken away from readers: what the hub has of the feed must not go out any more. */
  isRecall: boolean;
};

/** The Desk's line to the hub. Both promises are kept once the hub has stored what it was told. */
export type HubLine = {
  changed: (changes: FeedChange[]) => Promise<void>;
  happened: (events: ArticleEvent[]) => Promise<void>;
};
