/** The newsroom's model with subscribers: commands that concern them, and the judgement of each delivery when it comes. */
import type fc from "fast-check";
import { expect } from "vitest";
import { advance, ask, deliveries, formOf, post, untilCalm } from "./hub.ts";
import { emptyModel, hasPage, type Model, release, SECOND } from "./model.ts";
import { get } from "./newsroom.ts";
import type { BehaviourInput } from "./subscribers/behaviour.ts";
import { type RemoteSubscriber, subscriber } from "./subscribers/control.ts";

type Reader = { one: RemoteSubscriber; topic: string; isSubscribed: boolean; judged: number };

export type HubModel = Model & {
  readers: Reader[];
  /** The article of each headline that there ever was. */
  owners: Map<string, string>;
};

export type HubCommand = fc.AsyncCommand<HubModel, null, boolean>;

export function emptyHubModel(): HubModel {
  return { ...emptyModel(), readers: [], owners: new Map() };
}

/** Judges the deliveries that came since the last time: no headline may be in them that readers may not see now. */
async function judge(model: HubModel): Promise<void> {
  for (const [id, { headline }] of model.articles) model.owners.set(headline, id);
  for (const reader of model.readers) {
    const received = await deliveries(reader.one);
    for (const { body } of received.slice(reader.judged)) {
      const shown = body.text.match(/Headline \d+\./g) ?? [];
      expect(shown.filter((headline) => isHidden(model, headline))).toEqual([]);
    }
    reader.judged = received.length;
  }
}

function isHidden({ articles, allowed, owners }: HubModel, headline: string): boolean {
  const article = articles.get(owners.get(headline) ?? "");
  return article === undefined || !hasPage(article) || (allowed.get(headline) ?? Infinity) > Date.now();
}

/** Lets time pass alarm by alarm, and judges what is delivered at each. */
async function passBy(model: HubModel, milliseconds: number): Promise<void> {
  await advance(milliseconds, async () => {
    await untilCalm();
    await judge(model);
  });
  release(model);
}

/** Any command of the newsroom, after which the Desk's notices are with the hub. */
export function calmly(command: HubCommand): HubCommand {
  return {
    check: (model) => command.check(model),
    run: async (model, real) => {
      await command.run(model, real);
      await untilCalm();
      await judge(model);
    },
    toString: () => command.toString(),
  };
}

export function pass(seconds: number): HubCommand {
  return {
    check: () => true,
    run: (model) => passBy(model, seconds * SECOND),
    toString: () => `pass(${seconds}s)`,
  };
}

/** A new subscriber. @param behaviour fails some times at most */
export function subscribing(topic: string, behaviour: BehaviourInput): HubCommand {
  return {
    check: () => true,
    run: async (model) => {
      const one = await subscriber(behaviour);
      const { status } = await post(formOf("subscribe", topic, one.callback));
      expect(status).toBe(202);
      model.readers.push({ one, topic, isSubscribed: true, judged: 0 });
      await passBy(model, 0);
    },
    toString: () => `subscribe(${topic}, ${JSON.stringify(behaviour)})`,
  };
}

/** Another request of a subscriber. @param index of any */
export function asking(mode: "subscribe" | "unsubscribe", index: number): HubCommand {
  return {
    check: ({ readers }) => readers.some(({ isSubscribed }) => isSubscribed),
    run: async (model) => {
      const left = model.readers.filter(({ isSubscribed }) => isSubscribed);
      const reader = left[index % left.length];
      if (reader === undefined) return;
      await ask(mode, reader.topic, reader.one.callback);
      reader.isSubscribed = mode === "subscribe";
      await judge(model);
    },
    toString: () => `${mode}(${index})`,
  };
}

/** Lets all attempts be made. Then each subscriber's last delivery is what its topic serves. */
export async function checkReaders(model: HubModel, milliseconds: number): Promise<void> {
  await passBy(model, milliseconds);
  for (const { one, topic, isSubscribed } of model.readers) {
    const last = (await deliveries(one)).at(-1);
    if (!isSubscribed || last === undefined) continue;
    expect([topic, last.body.text]).toEqual([topic, await (await get(topic)).text()]);
  }
}
