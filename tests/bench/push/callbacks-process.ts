/** The process of the callbacks: the subscribers of the tests, and answers to the program that measures. */
import { setTimeout as pause } from "node:timers/promises";
import { startSubscribers } from "../../support/subscribers/subscribers.ts";
import type { Method, Question } from "./callbacks.ts";
import { request } from "./subscribe.ts";

const POLL_MILLISECONDS = 10;

const { origin, callback, behave, received } = await startSubscribers("short");
process.on("message", ({ id, question }: { id: number; question: Question }) => {
  // Whoever asks learns of it by the end of this process.
  void answer(question).then((value) => process.send?.({ id, value }), fail);
});
process.send?.({ id: 0, value: origin });

function fail(reason: unknown): never {
  console.error(reason);
  process.exit(1);
}

async function answer(question: Question): Promise<number> {
  if ("delivery" in question) {
    for (const name of question.names) behave(name, { delivery: question.delivery });
    return question.names.length;
  }
  if ("worker" in question) {
    await storm(question);
    return question.names.length;
  }
  for (;;) {
    const times = question.names.flatMap((name) => firstSince(name, question) ?? []);
    const last = times.toSorted((a, b) => a - b)[question.count - 1];
    if (last !== undefined) return last;
    await pause(POLL_MILLISECONDS);
  }
}

/** Sends requests at a pace. @throws Error unless each is accepted */
async function storm({
  names,
  worker,
  topic,
  perSecond,
}: Extract<Question, { worker: string }>): Promise<void> {
  const sent: Promise<void>[] = [];
  const started = performance.now();
  for (const [index, name] of names.entries()) {
    await pause(Math.max(0, started + (index * 1000) / perSecond - performance.now()));
    sent.push(request(new URL(worker), topic, callback, [name], 1));
  }
  await Promise.all(sent);
}

/** When a callback had its first request of a kind since an instant. */
function firstSince(name: string, { method, since }: { method: Method; since: number }): number | undefined {
  return received(name).find((one) => one.method === method && one.at >= since)?.at;
}
