/** The memo of polls: what a poll found at an address, for those that follow while the feed's windows are the same. */
import { LRUCache } from "lru-cache";
import type { Instant } from "../article/article.ts";
import type { PollCounter } from "../audience/poll-counter.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import { isNavigation } from "../http/fetch-metadata.ts";
import { PreparedResponse } from "../http/prepared-response.ts";
import type { Representation } from "../http/representation.ts";
import type { RequestedFeed } from "./feed-routes.ts";
import type { MadeOf } from "./feed-source.ts";

/** What a poll found. The address chose it, and no preference of the client's. */
type Found = Pick<RequestedFeed, "feed" | "output"> & { madeOf: MadeOf };

type Remembered = Found & { since: Instant; prepared: PreparedResponse };

// A few kilobytes each: the header fields.
const MAX_ADDRESSES = 2000;

export class PollMemo {
  readonly #cache: IsolateCache;
  readonly #polls: PollCounter;
  readonly #remembered = new LRUCache<string, Remembered>({ max: MAX_ADDRESSES });

  constructor(cache: IsolateCache, polls: PollCounter) {
    this.#cache = cache;
    this.#polls = polls;
  }

  /**
   * Answers a poll, and counts it, as `servePoll` would. Nothing here waits, or reads.
   * @returns undefined where that has to
   */
  answer(request: Request, env: Env, context: Pick<ExecutionContext, "waitUntil">): Response | undefined {
    const found = this.#remembered.get(request.url);
    if (found === undefined) return undefined;
    const now = Date.now();
    if (!this.#holds(found, now) || isNavigation(request)) return undefined;
    const response = found.prepared.answer(request, now);
    if (response === undefined) return undefined;
    const { feed, output } = found;
    this.#polls.count({ feed, format: output.id, headers: request.headers }, env, context, now);
    return response;
  }

  /** Remembers what a poll found. @param url of the request */
  remember(
    url: string,
    { feed, output, madeOf, representation }: Found & { representation: Representation },
    now: Instant,
  ): void {
    const known = this.#remembered.get(url);
    if (known !== undefined && this.#holds(known, now)) return;
    const prepared = new PreparedResponse(representation, this.#cache);
    this.#remembered.set(url, { feed, output, madeOf, since: now, prepared });
  }

  /** Whether the windows are the same, and the present second may tell so. */
  #holds({ since, madeOf }: Remembered, now: Instant): boolean {
    if (now < since || now >= madeOf.until) return false;
    for (const { key, edition } of madeOf.windows)
      if (this.#cache.editions.known(key, now) !== edition) return false;
    return true;
  }
}
