/** Schemas of documents whose content the description leaves open. */
import * as v from "valibot";

export const Page = v.pipe(v.string(), v.description("A page for people."));

export const Description = v.pipe(
  v.looseObject({ openapi: v.string() }),
  v.description("An OpenAPI document."),
);
