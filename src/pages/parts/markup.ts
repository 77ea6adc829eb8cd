/** JSX → text. Pure. */
import type { HtmlEscapedString } from "hono/utils/html";

/**
 * The markup of an element whose components are all synchronous, as every one here is.
 * @throws TypeError where one is not
 */
export function markupOf(element: HtmlEscapedString | Promise<HtmlEscapedString>): string {
  if (element instanceof Promise) throw new TypeError("A page has an asynchronous component");
  return element.toString();
}
