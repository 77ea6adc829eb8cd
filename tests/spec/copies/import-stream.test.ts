import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { importBody, type LineAnswer, ndjson, textOf } from "../../support/stories/copies.ts";
import { edit } from "../../support/newsroom.ts";
import { ask } from "../../support/team.ts";
import { by, makeToken } from "../../support/tokens.ts";
import { wire } from "../../support/stories/wire.ts";

// Lines that are committed together.
const BATCH = 40;

const story = (n: number): object => ({
  id: `story-${n}`,
  wire: wire({
    sections: n % 2 === 0 ? "Politics" : "Sport",
    headline: `Story ${n}`,
    time: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    body: `What happened in story ${n}.`,
  }),
});

/** Lines `from` up to `to`, encoded. */
function lines(from: number, to: number): Uint8Array {
  const stories = Array.from({ length: to - from }, (_, index) => story(from + index));
  return new TextEncoder().encode(ndjson(stories));
}

/** An import whose body is written and whose answer is read piece by piece. */
function open(headers: Record<string, string> = {}) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const response = edit("POST", "/api/import", readable, {
    "Content-Type": "application/x-ndjson",
    ...headers,
  });
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let held = "";
  const decoder = new TextDecoder();
  const read = async (): Promise<LineAnswer & { summary?: Record<string, number> }> => {
    reader ??= (await response).body?.getReader();
    while (!held.includes("\n")) {
      const piece = await reader?.read();
      if (piece?.value === undefined) throw new Error("The answer has ended");
      held += decoder.decode(piece.value, { stream: true });
    }
    const end = held.indexOf("\n");
    const line: LineAnswer = JSON.parse(held.slice(0, end));
    held = held.slice(end + 1);
    return line;
  };
  return {
    writer,
    read,
    readMany: async (n: number) => {
      const answers: LineAnswer[] = [];
      while (answers.length < n) answers.push(await read());
      return answers;
    },
  };
}

async function count(): Promise<number> {
  let total = 0;
  let query = "";
  for (;;) {
    const { articles, next } = await (
      await edit("GET", `/api/articles${query}`)
    ).json<{ articles: object[]; next?: string }>();
    total += articles.length;
    if (next === undefined) return total;
    query = `?cursor=${next}`;
  }
}

describe("an import that is under way", () => {
  test("answers lines before the last one was sent", async () => {
    const { writer, read, readMany } = open();
    await writer.write(lines(0, BATCH));
    const first = await readMany(BATCH);
    expect(await count()).toBe(BATCH);
    await writer.write(lines(BATCH, BATCH + 1));
    await writer.close();
    const [last, end] = [await read(), await read()];
    expect(first.map(({ line, change }) => [line, change])).toEqual(
      first.map((_, index) => [index + 1, "created"]),
    );
    expect([last, end]).toEqual([
      { line: BATCH + 1, change: "created", id: `story-${BATCH}`, revision: 1 },
      { summary: { lines: BATCH + 1, created: BATCH + 1, refused: 0 } },
    ]);
  });

  test("keeps the lines that it answered when its stream breaks, and continues when it is sent again", async () => {
    const sent = [lines(0, 2 * BATCH + 20)];
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const piece = sent.shift();
          if (piece === undefined) controller.error(new Error("The connection was lost"));
          else controller.enqueue(piece);
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { ...by(env.EDITOR_TOKEN), "Content-Type": "application/x-ndjson" };
    const response = await ask("/api/import", { method: "POST", headers, body }, undefined);
    await expect(textOf(response)).rejects.toThrow("The connection was lost");
    expect(await count()).toBe(2 * BATCH);
    const { summary } = await importBody(new Blob([lines(0, 3 * BATCH)]).stream());
    expect(summary).toEqual({ lines: 3 * BATCH, refused: 0, unchanged: 2 * BATCH, created: BATCH });
  });

  test("stops when its token is revoked: no later line is accepted", async () => {
    const { token, id } = await makeToken();
    const { writer, readMany, read } = open(by(token));
    await writer.write(lines(0, BATCH));
    await readMany(BATCH);
    await edit("DELETE", `/api/tokens/${id}`);
    await writer.write(lines(BATCH, 2 * BATCH));
    await writer.close();
    const refused = await readMany(BATCH);
    expect(new Set(refused.map(({ problem }) => problem?.status))).toEqual(new Set([401]));
    expect(await read()).toEqual({ summary: { lines: 2 * BATCH, created: BATCH, refused: BATCH } });
    expect(await count()).toBe(BATCH);
  });
});

describe("an import that is sent again", () => {
  test("changes nothing", async () => {
    await importBody(new Blob([lines(0, 150)]).stream());
    const { summary } = await importBody(new Blob([lines(0, 150)]).stream());
    expect(summary).toEqual({ lines: 150, refused: 0, unchanged: 150 });
  });
});
