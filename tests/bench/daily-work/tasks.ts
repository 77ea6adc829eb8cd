/** An editor's tasks, each with the seconds until readers see it done. */
import { setTimeout as pause } from "node:timers/promises";
import { importAll, publish, read, TOKEN } from "../dateline/client.ts";
import { importLines, type Story } from "../dateline/stories.ts";

export const TASKS = ["upload", "second change", "withdrawal", "release"] as const;
export type Task = (typeof TASKS)[number];

const POLL_MILLISECONDS = 20;
const PATIENCE_SECONDS = 240;
const EMBARGO_MILLISECONDS = 2000;
// Enough to send all embargoes before they end.
const SENDING_MILLISECONDS = 20_000;
const READERS = 4;

/** Does a task with an article of its own. @returns the seconds until readers see it done */
export async function secondsOf(worker: URL, name: Task, label: string): Promise<number> {
  const id = `${name.replace(" ", "-")}-${label}`;
  const fresh = {
    id,
    headline: `The ${name} of ${label}`,
    section: "Desk1",
    published: Date.now(),
    bodyBytes: 500,
  };
  switch (name) {
    case "upload": {
      const started = performance.now();
      await publish(worker, fresh, 0);
      return until(worker, started, (feed) => feed.includes(`${fresh.headline}<`));
    }
    case "second change": {
      await publish(worker, fresh, 0);
      const changed = { ...fresh, headline: `${fresh.headline} again` };
      const started = performance.now();
      await publish(worker, changed, 0);
      return until(worker, started, (feed) => feed.includes(`${changed.headline}<`));
    }
    case "withdrawal": {
      await publish(worker, fresh, 0);
      await until(worker, performance.now(), (feed) => feed.includes(`${fresh.headline}<`));
      await pause(1100);
      const started = performance.now();
      const response = await fetch(new URL(`/api/articles/${id}`, worker), {
        method: "DELETE",
        headers: { Authorization: `Bearer ${TOKEN}` },
      });
      if (!response.ok) throw new Error(`DELETE ${id} was answered ${response.status}`);
      return until(worker, started, (feed) => !feed.includes(`${fresh.headline}<`));
    }
    case "release": {
      const published = Date.now() + EMBARGO_MILLISECONDS;
      const due = performance.now() + EMBARGO_MILLISECONDS;
      await publish(worker, { ...fresh, published }, 0);
      await pause(Math.max(0, due - performance.now()));
      return until(worker, due, (feed) => feed.includes(`${fresh.headline}<`));
    }
  }
}

/**
 * Sends embargoes that all end in the same second, and waits until they have ended for everybody.
 * @returns the seconds from that second until the ledger, and until readers, have them all
 */
export async function embargoes(
  worker: URL,
  count: number,
  label: string,
): Promise<{ ledger: number; readers: number }> {
  const published = Math.ceil((Date.now() + SENDING_MILLISECONDS) / 1000) * 1000;
  const due = performance.now() + published - Date.now();
  const embargoed = (number: number): Story => ({
    id: `embargo-${label}-${number}`,
    headline: `Embargo ${number} of ${label}`,
    section: `Desk${number % 20}`,
    published,
    bodyBytes: 500,
  });
  await importAll(worker, importLines(0, count, embargoed));
  if (performance.now() > due) throw new Error("The embargoes were over before all were sent");
  await pause(due - performance.now());
  const ledger = untilNoneIsScheduled(worker, due);
  const paths = Array.from({ length: count }, (_, number) => `/articles/${embargoed(number).id}`);
  await Promise.all(Array.from({ length: READERS }, () => untilThere(worker, paths)));
  const readers = (performance.now() - due) / 1000;
  return { ledger: await ledger, readers };
}

async function until(worker: URL, started: number, isReached: (feed: string) => boolean): Promise<number> {
  for (;;) {
    const feed = await read(worker, "/rss.xml");
    const seconds = (performance.now() - started) / 1000;
    if (feed !== undefined && isReached(feed)) return seconds;
    if (seconds > PATIENCE_SECONDS) return seconds;
    await pause(POLL_MILLISECONDS);
  }
}

/** Asks for one page after the other, again for those that aren't there yet, until all are. */
async function untilThere(worker: URL, paths: string[]): Promise<void> {
  for (let path = paths.shift(); path !== undefined; path = paths.shift()) {
    if ((await read(worker, path)) !== undefined) continue;
    paths.push(path);
    await pause(POLL_MILLISECONDS);
  }
}

async function untilNoneIsScheduled(worker: URL, due: number): Promise<number> {
  for (;;) {
    const response = await fetch(new URL("/api/articles?status=scheduled&limit=1", worker), {
      headers: { Authorization: `Bearer ${TOKEN}` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The list was answered ${response.status}: ${text}`);
    if (text.includes('"articles":[]')) return (performance.now() - due) / 1000;
    await pause(5 * POLL_MILLISECONDS);
  }
}
