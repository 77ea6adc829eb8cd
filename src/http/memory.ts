/** What an isolate keeps between requests: each key's edition for a second, rendered bodies, and their header fields. */
import { LRUCache } from "lru-cache";
import { Editions } from "../store/editions.ts";
import { formatHttpDate } from "./http-date.ts";

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
// A few hundred bytes each.
const MAX_FIELDS = 1000;

/** Header fields by name. */
export type Fields = Record<string, string>;

export class Memory {
  readonly editions = new Editions(MAX_TEXT_BYTES);
  readonly #bodies = new LRUCache<string, Uint8Array>({
    maxSize: MAX_BODY_BYTES,
    sizeCalculation: (body) => Math.max(1, body.byteLength),
  });
  readonly #fields = new LRUCache<string, Fields>({ max: MAX_FIELDS });
  #second = 0;
  #date = "";

  /**
   * A rendered body.
   * @param name what is rendered, with its entity tag: another edition is another name
   * @param render called only when the body isn't at hand
   */
  body(name: string, render: () => string): Uint8Array {
    const known = this.#bodies.get(name);
    if (known !== undefined) return known;
    const body = new TextEncoder().encode(render());
    this.#bodies.set(name, body);
    return body;
  }

  /** The header fields of what `name` names, made once. */
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
