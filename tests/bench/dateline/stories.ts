/** Invented articles of any size, each with a headline and a time of its own, as wire documents or lines of an import. Pure. */

export type Story = {
  id: string;
  headline: string;
  /** One word: a section's name in a dateline. */
  section: string;
  /** Milliseconds since 1970. */
  published: number;
  bodyBytes: number;
};

/** Plain English as an agency sends it, with characters that a renderer escapes and some that take more than one byte. */
const SENTENCES = [
  "The ferry company said that two boats would leave every hour until the bridge is repaired.",
  "“Nobody asked us,” said the owner of Marlow & Sons, who has sold rope on the quay since 1987.",
  "The council’s own report puts the cost at 4.2 million – less than half of last year’s estimate.",
  "Rain is expected by the evening, with gusts of more than 60 km/h along the outer coast.",
  "Members voted 14 to 9 for the amendment, although the café owners of Rue d’Écluse had warned of it.",
  "A second reading is planned for the spring, when the new assembly has taken its seats.",
] as const;

// About the size of a paragraph of news.
const PARAGRAPH_BYTES = 500;

/** The paragraphs of a body of about `bytes` bytes in UTF-8; no paragraph is in another story too. */
export function paragraphs(number: number, bytes: number): string[] {
  const found: string[] = [];
  let sentence = number;
  for (let length = 0; length < bytes;) {
    let paragraph = `Report ${number}.${found.length + 1}:`;
    while (paragraph.length < Math.min(PARAGRAPH_BYTES, bytes - length)) {
      paragraph += ` ${SENTENCES[sentence++ % SENTENCES.length]}`;
    }
    found.push(paragraph);
    length += new TextEncoder().encode(paragraph).byteLength;
  }
  return found;
}

/** The n-th story of an import: a minute after the one before it, in one of `sections` sections. */
export function story(number: number, base: number, sections: number, bodyBytes: number): Story {
  return {
    id: `story-${number}`,
    headline: `Story ${number} of the coast`,
    section: `Desk${number % sections}`,
    published: base + number * 60_000,
    bodyBytes,
  };
}

/** A story as a wire document; `number` varies its body. */
export function wireDocument({ headline, section, published, bodyBytes }: Story, number: number): string {
  const body = paragraphs(number, bodyBytes).join("\n\n");
  const time = new Date(published).toISOString();
  return `${section} ${time}\n\n${headline}\n\nWhat happened, in a sentence.\n\n\n${headline}\n\n${body}\n`;
}

/** Stories as lines of an import, from the n-th up to but without the `to`-th. */
export function* importLines(
  from: number,
  to: number,
  make: (number: number) => Story & { tags?: readonly string[]; image?: string },
): Generator<string> {
  for (let number = from; number < to; number++) {
    const { id, headline, section, published, bodyBytes, tags = [], image } = make(number);
    const draft = {
      id,
      title: headline,
      sections: [section],
      tags,
      image,
      date_published: new Date(published).toISOString(),
      content_html: paragraphs(number, bodyBytes)
        .map((paragraph) => `<p>${paragraph.replaceAll("&", "&amp;")}</p>`)
        .join("\n"),
    };
    yield `${JSON.stringify(draft)}\n`;
  }
}
