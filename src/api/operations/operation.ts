/** An operation of the API: its place, who may, what it takes, what it answers, and its handler. */
import * as v from "valibot";
import type { SectionName } from "../../article/article.ts";
import type { Site } from "../../article/site.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Principal, Right } from "../../desk/principal.ts";
import type { IsolateCache } from "../../http/isolate-cache.ts";
import type { ProblemCode } from "../../http/problems.ts";
import type { UndatedDocuments } from "../../http/undated-documents.ts";
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

/** The part of an operation that the OpenAPI document and the guide tell as it stands. */
type Description = {
  /** The OpenAPI Specification's operationId. */
  id: string;
  method: "get" | "put" | "post" | "delete";
  /** As the OpenAPI Specification writes it: `/api/articles/{id}`. */
  path: string;
  summary: string;
  /** Sentences of plain text, with code in backquotes. */
  description: string;
  /** The header fields of requests that have a meaning here. */
  fields?: readonly RequestField[];
  answers: readonly Answer[];
  /** What else it may answer, besides what every operation may. */
  problems: readonly ProblemCode[];
  example: Example;
};

type ObjectSchema<T> = v.GenericSchema<unknown, T> & { readonly entries: v.ObjectEntries };

/** What an operation takes: path parameters, query and body. */
type Takes<P, Q, B> = {
  params: ObjectSchema<P>;
  /** A parameter that it doesn't know is refused, unless the schema is a loose one. */
  query: ObjectSchema<Q>;
  /** The query parameters that may stand there more than once: the schema sees a list of each. */
  lists?: readonly string[];
  body: Body<B>;
};

/** For operations that take no path parameter, ignore the query, or read no body. */
export const NOTHING = { params: v.object({}), query: v.looseObject({}), body: NO_BODY };

/** What handlers need of the app. */
export type Services = {
  site: Site;
  cache: IsolateCache;
  documents: UndatedDocuments;
  topics: readonly Topic[];
};

/** A request by somebody who has signed in and has the right. */
export type Call = {
  actor: Principal;
  request: Request;
  desk: DurableObjectStub<Desk>;
  /** Notes a lack of rights that refuses a part of the request alone. */
  note: (refusal: MissingPermissionRefusal) => void;
};

/** A call with the texts that its address holds. */
type RawCall = Call & { params: Record<string, string>; query: QueryParameters };

/** A call with all that it says, decoded. `bytes` is the body as it was sent. */
export type Input<P, Q, B> = Call & { params: P; query: Q; body: B; bytes: Uint8Array };

type Answering = Response | Promise<Response>;

/** A handler: made once for an app, called for each request. */
export type Handler<P, Q, B> = (services: Services) => (input: Input<P, Q, B>) => Answering;

/** An operation for everybody: it takes nothing but its address. */
export type OpenOperation = Description &
  Takes<unknown, unknown, unknown> & {
    access: "everybody";
    handle: (services: Services) => (request: Request) => Answering;
  };

/** An operation for whoever has signed in, or has the right as well. */
export type EditorsOperation = Description &
  Takes<unknown, unknown, unknown> & {
    access: "signed-in" | NeededRight;
    handle: (services: Services) => (call: RawCall) => Promise<Response>;
  };

export type Operation = OpenOperation | EditorsOperation;

export type Topic = { id: string; title: string; operations: readonly Operation[] };

/** An operation whose handler gets everything decoded by the operation's own schemas. */
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
 * Decodes a request. Of several faults the first is answered: the query's, the body's, the path's.
 * @throws Refusal
 */
async function decode<P, Q, B>(
  { params, query, lists, body }: Takes<P, Q, B>,
  { actor, request, desk, note, ...raw }: RawCall,
): Promise<Input<P, Q, B>> {
  const decodedQuery = readQuery(raw.query, query, lists);
  const decodedBody = await body.read(request);
  return {
    actor,
    request,
    desk,
    note,
    ...decodedBody,
    query: decodedQuery,
    params: readParams(raw.params, params),
  };
}

/** The right that an operation needs, as its description tells it. */
export function rightOf({ access, problems }: Operation): Right | undefined {
  return typeof access === "string" || !problems.includes("forbidden") ? undefined : access.right;
}

/** Everything that an operation may answer instead of what was asked for. */
export function problemsOf({ access, problems }: Operation): ProblemCode[] {
  const common = ["internal-error"] as const;
  return access === "everybody"
    ? [...problems, "precondition-failed", ...common]
    : [...problems, "unauthorized", "too-many-attempts", "sign-in-unavailable", ...common, "newer-ledger"];
}
