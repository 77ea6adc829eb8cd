/** The `dir` of a text in a page (WHATWG HTML, section 3.2.6.4). Pure. */
import { directionOf } from "../../article/language.ts";

/**
 * The direction of a text by its language, or "auto", where a browser finds it in the text.
 * @param language of the text's article or section. Most of them name none and have the site's: only a language written from
 * right to left was certainly meant.
 */
export function textDirection(language: string): "rtl" | "auto" {
  return directionOf(language) === "rtl" ? "rtl" : "auto";
}
