/** The forms in which a feed is served: its formats, and the feeds for partners. */
import { FEED_FILES } from "../feed/addresses.ts";
import type { FeedDocument, FeedFormat } from "../feed/document.ts";
import { FORMATS, type Format } from "../render/formats.ts";
import { type Partner, PARTNERS } from "./partners.ts";

export type FeedOutput = {
  /** Stands for it in entity tags and poll counts: `rss`, `msn`. */
  id: string;
  /** For people. */
  name: string;
  mediaType: string;
  /** The last segment of the address. */
  file: string;
  /** The format that it is written in. */
  format: FeedFormat;
  render: (document: FeedDocument) => string;
  /** Undefined for a feed that is made for everybody. */
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
