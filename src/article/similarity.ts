/** Similarity of two texts. Pure. */

// In UTF-16 units: some 1,700 words of English, more than most articles have. The beginning of a longer text stands for it.
const MAX_COMPARED = 10_000;

/**
 * The Sørensen–Dice coefficient of two texts' word pairs, as far as their beginnings go.
 * @returns 0 (nothing in common) to 1 (the same word pairs, each as often)
 */
export function similarity(a: string, b: string): number {
  const left = wordPairs(a);
  const right = wordPairs(b);
  const total = sum(left) + sum(right);
  if (total === 0) return 1;
  let shared = 0;
  for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0);
  return (2 * shared) / total;
}

function wordPairs(text: string): Map<string, number> {
  const words = text.slice(0, MAX_COMPARED).toLowerCase().split(/\s+/u).filter(Boolean);
  const pairs = new Map<string, number>();
  words.forEach((word, index) => {
    const pair = `${words[index - 1] ?? ""} ${word}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  });
  return pairs;
}

function sum(counts: Map<string, number>): number {
  return counts.values().reduce((total, count) => total + count, 0);
}
