/** The hub: the Durable Object that knows who subscribes, and sees to it that news reaches them. It never asks KV. */
import type { Instant } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { ArticleEvent, FeedChange } from "../desk/messages.ts";
import { theDesk } from "../desk/stub.ts";
import { hubUrl } from "../feed/addresses.ts";
import { Clock } from "./clock.ts";
import { type Courier, Couriers, queueSpread, type Spread } from "./delivery/spread.ts";
import type {
  Message,
  Outcome,
  RequestRefusal,
  SubscriptionRequest,
  Taken,
  Verification,
} from "./messages.ts";
import { inTime } from "../in-time.ts";
import { HubReadings } from "./readings.ts";
import { SCHEMA } from "./schema.ts";
import type { Attempt } from "./tables/attempts.ts";
import { createTables } from "./tables/tables.ts";
import type { WebhookGrant } from "./tables/webhooks.ts";
import type { Topics } from "./topics.ts";
import type { IssuedWebhook, ListedWebhook, Redelivery } from "./webhooks/administration.ts";
import { Webhooks } from "./webhooks/webhooks.ts";
import { Administration, type NewBlock } from "./websub/administration.ts";
import { WebSub } from "./websub/websub.ts";

/** The queues, where the deployment has them. */
type Queues = { PUSH?: Queue<Message> | undefined; PUSH_SLOW?: Queue<Message> | undefined };

export class Hub extends HubReadings {
  readonly #administration: Administration;
  readonly #couriers: Couriers;
  readonly #websub: WebSub | undefined;
  readonly #webhooks: Webhooks;
  readonly #clock: Clock;

