/** In which shapes a feed is served: the formats, and what partners ask for. */
import { FEED_FILES } from "../feed/addresses.ts";
import type { FeedDocument, FeedFormat } from "../feed/document.ts";
import { FORMATS, type Format } from "../render/formats.ts";
import { type Partner, PARTNERS } from "./partners.ts";

export type FeedOutput = {
  /** In entity tags: `rss`, `msn`. */
  id: string;
  /** For people. */
  name: string;
  mediaType: string;
  /** The last segment of the address. */
  file: string;
  /** Which of a document's addresses is its own. */
  format: FeedFormat;
  render: (document: FeedDocument) => string;
  /** For whom it is made; undefined for one that everybody may want. */
  partner?: Partner | undefined;
};

const [FIRST, ...OTHERS] = FORMATS;

/** The first is the default. */
export const FORMAT_OUTPUTS: readonly [FeedOutput, ...FeedOutput[]] = [
  outputOf(FIRST),
  ...OTHERS.map(outputOf),
];

export const PARTNER_OUTPUTS: readonly FeedOutput[] = PARTNERS.map((partner) => ({
  id: partner.aggregator.id,
  name: `RSS for ${partner.aggregator.name}`,
  mediaType: FIRST.mediaType,
  file: partner.file,
  format: FIRST.format,
  render: partner.render,
  partner,
}));

function outputOf({ format, name, mediaType, render }: Format): FeedOutput {
  return { id: format, name, mediaType, file: FEED_FILES[format], format, render };
}
