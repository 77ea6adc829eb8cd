/** Turns JSX into text. Pure. */
import type { HtmlEscapedString } from "hono/utils/html";

/**
 * The markup of an element whose components are all synchronous, as all components here are.
 * @throws TypeError where a component is asynchronous
 */
export function markupOf(element: HtmlEscapedString | Promise<HtmlEscapedString>): string {
  if (element instanceof Promise) throw new TypeError("A page has an asynchronous component");
  return element.toString();
}
