/** The periods in which readers may see an item (Dublin Core's `valid` and `available`). Pure. */
import { nonEmpty } from "../item.ts";

/** Times as the feed writes them. */
export type Bounds = { notBefore: string[]; expires: string[] };

/** Reads `dcterms:valid`; a single date is the end. */
export function validity(valid: string): Bounds {
  return boundsOf(valid, (date) => ({ notBefore: [], expires: [date] }));
}

/** Reads `dcterms:available`; a single date is the start. */
export function availability(available: string): Bounds {
  return boundsOf(available, (date) => ({ notBefore: [date], expires: [] }));
}

/**
 * Reads a period (DCMI Period Encoding Scheme: `start=…; end=…; scheme=W3C-DTF;`).
 * @param alone reads any other text, and a period that names no bound
 */
function boundsOf(text: string, alone: (date: string) => Bounds): Bounds {
  const [whole] = nonEmpty([text]);
  if (whole === undefined) return { notBefore: [], expires: [] };
  const parts = whole.split(";").map((part) => {
    const [name = "", value] = part.split("=");
    return { name: name.trim().toLowerCase(), value };
  });
  if (!parts.some(({ name, value }) => value !== undefined && ["start", "end"].includes(name))) {
    return alone(whole);
  }
  const valuesOf = (bound: string): string[] =>
    nonEmpty(parts.flatMap(({ name, value }) => (name === bound ? [value] : [])));
  return { notBefore: valuesOf("start"), expires: valuesOf("end") };
}
