/** The `dir` of a text in a page (WHATWG HTML, section 3.2.6.4). Pure. */
import { directionOf } from "../../article/language.ts";

/**
 * @param language of the text, as its article or its section says; most name none and have the site's, so that only
 * a language that is written from right to left is sure to be meant
 */
export function textDirection(language: string): "rtl" | "auto" {
  return directionOf(language) === "rtl" ? "rtl" : "auto";
}
