/** Publishes a folder of wire documents over HTTP; each file's name is its article's id. */
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

const EXTENSION = ".txt";

export type Report = {
  created: string[];
  revised: string[];
  unchanged: string[];
  withdrawn: string[];
  /** One line for each document that was refused, with every reason. */
  refused: string[];
};

/** Where to publish, and as whom. */
export type Target = { origin: string; token: string };

/**
 * Uploads every document of a folder, oldest file name first.
 * @throws Error when the Worker can't be reached
 */
export async function publishFolder(folder: string, target: Target): Promise<Report> {
  const report: Report = { created: [], revised: [], unchanged: [], withdrawn: [], refused: [] };
  const files = (await readdir(folder)).filter((name) => name.endsWith(EXTENSION)).toSorted();
  for (const file of files) {
    const id = basename(file, EXTENSION);
    const response = await fetch(`${target.origin}/api/articles/${encodeURIComponent(id)}`, {
      method: "PUT",
      headers: { Authorization: `Bearer ${target.token}`, "Content-Type": "text/plain; charset=utf-8" },
      body: await readFile(join(folder, file)),
    });
    const answer: unknown = await response.json();
    if (response.ok) report[changeOf(answer)].push(id);
    else if (response.status === 410) report.withdrawn.push(id);
    else report.refused.push(`${file}: ${reasonsOf(answer)}`);
  }
  return report;
}

function changeOf(answer: unknown): "created" | "revised" | "unchanged" {
  const change = member(answer, "change");
  return change === "created" || change === "revised" ? change : "unchanged";
}

function reasonsOf(problem: unknown): string {
  const issues = member(problem, "issues");
  const lines = Array.isArray(issues)
    ? issues.map((issue) => `line ${String(member(issue, "line"))}: ${String(member(issue, "detail"))}`)
    : [];
  return lines.length > 0 ? lines.join(" ") : String(member(problem, "title"));
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
