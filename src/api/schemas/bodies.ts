/** Schemas of the bodies of uploads and imports. */
import * as v from "valibot";
import { Item } from "../../upload/json/item.ts";
import { ExportedLine } from "./copy.ts";
import { Wire } from "../handlers/import-line.ts";

export const WireDocument = v.pipe(
  v.string(),
  v.description(
    "A line of section names and an RFC 3339 time, the headline, the summary, the headline again, and the body; blank lines between paragraphs.",
  ),
);

export const MarkdownDocument = v.pipe(
  v.string(),
  v.description("Markdown with YAML front matter, which has the members of an Item but for the body."),
);

export const NinjsDocument = v.pipe(
  v.looseObject({ uri: v.string() }),
  v.description("A news item of the IPTC's ninjs, version 1, 2 or 3: https://iptc.org/standards/ninjs/"),
);

export const ImportLine = v.pipe(
  v.union([Wire, Item, ExportedLine]),
  v.description("One line of an import: an article in JSON, a wire document, or a line of an export."),
);
