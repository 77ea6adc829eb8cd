/** An operation of the API: method, path, right, schemas, answers and handler. */
import * as v from "valibot";
import type { SectionName } from "../../article/article.ts";
import type { Site } from "../../article/site.ts";
import type { Audience } from "../../audience/audience.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Principal, Right } from "../../desk/principal.ts";
import type { CallbackRules } from "../../hub/callback.ts";
import type { IsolateCache } from "../../http/isolate-cache.ts";
import type { ProblemCode } from "../../http/problems.ts";
import type { UndatedDocuments } from "../../http/undated-documents.ts";
import type { Hub } from "../../hub/hub.ts";
import type { MediaBindings } from "../../media/bucket.ts";
import type { MissingPermissionRefusal, NeededRight } from "../access.ts";
import { type QueryParameters, readQuery } from "../decode.ts";
import { type Body, type Content, NO_BODY } from "./body.ts";
import type { RequestField, ResponseField } from "./fields.ts";
import { readParams } from "./parameters.ts";

export type Answer = {
  status: number;
  description: string;
  fields?: readonly ResponseField[];
  content?: Content;
};

/** A request that works on a new site after the examples before it in the table. */
export type Example = {
  /** The path and the query. */
  address: string;
  fields?: Readonly<Record<string, string>>;
  /** `text` may name a section of the site; `file` is the name of a file of the editor's own. */
  body?: { type: string; text: (section: SectionName) => string } | { type: string; file: string };
  /** The file for the answer. */
  output?: string;
};

/** The part of an operation that the OpenAPI document and the guide repeat as it is. */
type Description = {
  /** The OpenAPI Specification's operationId. */
  id: string;
  method: "get" | "put" | "post" | "delete";
  /** As the OpenAPI Specification writes it: `/api/articles/{id}`. */
  path: string;
  summary: string;
  /** Sentences of plain text, with code in backquotes. */
  description: string;
  /** The request's header fields that have a meaning here. */
  fields?: readonly RequestField[];
  answers: readonly Answer[];
  /** The problems that its handler may answer, and those of its path. */
  problems: readonly ProblemCode[];
  example: Example;
};

type ObjectSchema<T> = v.GenericSchema<unknown, T> & { readonly entries: v.ObjectEntries };

/** The input of an operation: path parameters, query and body. */
type Takes<P, Q, B> = {
  params: ObjectSchema<P>;
  /** A strict schema refuses an unknown parameter; a loose one ignores it. */
  query: ObjectSchema<Q>;
  /** The query parameters that may be repeated; the schema gets a list of values for each. */
  lists?: readonly string[];
  body: Body<B>;
};

/** The defaults of an operation: no path parameter, a query that is ignored, no body. */
export const NOTHING = { params: v.object({}), query: v.looseObject({}), body: NO_BODY };

/** The things of the app that handlers need. */
export type Services = {
  site: Site;
  cache: IsolateCache;
  documents: UndatedDocuments;
  /** Which addresses a webhook may have. */
  callbacks: CallbackRules;
  topics: readonly Topic[];
};

/** A request whose sender has signed in and has the right. */
export type Call = {
  actor: Principal;
  request: Request;
  desk: DurableObjectStub<Desk>;
  audience: DurableObjectStub<Audience>;
  hub: DurableObjectStub<Hub>;
  /** The bucket of pictures and what makes their sizes, where the site has them. */
  bindings: MediaBindings;
  /** Notes a refusal that concerns only a part of the request. */
  note: (refusal: MissingPermissionRefusal) => void;
};

/** A call with the texts in its address, not decoded yet. */
type RawCall = Call & { params: Record<string, string>; query: QueryParameters };

/** A call with its input, decoded. `bytes` is the body as it was sent. */
export type Input<P, Q, B> = Call & { params: P; query: Q; body: B; bytes: Uint8Array };

type Answering = Response | Promise<Response>;

/** A handler: made once for an app, called for each request. */
export type Handler<P, Q, B> = (services: Services) => (input: Input<P, Q, B>) => Answering;

/** An operation that is open to everybody. */
export type OpenOperation = Description &
  Takes<unknown, unknown, unknown> & {
    access: "everybody";
    handle: (services: Services) => (request: Request) => Answering;
  };

/** An operation for everybody who has signed in, or for those with a right. */
export type EditorsOperation = Description &
  Takes<unknown, unknown, unknown> & {
    access: "signed-in" | NeededRight;
    handle: (services: Services) => (call: RawCall) => Promise<Response>;
  };

export type Operation = OpenOperation | EditorsOperation;

export type Topic = { id: string; title: string; operations: readonly Operation[] };

/** Makes an operation. Its schemas type the input of its handler. */
export function operation<P, Q, B>(
  definition: Description & Takes<P, Q, B> & { access: EditorsOperation["access"]; handle: Handler<P, Q, B> },
): EditorsOperation {
  return {
    ...definition,
    handle: (services) => {
      const answer = definition.handle(services);
      return async (call) => answer(await decode(definition, call));
    },
  };
}

/**
 * Decodes a request. Of several faults it answers the first: that of the query, of the body, of the path.
 * @throws Refusal
 */
async function decode<P, Q, B>(
  { params, query, lists, body }: Takes<P, Q, B>,
  { params: rawParams, query: rawQuery, ...call }: RawCall,
): Promise<Input<P, Q, B>> {
  const decodedQuery = readQuery(rawQuery, query, lists);
  const decodedBody = await body.read(call.request);
  return { ...call, ...decodedBody, query: decodedQuery, params: readParams(rawParams, params) };
}

/** The right that an operation needs, for its description. */
export function rightOf({ access }: Operation): Right | undefined {
  return typeof access === "string" ? undefined : access.right;
}

/** All problems that an operation may answer: its handler's, and those of the sign-in, the right and the decoding. */
export function problemsOf({ access, query, body, problems }: Operation): ProblemCode[] {
  if (access === "everybody") return [...problems, "precondition-failed", "internal-error"];
  return [
    ...problems,
    ...body.problems,
    ...(query.type === "strict_object" ? (["invalid-query"] as const) : []),
    ...(access === "signed-in" ? [] : (["forbidden"] as const)),
    "unauthorized",
    "too-many-attempts",
    "sign-in-unavailable",
    "internal-error",
    "newer-ledger",
  ];
}
