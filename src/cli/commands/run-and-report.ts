/** Runs tasks and shows their progress; writes a line about each result to a pipe. */
import { runTasks } from "../transport/run-tasks.ts";
import { showProgress } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Site } from "../transport/site.ts";
import { isComplete, lineOf } from "../summary.ts";
import type { Result, Task } from "../transport/task.ts";

/** Makes the line about a result; undefined for no line. */
export type Describe = (result: Result) => string | undefined;

/**
 * Runs tasks, and makes the session fail if something that the user asked for was not done.
 * @param work `localResults`: of documents that are not sent; they become part of the results unchanged
 * @param describe makes the line about each result
 * @returns every result, the local ones first
 */
export async function runAndReport(
  work: { tasks: readonly Task[]; localResults: readonly Result[] },
  site: Site,
  options: { concurrency: number; json: boolean },
  { out, interruption, fail }: Session,
  describe: Describe = lineOf,
): Promise<Result[]> {
  const progress = showProgress(work.tasks.length, out, process, options.json);
  const report = (result: Result): void => {
    const text = describe(result);
    if (text !== undefined) progress.line(text);
  };
  for (const result of work.localResults) report(result);
  let done = 0;
  const siteResults = await runTasks(work.tasks, site, options.concurrency, interruption, (result) => {
    if (result.outcome.kind !== "unsent") done += 1;
    report(result);
    progress.reach(done);
  });
  progress.end();
  const results = [...work.localResults, ...siteResults];
  if (!isComplete(results)) fail();
  return results;
}
