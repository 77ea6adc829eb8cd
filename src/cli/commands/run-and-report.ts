/** Carries out tasks before the user's eyes: progress, then the summary. */
import { runTasks } from "../transport/run-tasks.ts";
import { showProgress } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Site } from "../transport/site.ts";
import { isComplete, lineOf } from "../summary.ts";
import type { Result, Task } from "../transport/task.ts";

/** What is said of a result as it comes; undefined: nothing. */
export type Describe = (result: Result) => string | undefined;

/**
 * @param work `localResults`: of documents that are not to be sent; they are among the results as they are
 * @returns every result; the session is told to fail if one of them is not what was asked for
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
