/** Poll counts of this isolate: counted at once, reported to the Audience in the background now and then. */
import { LRUCache } from "lru-cache";
import type { Instant } from "../article/article.ts";
import { type FeedId, isUnion } from "../article/feed-id.ts";
import { type Sighting, UNIONS } from "./readers.ts";
import { reasonOf, report } from "../report.ts";
import { type Agent, agentOf, isKnown, MAX_AGENT_LENGTH, UNKNOWN } from "./user-agent.ts";
import { theAudience } from "./stub.ts";

export type Poll = {
  feed: FeedId;
  /** As in the feed's entity tags: `rss`, `msn`. */
  format: string;
  /** Header fields of the request. */
  headers: Headers;
};

/** The polls since the Audience last noted them, and the instant of the last one that was reported to it. */
type PollCount = Sighting & { lastReported: Instant };

/** The counts of one feed: by format, and by the name of the software. */
type FeedCounts = ReadonlyMap<string, ReadonlyMap<string, PollCount>>;

// The Audience takes a count no more often than this.
const REPORT_MILLISECONDS = 3_600_000;
const PAUSE_MILLISECONDS = 60_000;
// A request that is cut off takes its report with it; the platform lets nothing live for longer.
const PATIENCE_MILLISECONDS = 60_000;
// A few hundred bytes each.
const MAX_POLL_COUNTS = 2000;
const MAX_AGENTS = 1000;
// How many counts one call to the Audience reports, and how many calls an isolate makes in a minute, whoever polls.
const MAX_DUE = 100;
const MAX_CALLS = 20;
const MINUTE_MILLISECONDS = 60_000;

export class PollCounter {
  readonly #agents = new LRUCache<string, Agent>({ max: MAX_AGENTS });
  readonly #counts = new LRUCache<FeedId, FeedCounts>({
    maxSize: MAX_POLL_COUNTS,
    sizeCalculation: (formats) => formats.values().reduce((sum, { size }) => sum + size, 0),
  });
  readonly #due = new Set<PollCount>();
  #reportingSince = Number.NEGATIVE_INFINITY;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #calls = { since: Number.NEGATIVE_INFINITY, count: 0 };

  /**
   * Counts a poll. It never throws and never waits.
   * @param context keeps a report to the Audience alive when the response has gone
   * @param now the present instant
   */
  count(
    { feed, format, headers }: Poll,
    env: Pick<Env, "AUDIENCE">,
    context: Pick<ExecutionContext, "waitUntil">,
    now: Instant,
  ): void {
    const count = this.#pollCountOf(feed, format, this.#agentOf(headers.get("User-Agent") ?? ""));
    count.requests += 1;
    if (headers.has("If-None-Match") || headers.has("If-Modified-Since")) count.conditional += 1;
    count.seen = now;
    if (now - count.lastReported < REPORT_MILLISECONDS) return;
    if (now < this.#pausedUntil || this.#due.size >= MAX_DUE) return;
    this.#due.add(count);
    if (now - this.#reportingSince < PATIENCE_MILLISECONDS || !this.#mayCall(now)) return;
    this.#reportingSince = now;
    context.waitUntil(this.#report(env, now));
  }

  #agentOf(userAgent: string): Agent {
    if (userAgent.length > MAX_AGENT_LENGTH) return agentOf(userAgent);
    const known = this.#agents.get(userAgent);
    if (known !== undefined) return known;
    const agent = agentOf(userAgent);
    this.#agents.set(userAgent, agent);
    return agent;
  }

  #pollCountOf(asked: FeedId, format: string, agent: Agent): PollCount {
    // Software without a name polls any union: that says nothing about this one.
    const isCrowd = !isKnown(agent) && isUnion(asked);
    const feed = isCrowd ? UNIONS : asked;
    const { name, subscribers } = isCrowd ? UNKNOWN : agent;
    const formats = this.#counts.get(feed);
    const known = formats?.get(format)?.get(name);
    if (known !== undefined) {
      known.subscribers = subscribers ?? known.subscribers;
      return known;
    }
    const lastReported = Number.NEGATIVE_INFINITY;
    const count: PollCount = {
      feed,
      format,
      agent: name,
      subscribers,
      seen: lastReported,
      requests: 0,
      conditional: 0,
      lastReported,
    };
    // The cache weighs a new value alone, so that the maps of a feed are made anew for each count.
    const agents = new Map(formats?.get(format)).set(name, count);
    this.#counts.set(feed, new Map(formats).set(format, agents));
    return count;
  }

  /** Whether this minute's calls to the Audience leave room for another: one object hears every isolate. */
  #mayCall(now: Instant): boolean {
    if (now - this.#calls.since >= MINUTE_MILLISECONDS) this.#calls = { since: now, count: 0 };
    return this.#calls.count < MAX_CALLS;
  }

  /** Reports what is due, and what becomes due meanwhile: however many poll, one call at a time. */
  async #report(env: Pick<Env, "AUDIENCE">, started: Instant): Promise<void> {
    while (this.#due.size > 0 && this.#mayCall(started)) {
      this.#calls.count += 1;
      const counts = [...this.#due];
      this.#due.clear();
      const sightings = counts.map(({ lastReported: _reported, ...sighting }) => sighting);
      try {
        const noted = await theAudience(env).note(sightings);
        for (const [index, count] of counts.entries()) settle(count, sightings[index], noted[index] === true);
      } catch (thrown) {
        // The counts are reported another time.
        this.#due.clear();
        this.#pausedUntil = started + PAUSE_MILLISECONDS;
        report("readers-not-noted", { reason: reasonOf(thrown) });
      }
    }
    this.#reportingSince = Number.NEGATIVE_INFINITY;
  }
}

/**
 * Settles a count with the Audience's answer: what the Audience noted needn't be reported again; what another isolate was ahead of stays
 * counted. An answer that comes after the one to a later call is out of date.
 */
function settle(count: PollCount, reported: Sighting | undefined, isNoted: boolean): void {
  if (reported === undefined || reported.seen < count.lastReported) return;
  count.lastReported = reported.seen;
  if (!isNoted) return;
  count.requests -= reported.requests;
  count.conditional -= reported.conditional;
}
