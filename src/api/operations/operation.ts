/** What the description says of one operation of the API, as data. */
import type * as v from "valibot";
import type { SectionName } from "../../article/article.ts";
import type { Right } from "../../desk/principal.ts";
import type { ProblemCode } from "../../http/problems.ts";
import type { RequestField, ResponseField } from "./fields.ts";

/** A body by its media types; each schema has a name among the components of the description. */
export type Content = Readonly<Record<string, v.GenericSchema>>;

export type Answer = {
  status: number;
  description: string;
  fields?: readonly ResponseField[];
  content?: Content;
};

/** A request that works on a new site, once those before it in the table have been made. */
export type Example = {
  /** The path and the query. */
  address: string;
  fields?: Readonly<Record<string, string>>;
  /** `text` may name a section of the site. */
  body?: { type: string; text: (section: SectionName) => string };
  /** The file into which the answer goes. */
  output?: string;
};

export type Operation = {
  /** The OpenAPI Specification's operationId. */
  id: string;
  method: "get" | "put" | "post" | "delete";
  /** As the OpenAPI Specification writes it: `/api/articles/{id}`. */
  path: string;
  summary: string;
  /** Sentences of plain text, with code in backquotes. */
  description: string;
  /** Whom it lets in: everybody, whoever has a token, or whoever's token has the right. */
  access: "everybody" | "editors" | Right;
  /** The path's parameters by name. */
  parameters?: Readonly<Record<string, v.GenericSchema>>;
  query?: { readonly entries: v.ObjectEntries } & v.GenericSchema;
  fields?: readonly RequestField[];
  body?: { description: string; isRequired: boolean; content: Content };
  answers: readonly Answer[];
  /** What else it may answer, besides what every operation may. */
  problems: readonly ProblemCode[];
  example: Example;
};

export type Topic = { id: string; title: string; operations: readonly Operation[] };
