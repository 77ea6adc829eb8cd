/** Reading: requests a second against the bare Worker, and the first request after a start. */
import { publishAll, untilQuiet } from "../dateline/client.ts";
import { coldAndHot } from "./cold-start.ts";
import { answerOf, type Load, loads, type Target } from "./load.ts";
import type { Scale } from "../scale.ts";
import { story } from "../dateline/stories.ts";
import { figure, table } from "../table.ts";
import { type Answer, startBare, startDateline } from "../dateline/worker.ts";

/** A full feed of long articles: the most that a reader gets. */
export const ITEMS = 50;
export const BODY_BYTES = 5000;

const FEED = "/rss.xml";
const FIRST_TIME = Date.parse("2026-01-01T00:00:00Z");

type Case = { name: string; target: Target };

/** Two tables: load, and cold starts. */
export async function reading(
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
): Promise<string[]> {
  say(`Publishing ${ITEMS} articles of ${BODY_BYTES} bytes`);
  const dateline = await startDateline(script, storage);
  await publishAll(dateline.url, 0, ITEMS, (number) => story(number, FIRST_TIME, 1, BODY_BYTES));
  await untilQuiet(dateline.url);
  const loaded: string[][] = [];
  for (const { name, target } of await cases(dateline.url)) {
    say(`Under load: ${name}`);
    loaded.push([name, ...(await againstBare(target, scale))]);
  }
  const feed = await answerOf({ ...request(dateline.url), method: "GET" });
  await dateline.stop();
  say("Cold starts");
  const cold = await coldAndHot(() => startDateline(script, storage), FEED, scale);
  const bare = await coldAndHot(() => startBare(feed), FEED, scale);
  return [
    table(
      [
        `RSS, ${ITEMS} articles of ${BODY_BYTES / 1000} KB`,
        "requests/s",
        "p99 ms",
        "bare",
        "p99 ms",
        "ratio",
        "bare, no fields",
        "p99 ms",
        "ratio",
      ],
      loaded,
    ),
    table(
      ["GET of the same, one at a time", "first ms", "then ms"],
      [
        ["Dateline", figure(cold.coldMilliseconds), figure(cold.hotMilliseconds)],
        ["bare", figure(bare.coldMilliseconds), figure(bare.hotMilliseconds)],
      ],
    ),
  ];
}

async function cases(worker: URL): Promise<Case[]> {
  const whole = request(worker);
  const { fields } = await answerOf(whole);
  const tag = fields["etag"];
  if (tag === undefined) throw new Error(`${FEED} has no entity tag`);
  return [
    { name: "304", target: { ...whole, headers: { "If-None-Match": tag }, status: 304 } },
    { name: "200", target: whole },
    { name: "HEAD", target: { ...whole, method: "HEAD" } },
  ];
}

function request(worker: URL): Target {
  return { worker, method: "GET", path: FEED, headers: {}, status: 200 };
}

/** The cells of a row: Dateline, a bare Worker that sends the same bytes, and one that sends no header fields. */
async function againstBare(target: Target, scale: Scale): Promise<string[]> {
  const answer = await answerOf(target);
  const same = await startBare(answer);
  const plain = await startBare({ ...answer, fields: withoutFields(answer) });
  const measured = await loads(
    [target, { ...target, worker: same.url }, { ...target, worker: plain.url }],
    scale,
  );
  await same.stop();
  await plain.stop();
  const [dateline, ...rivals] = measured;
  if (dateline === undefined) throw new Error("Nothing was measured");
  return [cells(dateline), ...rivals.map((rival) => cells(rival).concat(ratio(dateline, rival)))].flat();
}

/** No header fields, but for a body's Content-Type: without one, the runtime takes a slower way. */
function withoutFields({ fields, body }: Answer): Record<string, string> {
  const type = fields["content-type"];
  return body === undefined || type === undefined ? {} : { "content-type": type };
}

function cells({ perSecond, p99Milliseconds }: Load): string[] {
  return [figure(perSecond), figure(p99Milliseconds)];
}

function ratio(dateline: Load, rival: Load): string {
  return figure(dateline.perSecond / rival.perSecond);
}