  /**
   * @param topics as the readers' door knows them
   * @param courier one that works in an invocation of its own
   */
  constructor(
    ctx: DurableObjectState,
    env: Env & Queues,
    site: Site,
    topics: Topics,
    courier: () => Courier,
  ) {
    ctx.storage.sql.exec(SCHEMA);
    const tables = createTables(ctx.storage.sql);
    super(ctx, env, tables);
    this.#administration = new Administration(ctx.storage, tables);
    this.#couriers = new Couriers(courier, {
      wake: () => void this.#clock.wake(),
      arm: () => void this.#clock.arm(),
    });
    const spread = spreadOf(env, this.#couriers);
    const url = hubUrl(site);
    const userAgent = `Dateline-Hub/1 (+${site.url}/)`;
    if (site.hub !== undefined && url !== undefined) {
      this.#websub = new WebSub({
        storage: ctx.storage,
        tables,
        topics,
        readWindows: (feeds) => inTime(theDesk(env).windows(feeds)),
        limits: site.hub,
        url,
        userAgent,
      });
    } else {
      // Nobody keeps what is here up to date: when the hub is switched on again, it begins with new editions.
      tables.topics.withholdAll();
    }
    this.#webhooks = new Webhooks({
      storage: ctx.storage,
      tables,
      site,
      tellDesk: (life, entries) => inTime(theDesk(env).addToAudit(life, entries)),
      userAgent,
    });
    this.#clock = new Clock(ctx.storage, [
      ...(this.#websub?.duties(spread, this.#couriers) ?? []),
      ...this.#webhooks.duties(spread),
    ]);
  }

  /** Notes that feeds have changed. Their subscribers get them soon. */
  async changed(changes: FeedChange[]): Promise<void> {
    this.#websub?.publication.note(changes, Date.now());
    await this.#clock.arm();
  }

  /** Notes what happened to articles. */
  async happened(events: ArticleEvent[]): Promise<void> {
    this.#webhooks.intake.take(events, Date.now());
    await this.#clock.arm();
  }

  /** Takes a subscriber's request. @returns the reason of a refusal; undefined where its verification follows */
  async request(request: SubscriptionRequest): Promise<RequestRefusal | undefined> {
    const refusal = this.#websub?.requests.accept(request, Date.now());
    await this.#clock.arm();
    return refusal;
  }

  /** What a courier is to send of a message now. @param known the sequence of the edition that it has */
  take(message: Message, courier: string, known: number | undefined): Taken {
    const now = Date.now();
    if ("webhook" in message) return this.#webhooks.deliveries.take(message, courier, now);
    return this.#websub?.fanOut.take(message, courier, known, now) ?? { letters: [] };
  }

  /** Notes what became of letters. @param isLast whether the courier has done with the message */
  async report(message: Message, courier: string, outcomes: Outcome[], isLast: boolean): Promise<void> {
    const now = Date.now();
    if ("webhook" in message) this.#webhooks.deliveries.report(message, courier, outcomes, isLast, now);
    else this.#websub?.fanOut.report(message, courier, outcomes, isLast, now);
    await this.#clock.arm();
  }

  /** The verifications that a courier is to make. */
  takeVerifications(ids: number[]): Verification[] {
    return this.#websub?.requests.take(ids) ?? [];
  }

  /** Notes which subscribers confirmed. */
  async reportVerifications(results: { id: number; isVerified: boolean }[]): Promise<void> {
    this.#websub?.requests.settle(results, Date.now());
    await this.#clock.arm();
  }

  /** Ends a subscription, and tells the subscriber. @returns whether there was one */
  endSubscription(id: number, actor: string): Promise<boolean> {
    return this.#administer((now) => this.#administration.end(id, actor, now));
  }

  /** Blocks a host of callbacks, and tells its subscribers. */
  blockHost(host: string, actor: string): Promise<NewBlock> {
    return this.#administer((now) => this.#administration.block(host, actor, now));
  }

  /** Takes a block back. @returns whether the host was blocked */
  unblockHost(host: string, actor: string): Promise<boolean> {
    return this.#administer((now) => this.#administration.unblock(host, actor, now));
  }

  /** Makes a webhook. @returns undefined where there are too many */
  makeWebhook(grant: WebhookGrant, actor: string): Promise<IssuedWebhook | undefined> {
    return this.#administer((now) => this.#webhooks.administration.make(grant, actor, now));
  }

  /** Gives a webhook a new secret. @returns undefined where there is no such webhook, as the one that follows */
  rotateWebhook(id: string, actor: string): Promise<IssuedWebhook | undefined> {
    return this.#administer((now) => this.#webhooks.administration.rotate(id, actor, now));
  }

  resumeWebhook(id: string, actor: string): Promise<ListedWebhook | undefined> {
    return this.#administer((now) => this.#webhooks.administration.resume(id, actor, now));
  }

  /** Removes a webhook. @returns whether there was one */
  removeWebhook(id: string, actor: string): Promise<boolean> {
    return this.#administer((now) => this.#webhooks.administration.remove(id, actor, now));
  }

  /** Sends events again. @returns how many; undefined too where the webhook was never told of the event */
  redeliver(id: string, of: Redelivery, actor: string): Promise<number | undefined> {
    return this.#administer((now) => this.#webhooks.administration.redeliver(id, of, actor, now));
  }

  webhooks(): ListedWebhook[] {
    return this.#webhooks.administration.list();
  }

  /** The log of a webhook, newest first: attempts with a number below `before`. */
  webhookLog(id: string, before: number | undefined, limit: number): Attempt[] | undefined {
    return this.#webhooks.administration.log(id, before, limit);
  }

  override async alarm(): Promise<void> {
    this.#couriers.replenish();
    await this.#clock.onAlarm();
  }

  /** Does what the alarm does: for the cron trigger, in case an alarm was lost. */
  sweep(): Promise<void> {
    return this.alarm();
  }

  async #administer<T>(act: (now: Instant) => T): Promise<T> {
    const done = act(Date.now());
    await this.#clock.arm();
    return done;
  }
}

/** Queues where there are both, couriers otherwise. */
function spreadOf({ PUSH, PUSH_SLOW }: Queues, couriers: Couriers): Spread {
  if (PUSH === undefined || PUSH_SLOW === undefined) return couriers.spread;
  return queueSpread({ healthy: PUSH, slow: PUSH_SLOW }, couriers.spread);
}
