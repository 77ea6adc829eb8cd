/** The length of a text. Pure. */

/** The characters of a text as its readers count them: code points, without the space around it. */
export function characters(text: string): number {
  return [...text.trim()].length;
}
