/** A document → the task that uploads it. */
import { randomUUID } from "node:crypto";
import { isId } from "../../article/identity.ts";
import type { Issue } from "../transport/responses.ts";
import type { Task } from "../transport/task.ts";

/** The mode of an upload; each member is a query parameter of the API. */
export type Mode = { isDryRun: boolean; isDraft: boolean; isSilent: boolean };

export type Document = {
  type: string;
  /** The file's name without the ending: the article's id, if it is a valid one. */
  stem?: string;
  /** The identity that the document names itself. It wins over the file's name. */
  guid?: string | undefined;
  /** The sections of a document that names none itself. */
  sections?: readonly string[];
  /** The warnings from before the request. */
  warnings?: readonly Issue[];
  read: () => Promise<Uint8Array<ArrayBuffer>>;
};

/**
 * Makes the task that uploads a document: PUT under its id, else POST.
 * @param name the document's name for people
 */
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
      // A key for this run alone. A key made from the content would repeat the first run's response for a day:
      // "created", though the article was withdrawn since. Across runs the site recognises the same document.
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
