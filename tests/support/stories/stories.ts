/** Many articles at once, as lines of an import. */
import type { StandingFeed } from "../../../src/article/site.ts";
import { importLines } from "./copies.ts";
import { edit, settle } from "../newsroom.ts";

/** An item of JSON Feed with what an article has beyond it. */
export type Story = {
  id: string;
  title: string;
  sections: string[];
  date_published: string;
  summary?: string;
  content_text: string;
  authors?: { name: string }[];
  tags?: string[];
  image?: string;
  draft?: boolean;
  expires?: string;
};

/** A published story of politics, with the given differences. */
export function story(id: string, changes: Partial<Story> = {}): Story {
  return {
    id,
    title: `Story ${id}`,
    sections: ["Politics"],
    date_published: "2026-11-04T12:00:00Z",
    content_text: `What happened in ${id}.`,
    ...changes,
  };
}

/** Imports stories in their order, and waits until readers have them all. */
export async function publishAll(stories: readonly Story[]): Promise<void> {
  const { answers } = await importLines(stories);
  const refused = answers.filter(({ problem }) => problem !== undefined);
  if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
  await settle();
}

/** Creates or revises one story. */
export async function putStory(one: Story): Promise<Response> {
  return edit("PUT", `/api/articles/${one.id}`, JSON.stringify(one), { "Content-Type": "application/json" });
}

/** `prefix-1` to `prefix-count`, a minute apart, the newest last. */
export function series(prefix: string, count: number, changes: Partial<Story> = {}): Story[] {
  const first = Date.parse("2026-11-01T00:00:00Z");
  return Array.from({ length: count }, (_, index) =>
    story(`${prefix}-${index + 1}`, {
      date_published: new Date(first + index * 60_000).toISOString(),
      ...changes,
    }),
  );
}

/** A feed that the owner defines by these conditions. */
export function feedOf(id: string, conditions: Partial<StandingFeed>): StandingFeed {
  return { id, title: `Feed ${id}`, all: [], any: [], none: [], tags: [], ...conditions };
}
