/** Parts of a grammar that a document may repeat without end. */

/** `of` makes a text of about the given number of characters. */
export type Unit = { name: string; of: (length: number) => string };

/** One part, again and again. */
export function part(repeated: string, before = "", after = ""): Unit {
  return {
    name: JSON.stringify(`${before}${repeated}…${after}`).slice(0, 100),
    of: (length) => `${before}${repeated.repeat(Math.ceil(length / repeated.length))}${after}`,
  };
}

/** Parts that differ by their number. */
export function numbered(repeated: (number: number) => string, before = "", after = ""): Unit {
  return {
    name: JSON.stringify(`${before}${repeated(1)}${repeated(2)}…${after}`).slice(0, 100),
    of: (length) => `${before}${numberedUpTo(repeated, length)}${after}`,
  };
}

/** A part inside itself, again and again. */
export function nested(open: string, close: string, before = "", after = ""): Unit {
  return {
    name: JSON.stringify(`${before}${open}${open}…${close}${close}${after}`).slice(0, 100),
    of: (length) => {
      const depth = Math.ceil(length / (open.length + close.length));
      return `${before}${open.repeat(depth)}${close.repeat(depth)}${after}`;
    },
  };
}

/** Two parts of half the length each. */
export function followed(first: Unit, second: Unit): Unit {
  return {
    name: `${first.name} ${second.name}`.slice(0, 100),
    of: (length) => first.of(length / 2) + second.of(length / 2),
  };
}

function numberedUpTo(repeated: (number: number) => string, length: number): string {
  const parts: string[] = [];
  for (let number = 1, size = 0; size < length; number++) {
    const one = repeated(number);
    parts.push(one);
    size += one.length;
  }
  return parts.join("");
}
