/** The process of the callbacks: the subscribers of the tests, and answers to the program that measures. */
import { setTimeout as pause } from "node:timers/promises";
import { startSubscribers } from "../../support/subscribers/subscribers.ts";
import type { Question } from "./callbacks.ts";

const POLL_MILLISECONDS = 10;

const { origin, behave, received } = await startSubscribers("short");
process.on("message", ({ id, question }: { id: number; question: Question }) => {
  void answer(question).then((value) => process.send?.({ id, value }));
});
process.send?.({ id: 0, value: origin });

async function answer(question: Question): Promise<number> {
  if ("delivery" in question) {
    for (const name of question.names) behave(name, { delivery: question.delivery });
    return question.names.length;
  }
  for (;;) {
    const times = question.names.flatMap((name) => firstSince(name, question) ?? []);
    const last = times.toSorted((a, b) => a - b)[question.count - 1];
    if (last !== undefined) return last;
    await pause(POLL_MILLISECONDS);
  }
}

/** When a callback had its first request of a kind since an instant. */
function firstSince(name: string, { method, since }: { method: string; since: number }): number | undefined {
  return received(name).find((request) => request.method === method && request.at >= since)?.at;
}
