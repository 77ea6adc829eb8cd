/** A document → the request that uploads it. */
import { randomUUID } from "node:crypto";
import { isId } from "../../article/identity.ts";
import type { Issue } from "../transport/responses.ts";
import type { Task } from "../transport/task.ts";

/** How documents are uploaded; each is a query parameter of the API. */
export type Mode = { isDryRun: boolean; isDraft: boolean; isSilent: boolean };

export type Document = {
  type: string;
  /** The name of its file without the ending: the article's id, when it can be one. */
  stem?: string;
  /** The identity that it names itself, which wins over any file name. */
  guid?: string | undefined;
  /** The sections that it goes to if it names none itself. */
  sections?: readonly string[];
  /** What was noticed about it already. */
  warnings?: readonly Issue[];
  read: () => Promise<Uint8Array<ArrayBuffer>>;
};

/** @param name what a person knows the document by */
export function documentTask(
  name: string,
  { type, stem, guid, sections = [], warnings, read }: Document,
  mode: Mode,
): Task {
  const query = queryOf(mode, sections);
  if (stem !== undefined && isId(stem)) {
    return {
      name,
      identity: `id ${stem}`,
      warnings,
      request: async () => ({
        method: "PUT",
        path: `/api/articles/${stem}${query}`,
        headers: { "Content-Type": type },
        body: await read(),
        isIdempotent: true,
      }),
    };
  }
  return {
    name,
    identity: guid === undefined ? `document ${name}` : `guid ${guid}`,
    warnings,
    request: async () => ({
      method: "POST",
      path: `/api/articles${query}`,
      // For this run alone. A key made from the content would be answered, for a day, with what the first run was
      // answered: "created", though the article was withdrawn since. Across runs the site knows the same document again.
      headers: { "Content-Type": type, "Idempotency-Key": randomUUID() },
      body: await read(),
      isIdempotent: true,
    }),
  };
}

function queryOf({ isDryRun, isDraft, isSilent }: Mode, sections: readonly string[]): string {
  const parameters = [
    isDryRun && "dry-run",
    isDraft && "draft",
    isSilent && "silent",
    ...sections.map((name) => `section=${encodeURIComponent(name)}`),
  ].filter((parameter) => parameter !== false);
  return parameters.length === 0 ? "" : `?${parameters.join("&")}`;
}
