/** The workflows on GitHub: their permissions, and the actions that they run. */
import { deepEqual, equal, match } from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import * as v from "valibot";
import { parse } from "yaml";

const FOLDER = join(import.meta.dirname, "../../../.github/workflows");

const Step = v.object({ uses: v.optional(v.string()), with: v.optional(v.record(v.string(), v.unknown())) });
const Workflow = v.object({
  permissions: v.record(v.string(), v.string()),
  jobs: v.record(v.string(), v.object({ permissions: v.optional(v.never()), steps: v.array(Step) })),
});

for (const name of await readdir(FOLDER)) {
  test(`${name} may only read the repository, pins actions to commits, and keeps no credentials`, async () => {
    const { permissions, jobs } = v.parse(Workflow, parse(await readFile(join(FOLDER, name), "utf8")));
    deepEqual(permissions, { contents: "read" });
    for (const step of Object.values(jobs).flatMap(({ steps }) => steps)) {
      if (step.uses === undefined) continue;
      match(step.uses, /^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
      if (step.uses.startsWith("actions/checkout@")) equal(step.with?.["persist-credentials"], false);
    }
  });
}
