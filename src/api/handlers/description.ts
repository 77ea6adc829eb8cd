/** The description of the API over HTTP: for programs and for people, open to everybody. */
import type { Context } from "hono";
import type { Site } from "../../article/site.ts";
import { apiPage } from "../../pages/api-page.tsx";
import { UNWRITTEN } from "../../store/edition.ts";
import { PAGE_CACHING } from "../../http/caching.ts";
import { guide } from "../openapi/guide.ts";
import { openapi } from "../openapi/openapi.ts";
import type { Fields } from "../../http/isolate-cache.ts";
import type { UndatedDocuments } from "../../http/undated-documents.ts";

// RFC 8631, section 4.1.
const SERVICE_DESCRIPTION = '</api/openapi.json>; rel="service-desc"; type="application/json"';

export class DescriptionHandlers {
  readonly #site: Site;
  readonly #documents: UndatedDocuments;

  constructor(site: Site, documents: UndatedDocuments) {
    this.#site = site;
    this.#documents = documents;
  }

  /** GET /api/openapi.json describes the API to programs. */
  document(c: Context): Response | Promise<Response> {
    return this.#respond(c, "openapi", "application/json", PAGE_CACHING, () =>
      JSON.stringify(openapi(this.#site)),
    );
  }

  /** GET /api describes it to people. */
  page(c: Context): Response | Promise<Response> {
    return this.#respond(c, "api", "text/html", { ...PAGE_CACHING, Link: SERVICE_DESCRIPTION }, () =>
      apiPage(this.#site, guide(this.#site)),
    );
  }

  #respond(
    c: Context,
    name: string,
    mediaType: string,
    fields: Fields,
    render: () => string,
  ): Response | Promise<Response> {
    return this.#documents.respond(c.req.raw, Date.now(), {
      name,
      variant: name,
      mediaType,
      fields: () => fields,
      render,
      edition: UNWRITTEN,
    });
  }
}
