/** What an isolate keeps between requests: each key's edition for a second, and rendered bodies, both bounded in bytes. */
import { LRUCache } from "lru-cache";
import { Editions } from "../store/editions.ts";

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_TEXT_BYTES = 8 * 1024 * 1024;

export class Memory {
  readonly editions = new Editions(MAX_TEXT_BYTES);
  readonly #bodies = new LRUCache<string, Uint8Array>({
    maxSize: MAX_BODY_BYTES,
    sizeCalculation: (body) => Math.max(1, body.byteLength),
  });

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
}
