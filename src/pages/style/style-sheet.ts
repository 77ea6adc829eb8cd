/** The one style sheet of all pages. It is made for a site: the accent is the owner's. Pure. */
import type { Site } from "../../article/site.ts";
import { accentColours } from "../parts/colours.ts";
import { ARTICLE } from "./article.ts";
import { BASE } from "./base.ts";
import { BODY } from "./body.ts";
import { FRONT } from "./front.ts";
import { LISTS } from "./lists.ts";
import { MASTHEAD } from "./masthead.ts";
import { OTHERWISE } from "./otherwise.ts";
import { REFERENCE } from "./reference.ts";
import { tokens, WASH } from "./tokens.ts";

/** The style sheet, from the tokens down to what holds for paper and for a reader's own colours. */
export function styleSheet(site: Site): string {
  const parts = [
    tokens(accentColours(site, WASH)),
    BASE,
    MASTHEAD,
    LISTS,
    FRONT,
    ARTICLE,
    BODY,
    REFERENCE,
    OTHERWISE,
  ];
  return parts.map((part) => part.trim()).join("\n");
}
