/** The parameters of paths, as schemas. */
import * as v from "valibot";
import { ID, MAX_ID_LENGTH } from "../../article/identity.ts";

const id = v.pipe(v.string(), v.regex(ID), v.maxLength(MAX_ID_LENGTH));

export const ARTICLE = { id: v.pipe(id, v.description("The article's id.")) };

export const REVISION = {
  ...ARTICLE,
  revision: v.pipe(v.number(), v.integer(), v.minValue(1), v.description("The revision's number.")),
};

export const TOKEN = { id: v.pipe(v.string(), v.description("The token's id, as the list gives it.")) };
