/** The Audience: the Durable Object that keeps who polls the feeds. No response to a reader waits for it. */
import { DurableObject } from "cloudflare:workers";
import type { FeedId } from "../article/feed-id.ts";
import { type Place, type Reader, Readers, type Sighting, type Subscribers } from "./readers.ts";
import { SCHEMA } from "./schema.ts";

export class Audience extends DurableObject<Env> {
  readonly #readers: Readers;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { sql } = ctx.storage;
    sql.exec(SCHEMA);
    this.#readers = new Readers(sql);
  }

  /** Notes polls of the feeds. @returns for each, in their order, whether it was noted: one within the hour is not. */
  note(sightings: Sighting[]): boolean[] {
    return this.#readers.note(sightings, Date.now());
  }

  /** The readers that have polled a feed, or any feed, lately: those whose place is after the one that `after` names. */
  readers(feed: string | undefined, after: Place | undefined, limit: number): Reader[] {
    return this.#readers.list(feed, after, limit, Date.now());
  }

  /** The subscribers of some feeds by the readers that have polled them lately, over all formats. */
  subscribers(feeds: FeedId[]): Subscribers[] {
    return this.#readers.subscribers(feeds, Date.now());
  }
}
