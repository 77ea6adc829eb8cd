/** The Worker under test: the real one, with a KV namespace around which faults can be injected. */
import { STORAGE_BYTES } from "../../src/desk/ledger/capacity.ts";
import { Desk as NewsroomDesk } from "../../src/desk/desk.ts";
import type { HubLine } from "../../src/desk/messages.ts";
import type { Site } from "../../src/article/site.ts";
import { type App, createApp } from "../../src/app.ts";
import { Hub as NewsroomHub } from "../../src/hub/hub.ts";
import { lineToHub } from "../../src/hub/stub.ts";
import { topicsOf } from "../../src/public/topics.ts";
import { IsolateCache } from "../../src/http/isolate-cache.ts";
import worker from "../../src/index.ts";
import type { Message, Outcome, Taken } from "../../src/hub/messages.ts";
import {
  type CallFault,
  faultyCourier,
  faultyDesk,
  faultyLine,
  hubFaults,
  slowTopics,
} from "./faulty-hub.ts";
import { mediaFaults, withMediaFaults } from "./faulty-media.ts";
import { faulty } from "./faulty-kv.ts";
import { ORIGIN, site } from "./site.ts";

function withFaults(bindings: Env, vanish?: () => void): Env {
  return {
    ...withMediaFaults(bindings),
    ARTICLES: faulty(bindings.ARTICLES, vanish),
    HUB_REQUESTS: ofThisTest(bindings.HUB_REQUESTS),
    HUB_CALLBACKS: ofThisTest(bindings.HUB_CALLBACKS),
  };
}

/** A rate limit that counts anew in each test: all of them send from one address, to callbacks on one machine. */
function ofThisTest(limit: RateLimit): RateLimit {
  return { limit: ({ key }) => limit.limit({ key: `${background.id} ${key}` }) };
}

/** The number of articles in a feed, and the owner's own feeds: the next Desk and the next isolate start with them. */
export const layout: Pick<Site, "url" | "itemsPerFeed" | "feeds" | "hub"> = { ...site };

/** The number of bytes that the ledger may have: the next Desk starts with it. */
export const storage = { limit: STORAGE_BYTES };

/** Restores the site's own layout and limit, before each test. */
export function resetLayout(): void {
  storage.limit = STORAGE_BYTES;
  Object.assign(layout, { itemsPerFeed: site.itemsPerFeed, feeds: site.feeds, hub: site.hub });
}

export class Desk extends NewsroomDesk {
  constructor(ctx: DurableObjectState, bindings: Env) {
    super(
      ctx,
      withFaults(bindings, () => ctx.abort()),
      { ...layout },
      countedLine(faultyLine(lineToHub(bindings))),
      storage.limit,
    );
  }

  override keepMedia(...given: Parameters<NewsroomDesk["keepMedia"]>): ReturnType<NewsroomDesk["keepMedia"]> {
    // Nothing comes between this note and the Desk's own first step.
    mediaFaults.keeping.push(given[0].id);
    return super.keepMedia(...given);
  }
}

export { Audience } from "../../src/audience/audience.ts";

export class Hub extends NewsroomHub {
  constructor(ctx: DurableObjectState, bindings: Env) {
    const whole = { ...site, ...layout };
    const desk = faultyDesk(bindings.DESK);
    super(ctx, { ...bindings, DESK: desk }, whole, slowTopics(topicsOf(whole)), () =>
      faultyCourier(ctx.exports.Courier),
    );
  }

  override take(message: Message, courier: string, known: number | undefined): Taken {
    const fault = hubFaults.onTake(message);
    const taken = this.#isLost(fault) ? { letters: [] } : super.take(message, courier, known);
    if (fault === "unanswered") throw new Error("The answer is lost");
    return taken;
  }

  override async report(
    message: Message,
    courier: string,
    outcomes: Outcome[],
    isLast: boolean,
  ): Promise<void> {
    const decided = hubFaults.onReport(message);
    // Where the hub is to vanish, it does at once.
    const fault = typeof decided === "string" ? decided : await decided;
    if (!this.#isLost(fault)) await super.report(message, courier, outcomes, isLast);
    if (fault === "unanswered") throw new Error("The answer is lost");
  }

  #isLost(fault: CallFault): boolean {
    if (fault === "vanishes") {
      // What this hub waits for never ends.
      hubFaults.underWay.clear();
      this.ctx.abort("The hub vanishes");
    }
    return fault === "lost" || fault === "vanishes";
  }
}

export { Courier } from "../../src/hub/delivery/courier.ts";

/** The tests' subscribers are on this machine. */
const CALLBACKS = { siteUrl: ORIGIN, isLoopbackAllowed: true };

/** An isolate with empty caches. @param maxTextBytes bound on the KV values that it keeps */
export function freshIsolate(maxTextBytes?: number): App {
  return createApp({ ...site, ...layout }, "build", undefined, CALLBACKS, new IsolateCache(maxTextBytes));
}

let background = { id: crypto.randomUUID(), tasks: 0 };
let app: App | undefined;

/** Starts another isolate: what an isolate keeps between requests must not leak into the next test. */
export function startAnotherIsolate(): void {
  app = undefined;
  background = { id: crypto.randomUUID(), tasks: 0 };
}

/** The number of background tasks, of requests and of the Desk, that are still under way. */
export function backgroundTasks(): number {
  return background.tasks;
}

/** Counts a task as long as it is under way. */
function countTask<T>(task: Promise<T>): Promise<T> {
  const isolate = background;
  isolate.tasks += 1;
  return task.finally(() => {
    isolate.tasks -= 1;
  });
}

/** The Desk's line to the hub, whose calls are counted: nobody waits for them. */
function countedLine({ changed, happened }: HubLine): HubLine {
  return {
    changed: (changes) => countTask(changed(changes)),
    happened: (events) => countTask(happened(events)),
  };
}

/** The context of a request, whose background work is counted. */
function counted(ctx: ExecutionContext): ExecutionContext {
  const waitUntil = (task: Promise<unknown>): void => ctx.waitUntil(countTask(task));
  return new Proxy(ctx, {
    get: (target, name): unknown => (name === "waitUntil" ? waitUntil : Reflect.get(target, name)),
  });
}

export default {
  fetch: (request, bindings, ctx) => {
    // Not every test asks it anything.
    app ??= freshIsolate();
    return app.fetch(request, withFaults(bindings), counted(ctx));
  },
  scheduled: (controller, bindings) => worker.scheduled(controller, bindings),
} satisfies ExportedHandler<Env>;
