/** The pictures of the sample articles: uploaded and set on their articles, as a newsroom does it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { neverInterrupted } from "../transport/interruption.ts";
import { runTasks } from "../transport/run-tasks.ts";
import type { Site } from "../transport/site.ts";
import type { Result } from "../transport/task.ts";
import { pictureTask, settingTask } from "./picture-task.ts";

const Samples = v.array(
  v.object({
    file: v.string(),
    article: v.string(),
    alt: v.string(),
    credit: v.string(),
    caption: v.string(),
  }),
);

/** What became of the upload of a picture, and of the change of its article. */
export type SampleResult = { upload: Result; setting: Result | undefined };

/**
 * Uploads the pictures of a folder, and sets each on its article.
 * @param folder with a list of them, `pictures.json`
 */
export async function publishPictures(
  folder: string,
  site: Site,
  concurrency: number,
): Promise<SampleResult[]> {
  const samples = v.parse(Samples, JSON.parse(await readFile(join(folder, "pictures.json"), "utf8")));
  const run = (tasks: Parameters<typeof runTasks>[0]): Promise<Result[]> =>
    runTasks(tasks, site, concurrency, neverInterrupted(), () => undefined);
  const uploads = await run(
    samples.map(({ file, article: _article, ...said }) => pictureTask(join(folder, file), said)),
  );
  const settings = await run(
    uploads.flatMap(({ name, outcome }, index) => {
      const article = samples[index]?.article;
      return article !== undefined && "picture" in outcome
        ? [settingTask(name, article, outcome.picture.media.id, true)]
        : [];
    }),
  );
  return uploads.map((upload) => ({ upload, setting: settings.find(({ name }) => name === upload.name) }));
}
