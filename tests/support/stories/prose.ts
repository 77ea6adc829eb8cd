/** Text as a newsroom writes it: no sentence is a copy of another, so that it compresses as ordinary prose does. */

const WHO =
  "the harbour master|a spokeswoman|fishermen from Quillan|the Assembly|residents of Carrowgate|two witnesses";
const DID = "said|warned|announced|denied|wrote in a letter|told reporters|confirmed|repeated|learned|argued";
const WHAT =
  "that the ferry will stop|that prices rose again|that repairs had begun|how many boats were lost|why the vote was put off|that water was short|when schools reopen|that nobody was hurt";
const WHERE =
  "on the north quay|in Alder Bay|near the lighthouse|behind the mill|at Garrow Head|along the coast road|inside the town hall|off the islands";
const WHEN =
  "on Monday|before dawn|last winter|after the storm|within days|for the third time|in spite of the rain|until further notice";
const LISTS = [WHO, DID, WHAT, WHERE, WHEN].map((list) => list.split("|"));

/** A stream of numbers that is the same each time (a linear congruential generator, Numerical Recipes' constants). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Some paragraphs; another seed gives others. */
export function prose(seed: number, sentences: number): string {
  const next = numbers(seed);
  return Array.from({ length: sentences }, (_, index) => {
    const words = LISTS.map((list) => list[next(list.length)] ?? "").join(" ");
    const end = next(4) === 0 ? `, ${next(900) + 10} in all.` : ".";
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}${end}${index % 4 === 3 ? "\n\n" : " "}`;
  }).join("");
}
