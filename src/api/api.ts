/** The editor's API: a route for every operation of the table, with the sign-in and the right before it. */
import { type Context, Hono } from "hono";
import type { Site } from "../article/site.ts";
import { theAudience } from "../audience/stub.ts";
import type { Authenticator } from "../auth/authenticate.ts";
import { theDesk } from "../desk/stub.ts";
import { EDITOR_CACHING } from "../http/caching.ts";
import { type CallbackRules, readHost } from "../hub/callback.ts";
import { theHub } from "../hub/stub.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import type { UndatedDocuments } from "../http/undated-documents.ts";
import { MissingPermissionRefusal, requireRight } from "./access.ts";
import type { EditorsOperation, Operation, Services } from "./operations/operation.ts";
import { TOPICS } from "./operations/operations.ts";
import { RefusalNotes } from "./refusal-notes.ts";

type Api = Hono<{ Bindings: Env }>;
type ApiContext = Context<{ Bindings: Env }>;

// The field Allow of a 405 lists methods in the order of their routes.
const METHODS: readonly Operation["method"][] = ["get", "put", "post", "delete"];

/**
 * Makes the app of everything under `/api`, with the description that everybody may read.
 * @param documents answers with that description
 * @param callbacks which addresses a webhook may have
 */
export function createApi(
  site: Site,
  cache: IsolateCache,
  documents: UndatedDocuments,
  authenticator: Authenticator,
  callbacks: CallbackRules,
): Api {
  const api: Api = new Hono();
  const services: Services = { site, cache, documents, callbacks, topics: TOPICS };
  const notes = new RefusalNotes();
  const operations = TOPICS.flatMap((topic) => topic.operations).toSorted(
    (one, other) => METHODS.indexOf(one.method) - METHODS.indexOf(other.method),
  );

  for (const operation of operations) {
    if (operation.access !== "everybody") continue;
    const respond = operation.handle(services);
    api.on(operation.method, routeOf(operation), (c) => respond(c.req.raw));
  }

  api.use("/api/*", async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(EDITOR_CACHING)) c.res.headers.set(name, value);
  });

  for (const operation of operations) {
    if (operation.access === "everybody") continue;
    api.on(operation.method, routeOf(operation), editorsHandler(operation, services, authenticator, notes));
  }

  // Everything else under /api is answered here, so that no cache keeps it either.
  api.all("/api/*", (c) => c.notFound());
  return api;
}

/** The handler of a route: authenticates, asks for the right, and only then has the request decoded and carried out. */
function editorsHandler(
  { access, handle }: EditorsOperation,
  services: Services,
  authenticator: Authenticator,
  notes: RefusalNotes,
): (c: ApiContext) => Promise<Response> {
  const respond = handle(services);
  return async (c) => {
    const actor = await authenticator.authenticate(c.req.raw, c.env);
    const desk = theDesk(c.env);
    const audience = theAudience(c.env);
    const params = c.req.param();
    const note = ({ action }: MissingPermissionRefusal): void => {
      const subject = subjectOf(access, params["id"] ?? readHost(params["host"] ?? ""));
      notes.note({ actor: actor.name, action, reason: "forbidden", subject }, desk, (task) =>
        c.executionCtx.waitUntil(task),
      );
    };
    try {
      if (access !== "signed-in") requireRight(actor, access);
      return await respond({
        actor,
        desk,
        audience,
        hub: theHub(c.env),
        bindings: c.env,
        note,
        request: c.req.raw,
        params,
        query: c.req.queries(),
      });
    } catch (thrown) {
      if (thrown instanceof MissingPermissionRefusal) note(thrown);
      throw thrown;
    }
  };
}

/** The subject of a refusal, as the list of refusals names it. @param id in the path, or the host */
function subjectOf(access: EditorsOperation["access"], id: string | undefined): string | undefined {
  if (id === undefined || access === "signed-in") return id;
  return `${access.subjectPrefix ?? ""}${id}`;
}

/** An operation's path as hono writes it: `/api/articles/:id`. */
function routeOf({ path }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
