import { expect, test } from "vitest";
import { edit, post, put, withdraw } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

const BOTH = ["all", "section:politics"];

function act(path: string, body?: string): Promise<Response> {
  return edit("POST", `/api/articles/bridge/${path}`, body);
}

test("every write answers with the article, its revision and the feeds that changed", async () => {
  const answers = [
    await put("bridge", wire()),
    await put("bridge", wire()),
    await put("bridge", wire({ body: "Again.", sections: "Sport" })),
    await act("correct", '{"correction":"Five months."}'),
    await act("expire", '{"expires":"2099-01-01T00:00:00Z"}'),
    await act("revisions/1/restore"),
    await withdraw("bridge"),
    await act("reinstate"),
    await act("publish", '{"published":"2098-01-01T00:00:00Z"}'),
    await act("publish", '{"published":"2026-11-04T00:00:00Z"}'),
    await post(wire({ headline: "Ferry", time: "2099-01-01T00:00:00Z" })),
  ];
  const summaries = await Promise.all(
    answers.map(async (response) => {
      const { change, article, feeds } = await response.json<{
        change: string;
        article: { revision: number; status: string };
        feeds: string[];
      }>();
      const tag = response.headers.get("ETag");
      return [response.status, change, article.revision, tag, article.status, feeds.toSorted()];
    }),
  );
  expect(summaries).toEqual([
    [201, "created", 1, '"1"', "published", BOTH],
    [200, "unchanged", 1, '"1"', "published", []],
    [200, "revised", 2, '"2"', "published", [...BOTH, "section:sport"]],
    [200, "corrected", 3, '"3"', "published", ["all", "section:sport"]],
    [200, "rescheduled", 4, '"4"', "published", ["all", "section:sport"]],
    [200, "restored", 5, '"5"', "published", [...BOTH, "section:sport"]],
    [200, "withdrawn", 6, '"6"', "withdrawn", BOTH],
    [200, "reinstated", 7, '"7"', "published", BOTH],
    [200, "rescheduled", 8, '"8"', "scheduled", BOTH],
    [200, "published", 9, '"9"', "published", BOTH],
    [201, "created", 1, '"1"', "scheduled", []],
  ]);
});
