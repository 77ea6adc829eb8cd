/** The cache of an isolate: KV editions for a second, KV values, bodies as they are sent, and their header fields. */
import { LRUCache } from "lru-cache";
import { KvCache } from "../store/read/kv-cache.ts";
import { SharedWork } from "../store/read/shared-work.ts";
import { type Coding, gzip } from "./compression.ts";
import { formatHttpDate } from "./http-date.ts";

// An isolate has 128 MB ("Limits", Cloudflare's documentation). These leave half of it to the code, and to requests that render.
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_TEXT_BYTES = 24 * 1024 * 1024;
// A few hundred bytes each.
const MAX_FIELDS = 1000;

/** A body as text. A provisional one was made of other articles than its edition names: it is made again for the next request. */
export type Rendered = { text: string; isProvisional: boolean };

export type Render = () => Rendered | Promise<Rendered>;

/** A body in the form in which it is sent. Responses that stream a Blob share its bytes; each would copy an array. */
export type Body = { blob: Blob; isProvisional: boolean };

/** Header fields by name. */
export type Fields = Record<string, string>;

export class IsolateCache {
  readonly editions: KvCache;
  readonly #bodies = new LRUCache<string, Blob>({
    maxSize: MAX_BODY_BYTES,
    sizeCalculation: ({ size }) => Math.max(1, size),
  });
  readonly #rendering = new SharedWork<string, Body>();
  readonly #fields = new LRUCache<string, Fields>({ max: MAX_FIELDS });
  #second = 0;
  #date = "";

  /** @param maxTextBytes bound on the KV values that are kept */
  constructor(maxTextBytes = MAX_TEXT_BYTES) {
    this.editions = new KvCache(maxTextBytes);
  }

  /** Gets a body that is cached; see `body`. */
  cached(name: string, coding: Coding): Blob | undefined {
    return this.#bodies.get(`${name} ${coding}`);
  }

  /**
   * Gets a body in the form in which it is sent, and renders it where it isn't cached: once for all requests at the same time.
   * @param name of the representation, with its entity tag: another edition has another name
   * @param render is called only where the body isn't cached
   */
  body(name: string, coding: Coding, render: Render): Body | Promise<Body> {
    const cached = this.cached(name, coding);
    if (cached !== undefined) return { blob: cached, isProvisional: false };
    return this.#rendering.share(`${name} ${coding}`, async () => {
      const { text, isProvisional } = await render();
      const plain = new Blob([text]);
      const blob = coding === "gzip" ? await gzip(plain) : plain;
      if (!isProvisional) this.#bodies.set(`${name} ${coding}`, blob);
      return { blob, isProvisional };
    });
  }

  /** Gets the header fields of a representation, which are made once. */
  fields(name: string, make: () => Fields): Fields {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const fields = make();
    this.#fields.set(name, fields);
    return fields;
  }

  /** The present second as an HTTP date, written once a second. */
  date(now: number): string {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = formatHttpDate(now);
    }
    return this.#date;
  }
}
