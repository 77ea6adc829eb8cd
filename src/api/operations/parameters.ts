/** The parameters of paths, as schemas. */
import * as v from "valibot";
import { ID, MAX_ID_LENGTH } from "../../article/identity.ts";
import { Refusal } from "../../http/problems.ts";
import { readHost } from "../../hub/callback.ts";

const id = v.pipe(v.string(), v.regex(ID), v.maxLength(MAX_ID_LENGTH));

/** A number from 1 on, in decimal digits. */
const revision = v.pipe(
  v.string(),
  v.metadata({ description: "The revision's number.", type: "integer", minimum: 1 }),
  v.check((text) => /^[1-9]\d{0,8}$/.test(text)),
  v.transform(Number),
);

export const ARTICLE = v.object({ id: v.pipe(id, v.description("The article's id.")) });

export const REVISION = v.object({ ...ARTICLE.entries, revision });

export const TOKEN = v.object({
  id: v.pipe(v.string(), v.description("The token's id, as the list gives it.")),
});

export const SUBSCRIPTION = v.object({
  id: v.pipe(
    v.string(),
    v.metadata({ description: "The subscription's id, as the list gives it.", type: "integer", minimum: 1 }),
    v.check((text) => /^[1-9]\d{0,14}$/.test(text)),
    v.transform(Number),
  ),
});

export const HOST = v.object({
  host: v.pipe(
    v.string(),
    v.description("The host of callbacks, such as `push.example.org`. Hosts under it are others."),
    v.transform(readHost),
    v.string(),
  ),
});

export const WEBHOOK = v.object({
  id: v.pipe(v.string(), v.description("The webhook's id, as the list gives it.")),
});

export const MEDIA = v.object({
  id: v.pipe(v.string(), v.description("The picture's id, as its upload and the list give it.")),
});

/**
 * Decodes the parameters of a path.
 * @param values percent-decoded, by the names of the parameters
 * @throws Refusal "invalid-id"; "invalid-host" for a host; "not-found" for what can't be the number of a revision
 */
export function readParams<T>(values: Record<string, string>, schema: v.GenericSchema<unknown, T>): T {
  const result = v.safeParse(schema, values);
  if (result.success) return result.output;
  const name = v.getDotPath(result.issues[0]);
  if (name === "revision") throw noSuchRevision();
  throw new Refusal(name === "host" ? "invalid-host" : "invalid-id");
}

export function noSuchRevision(): Refusal {
  return new Refusal("not-found", { detail: "The article has no such revision." });
}
