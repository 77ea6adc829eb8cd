/** The rules of field values, each with its sentence: the messages of schemas are their names. Pure. */
import { MAX_MEMBERS } from "../../article/bounds.ts";

/** The sentence about each rule. */
export const RULES = {
  empty: "This must not be empty.",
  "not-a-count": "This must be a whole number, 0 or more.",
  "not-a-language": "This must be a BCP 47 language tag such as “en” or “pt-BR”.",
  "not-a-media-type": "This must be a media type such as “image/jpeg”.",
  "not-a-web-address": "This must be an absolute address that begins with http:// or https://.",
  "not-a-uri": "This must be a URI.",
  "not-a-text": "Only items of the type “text” can become articles.",
  "no-such-status": "This must be “usable”, “withheld” or “canceled”.",
  "not-exact": "JSON can’t keep a number of so many digits exactly: write it as a text.",
  "too-long": "This is too long.",
  "too-many": `This list has too many members: it may have at most ${MAX_MEMBERS}.`,
};

export type Rule = keyof typeof RULES;

/** The rule that a message names. */
export function ruleNamed(message: string): Rule | undefined {
  return isRule(message) ? message : undefined;
}

function isRule(message: string): message is Rule {
  return Object.hasOwn(RULES, message);
}
