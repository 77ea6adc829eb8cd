/** Runs tasks, a few at a time, and turns the site's responses into outcomes. */
import pMap from "p-map";
import * as v from "valibot";
import {
  type SiteResponse,
  type Issue,
  readSiteResponse,
  reasonsOf,
  Upload,
  warningsBeside,
} from "./responses.ts";
import type { Interruption } from "./interruption.ts";
import { isUnanswered, RefusedBefore, type Request, send } from "./request.ts";
import type { Site } from "./site.ts";
import type { Outcome, Result, Task } from "./task.ts";

const CHANGES = ["created", "revised", "unchanged", "withdrawn", "reinstated"] as const;
// One document may break its own connection; several in a row mean that the site is down.
const GIVE_UP_AFTER = 3;
const UNKNOWN_RESPONSE = "The answer is none that Dateline gives. Does --to name a Dateline site?";

/**
 * Runs tasks in their order, several at a time, but those of the same identity one after the other. When the site stops
 * answering, or refuses the token, the rest is not sent.
 * @param concurrency the number of tasks at a time
 * @param onDone called with each result as it comes
 * @returns the results in the order of the tasks
 */
export async function runTasks(
  tasks: readonly Task[],
  site: Site,
  concurrency: number,
  interruption: Interruption,
  onDone: (result: Result) => void,
): Promise<Result[]> {
  const results = new Map<Task, Result>();
  let hasGivenUp = false;
  let unansweredInARow = 0;
  const countFailures = ({ kind }: Outcome, status?: number): void => {
    unansweredInARow = kind === "unanswered" ? unansweredInARow + 1 : 0;
    if (status === 401 || unansweredInARow >= GIVE_UP_AFTER) hasGivenUp = true;
  };
  const runTask = async (task: Task): Promise<void> => {
    const { outcome, warnings = [] }: TaskOutcome =
      hasGivenUp || interruption.stopping.aborted
        ? { outcome: { kind: "unsent" } }
        : await runOne(task, site, interruption, countFailures);
    const result = { name: task.name, outcome, warnings: [...(task.warnings ?? []), ...warnings] };
    results.set(task, result);
    onDone(result);
  };
  const groups = Map.groupBy(tasks, ({ identity }) => identity);
  await pMap(
    groups.values(),
    async (group) => {
      for (const task of group) await runTask(task);
    },
    { concurrency },
  );
  return tasks.flatMap((task) => results.get(task) ?? []);
}

/** The outcome of a task, and the site's warnings. */
type TaskOutcome = { outcome: Outcome; warnings?: Issue[] };

async function runOne(
  task: Task,
  site: Site,
  interruption: Interruption,
  countFailures: (outcome: Outcome, status?: number) => void,
): Promise<TaskOutcome> {
  const unanswered = ({ message }: Error): TaskOutcome => {
    const outcome: Outcome = { kind: "unanswered", reasons: [message] };
    countFailures(outcome);
    return { outcome };
  };
  let request: Request;
  try {
    request = await task.request();
  } catch (error) {
    if (isUnanswered(error)) return unanswered(error);
    const reasons = [error instanceof Error ? error.message : String(error)];
    const outcome: Outcome = { kind: "refused", reasons };
    if (error instanceof RefusedBefore) countFailures(outcome, error.status);
    return { outcome };
  }
  try {
    const response = await send(site, request, interruption, readSiteResponse);
    const taskOutcome = outcomeFrom(response, task);
    countFailures(taskOutcome.outcome, response.status);
    return taskOutcome;
  } catch (error) {
    if (!isUnanswered(error)) throw error;
    return unanswered(error);
  }
}

function outcomeFrom(response: SiteResponse, { outcomeOf }: Task): TaskOutcome {
  if (response.status === 410) return { outcome: { kind: "withdrawn-before" } };
  if (!response.isOk) {
    return { outcome: { kind: "refused", reasons: reasonsOf(response) }, warnings: warningsBeside(response) };
  }
  if (outcomeOf !== undefined) {
    const outcome = outcomeOf(response) ?? { kind: "refused", reasons: [UNKNOWN_RESPONSE] };
    return { outcome, warnings: "picture" in outcome ? outcome.picture.warnings : [] };
  }
  const upload = v.safeParse(Upload, response.body);
  if (!upload.success) return { outcome: { kind: "refused", reasons: [UNKNOWN_RESPONSE] } };
  const kind = CHANGES.find((change) => change === upload.output.change) ?? "revised";
  return { outcome: { kind, upload: upload.output }, warnings: upload.output.warnings };
}
