/** Publishing: the pace of many uploads, and the time until readers see an article, with few and with many in the ledger. */
import { join } from "node:path";
import { importAll, publishAll, untilQuiet } from "../dateline/client.ts";
import type { Scale } from "../scale.ts";
import { importLines, story } from "../dateline/stories.ts";
import { figure, table } from "../table.ts";
import { costsOf } from "./cost.ts";
import { publications } from "./visible.ts";
import { startDateline } from "../dateline/worker.ts";

const SECTIONS = 20;
const BODY_BYTES = 500;
const FIRST_TIME = Date.parse("2020-01-01T00:00:00Z");

/** Two tables: the pace of uploads into an empty ledger, and one publication in a small and in a large one. */
export async function publishing(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  await using small = await startDateline(script, join(storage, "small"));
  await using large = await startDateline(script, join(storage, "large"));
  const fill = (worker: URL, from: number, to: number): Promise<number> =>
    publishAll(
      worker,
      from,
      to,
      (number) => story(number, FIRST_TIME, SECTIONS, BODY_BYTES),
      (count) => say(`Imported ${count} of ${scale.largeLedger} articles`),
    );
  say("Importing");
  const seconds = await fill(large.url, 0, scale.importedArticles);
  await fill(small.url, 0, scale.smallLedger);
  await importAll(
    large.url,
    importLines(scale.importedArticles, scale.largeLedger, (number) =>
      story(number, FIRST_TIME, SECTIONS, BODY_BYTES),
    ),
  );
  say("Waiting until KV has it all");
  for (const { url } of [small, large]) await untilQuiet(url);
  say("Publishing");
  const [few, many] = await publications([small.url, large.url], scale.publications);
  say("Counting the processor's time of publications");
  const [fewCpu, manyCpu] = await costsOf([small, large], scale.costedPublications);
  if (few === undefined || many === undefined || fewCpu === undefined || manyCpu === undefined)
    throw new Error("Nothing was measured");
  return [
    table(
      [`Import of articles of ${BODY_BYTES / 1000} KB`, "articles", "articles/s"],
      [
        [
          "over HTTP, into an empty ledger",
          scale.importedArticles.toLocaleString("en"),
          figure(scale.importedArticles / seconds),
        ],
      ],
    ),
    table(
      [
        "Publish one article, with so many in the ledger",
        scale.smallLedger.toLocaleString("en"),
        scale.largeLedger.toLocaleString("en"),
        "ratio",
      ],
      [
        [
          "ms until the answer",
          figure(few.answered),
          figure(many.answered),
          figure(many.answered / few.answered),
        ],
        [
          "ms until a reader sees it",
          figure(few.visible),
          figure(many.visible),
          figure(many.visible / few.visible),
        ],
        ["CPU ms, its delivery to KV included", figure(fewCpu), figure(manyCpu), figure(manyCpu / fewCpu)],
      ],
    ),
  ];
}
