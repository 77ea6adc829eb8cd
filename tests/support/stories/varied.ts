/** Ordinary articles of a newsroom, each with words of its own. */
import { prose } from "./prose.ts";
import { series, type Story } from "./stories.ts";

/** Enough ordinary articles for a feed. */
export function ordinary(count: number): Story[] {
  return series("piece", count).map((one, index) =>
    Object.assign(one, {
      title: prose(index + 1000, 1).trim(),
      summary: prose(index + 2000, 2).trim(),
      content_text: prose(index + 3000, 24),
      authors: [{ name: `Author ${index % 9}` }],
      tags: [`tag ${index % 12}`],
    }),
  );
}
