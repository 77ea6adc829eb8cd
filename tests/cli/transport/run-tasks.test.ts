/** Runs of tasks that need another request before their own. */
import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { neverInterrupted } from "../../../src/cli/transport/interruption.ts";
import { Interrupted, RefusedBefore, Unanswered } from "../../../src/cli/transport/request.ts";
import { runTasks } from "../../../src/cli/transport/run-tasks.ts";

const SITE = { origin: "https://news.example", token: "none" };

for (const [title, error, kinds] of [
  [
    "gets no answer: three in a row end the run",
    new Unanswered("cut off"),
    ["unanswered", "unanswered", "unanswered", "unsent"],
  ],
  ["is broken off", new Interrupted("broken off"), ["unanswered", "unanswered", "unanswered", "unsent"]],
  [
    "is answered 401: the rest is not sent",
    new RefusedBefore("Unauthorized", 401),
    ["refused", "unsent", "unsent", "unsent"],
  ],
  [
    "is refused otherwise",
    new RefusedBefore("It is no picture", 422),
    ["refused", "refused", "refused", "refused"],
  ],
  [
    "can't be made for want of a file",
    new Error("There is no file"),
    ["refused", "refused", "refused", "refused"],
  ],
] as const) {
  test(`a task whose first request ${title}`, async () => {
    const tasks = ["a", "b", "c", "d"].map((name) => ({
      name,
      identity: name,
      request: () => Promise.reject(error),
    }));
    const results = await runTasks(tasks, SITE, 1, neverInterrupted(), () => {});
    deepEqual(
      results.map(({ outcome }) => outcome.kind),
      kinds,
    );
  });
}
