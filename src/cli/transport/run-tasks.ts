/** Sends what is to be sent, a few at a time. */
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
import { Interrupted, type Request, send, Unanswered } from "./request.ts";
import type { Site } from "./site.ts";
import type { Outcome, Result, Task } from "./task.ts";

const CHANGES = ["created", "revised", "unchanged", "withdrawn", "reinstated"] as const;
// A document may break its own connection; several in a row mean that nobody is there.
const GIVE_UP_AFTER = 3;
const STRANGE = "The answer is none that Dateline gives. Does --to name a Dateline site?";

/**
 * Carries out tasks in their order, as far as their number at a time allows; those of the same identity one after the
 * other. Once the site doesn't answer any more, or doesn't know the token, the rest is not sent.
 * @param concurrency how many at a time
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
  let isHopeless = false;
  let unansweredInARow = 0;
  const judge = ({ kind }: Outcome, status?: number): void => {
    unansweredInARow = kind === "unanswered" ? unansweredInARow + 1 : 0;
    if (status === 401 || unansweredInARow >= GIVE_UP_AFTER) isHopeless = true;
  };
  const carryOutOne = async (task: Task): Promise<void> => {
    const { outcome, warnings = [] }: TaskOutcome =
      isHopeless || interruption.stopping.aborted
        ? { outcome: { kind: "unsent" } }
        : await outcomeOf(task, site, interruption, judge);
    const result = { name: task.name, outcome, warnings: [...(task.warnings ?? []), ...warnings] };
    results.set(task, result);
    onDone(result);
  };
  const groups = Map.groupBy(tasks, ({ identity }) => identity);
  await pMap(
    groups.values(),
    async (group) => {
      for (const task of group) await carryOutOne(task);
    },
    { concurrency },
  );
  return tasks.flatMap((task) => results.get(task) ?? []);
}

/** What became of a task, and the site's warnings. */
type TaskOutcome = { outcome: Outcome; warnings?: Issue[] };

async function outcomeOf(
  task: Task,
  site: Site,
  interruption: Interruption,
  judge: (outcome: Outcome, status?: number) => void,
): Promise<TaskOutcome> {
  let request: Request;
  try {
    request = await task.request();
  } catch (error) {
    const reasons = [error instanceof Error ? error.message : String(error)];
    return { outcome: { kind: "refused", reasons } };
  }
  try {
    const answer = await send(site, request, interruption, readSiteResponse);
    const carried = outcomeFrom(answer);
    judge(carried.outcome, answer.status);
    return carried;
  } catch (error) {
    if (!(error instanceof Interrupted || error instanceof Unanswered)) throw error;
    const outcome: Outcome = { kind: "unanswered", reasons: [error.message] };
    judge(outcome);
    return { outcome };
  }
}

function outcomeFrom(answer: SiteResponse): TaskOutcome {
  if (answer.status === 410) return { outcome: { kind: "withdrawn-before" } };
  if (!answer.isOk) {
    return { outcome: { kind: "refused", reasons: reasonsOf(answer) }, warnings: warningsBeside(answer) };
  }
  const upload = v.safeParse(Upload, answer.body);
  if (!upload.success) return { outcome: { kind: "refused", reasons: [STRANGE] } };
  const kind = CHANGES.find((change) => change === upload.output.change) ?? "revised";
  return { outcome: { kind, upload: upload.output }, warnings: upload.output.warnings };
}
