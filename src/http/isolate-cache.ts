/** The cache of an isolate: KV values for a second, rendered bodies, and their header fields. */
import { LRUCache } from "lru-cache";
import { KvCache } from "../store/read/kv-cache.ts";
import { gzip } from "./compression.ts";
import { formatHttpDate } from "./http-date.ts";

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
// A few hundred bytes each.
const MAX_FIELDS = 1000;

/** A body as text. A provisional one was made of older articles than its edition names: it is made again for the next request. */
export type Rendered = string | { text: string; isProvisional: boolean };

export type Render = () => Rendered | Promise<Rendered>;

export type Body = { bytes: Uint8Array; isProvisional: boolean };

/** Header fields by name. */
export type Fields = Record<string, string>;

export class IsolateCache {
  readonly editions = new KvCache(MAX_TEXT_BYTES);
  readonly #bodies = new LRUCache<string, Uint8Array>({
    maxSize: MAX_BODY_BYTES,
    sizeCalculation: (body) => Math.max(1, body.byteLength),
  });
  readonly #fields = new LRUCache<string, Fields>({ max: MAX_FIELDS });
  #second = 0;
  #date = "";

  /**
   * Gets a body, and renders it where it isn't cached.
   * @param name of the representation, with its entity tag: another edition has another name
   * @param render is called only where the body isn't cached
   */
  body(name: string, render: Render): Body | Promise<Body> {
    const known = this.#bodies.get(name);
    if (known !== undefined) return { bytes: known, isProvisional: false };
    const rendered = render();
    return rendered instanceof Promise
      ? rendered.then((text) => this.#keep(name, text))
      : this.#keep(name, rendered);
  }

  /** Gets a body in gzip; see `body`. */
  async compressed(name: string, render: Render): Promise<Body> {
    const known = this.#bodies.get(`${name} gzip`);
    if (known !== undefined) return { bytes: known, isProvisional: false };
    const { bytes, isProvisional } = await this.body(name, render);
    const compressed = await gzip(bytes);
    if (!isProvisional) this.#bodies.set(`${name} gzip`, compressed);
    return { bytes: compressed, isProvisional };
  }

  #keep(name: string, rendered: Rendered): Body {
    const { text, isProvisional } =
      typeof rendered === "string" ? { text: rendered, isProvisional: false } : rendered;
    const bytes = new TextEncoder().encode(text);
    if (!isProvisional) this.#bodies.set(name, bytes);
    return { bytes, isProvisional };
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
