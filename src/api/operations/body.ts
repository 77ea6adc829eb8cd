/** The body of a request: its description, and the way to read it. */
import * as v from "valibot";
import type { ProblemCode } from "../../http/problems.ts";
import { readBytes } from "../../http/request-body.ts";
import { MAX_UPLOAD_BYTES } from "../../upload/formats.ts";
import type { Issue } from "../../upload/issue.ts";
import { readBody } from "../decode.ts";

const JSON_PROBLEMS = ["too-large", "unreadable-document", "invalid-document"] as const;

/** A body by its media types; each schema has a name among the components of the description. */
export type Content = Readonly<Record<string, v.GenericSchema>>;

export type BodyDescription = { description: string; isRequired: boolean; content: Content };

export type Body<T> = {
  /** Undefined for a body that the description doesn't mention. */
  described?: BodyDescription;
  /** The problems of reading it. */
  problems: readonly ProblemCode[];
  /**
   * Reads it from the request.
   * @returns the bytes as they were sent, and their meaning
   * @throws Refusal "too-large", "unreadable-document" or "invalid-document"
   */
  read: (request: Request) => Promise<{ bytes: Uint8Array; body: T }>;
};

/** No body. If one is sent, nobody reads it. */
export const NO_BODY: Body<undefined> = {
  problems: [],
  read: () => Promise.resolve({ bytes: new Uint8Array(), body: undefined }),
};

/**
 * A small body in JSON; an empty one counts as `{}`.
 * @param fields the members that are parts of an article, which issues name
 */
export function jsonBody<T>(
  schema: v.GenericSchema<unknown, T>,
  { fields = [], ...described }: Omit<BodyDescription, "content"> & { fields?: readonly Issue["field"][] },
): Body<T> {
  return {
    described: { ...described, content: { "application/json": schema } },
    problems: JSON_PROBLEMS,
    read: (request) => readJson(request, schema, fields),
  };
}

/** An empty body: none, or `{}`. */
export const EMPTY_BODY: Body<unknown> = {
  problems: JSON_PROBLEMS,
  read: (request) => readJson(request, v.strictObject({}), []),
};

/** A body that the handler reads from the request by itself. */
export function unreadBody(described: BodyDescription): Body<undefined> {
  return { ...NO_BODY, described };
}

async function readJson<T>(
  request: Request,
  schema: v.GenericSchema<unknown, T>,
  fields: readonly Issue["field"][],
): Promise<{ bytes: Uint8Array; body: T }> {
  const bytes = await readBytes(request, MAX_UPLOAD_BYTES);
  return { bytes, body: readBody(bytes, schema, fields) };
}
