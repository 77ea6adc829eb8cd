/** Candidates of a `srcset`: the sizes of one picture. Pure. */

// The most sizes of one picture; nobody makes more.
const MAX_CANDIDATES = 50;
const DESCRIPTOR = /^(\d{1,5}(\.\d{1,5})?[wx])?$/;
const BETWEEN = /^[\s,]+/;

/** The address of one size, as written, and its width (`480w`) or density (`2x`), which may be empty. */
export type Candidate = { address: string; descriptor: string };

/**
 * Reads a `srcset` (HTML Standard, section 4.8.4.2.1).
 * @returns undefined for a text that is none, has an impossible descriptor, or has too many candidates
 */
export function candidatesOf(srcset: string): Candidate[] | undefined {
  const found: Candidate[] = [];
  let rest = srcset.replace(BETWEEN, "");
  while (rest !== "") {
    if (found.length === MAX_CANDIDATES) return undefined;
    const [word = ""] = /^\S+/.exec(rest) ?? [];
    const address = withoutFinalCommas(word);
    rest = rest.slice(word.length);
    // An address ends at white space; commas end it only where they are its last characters.
    const [written = ""] = address === word ? (/^[^,]*/.exec(rest) ?? []) : [];
    rest = rest.slice(written.length + (address === word ? 1 : 0)).replace(BETWEEN, "");
    const descriptor = written.trim();
    if (!DESCRIPTOR.test(descriptor)) return undefined;
    found.push({ address, descriptor });
  }
  return found.length === 0 ? undefined : found;
}

/** The candidates as an attribute's value. */
export function srcsetOf(candidates: readonly Candidate[]): string {
  return candidates.map(({ address, descriptor }) => `${address} ${descriptor}`.trim()).join(", ");
}

/** The address of the largest size, for programs without `srcset`. */
export function largestOf(candidates: readonly Candidate[]): string | undefined {
  const [first, ...others] = candidates;
  if (first === undefined) return undefined;
  return others.reduce((largest, one) => (sizeOf(one) > sizeOf(largest) ? one : largest), first).address;
}

function sizeOf({ descriptor }: Candidate): number {
  return descriptor === "" ? 1 : Number.parseFloat(descriptor);
}

function withoutFinalCommas(word: string): string {
  let end = word.length;
  while (word[end - 1] === ",") end--;
  return word.slice(0, end);
}
