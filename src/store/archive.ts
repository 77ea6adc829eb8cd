/** A feed's archive as its window names it. */
import * as v from "valibot";
import { decode, parseJson } from "./decode.ts";
import { type NewestPage, NewestPageSchema } from "./records.ts";

const Archived = v.object({ archive: v.optional(NewestPageSchema) });

/**
 * A feed's newest archive page, without a look at the articles of its window.
 * @param text the window's
 * @returns undefined where the feed has no archive page
 */
export function newestPage(text: string | undefined, where: string): NewestPage | undefined {
  return text === undefined ? undefined : decode(Archived, parseJson(text), where)?.archive;
}
