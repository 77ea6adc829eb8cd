/** Many articles at once: import and export. */
import type { SectionName } from "../../article/article.ts";
import { NoQuery } from "../decode.ts";
import { MAX_UPLOAD_BYTES } from "../../upload/formats.ts";
import { exportAll } from "../handlers/export.ts";
import { importLines, MAX_LINE_BYTES, NDJSON_TYPES } from "../handlers/import.ts";
import { ImportLine } from "../schemas/bodies.ts";
import { ExportedLine, ImportedLine } from "../schemas/copy.ts";
import { type Content, unreadBody } from "./body.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";

const NDJSON = NDJSON_TYPES[0];
const LINES: Content = Object.fromEntries(NDJSON_TYPES.map((type) => [type, ImportLine]));

export const COPIES: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "importArticles",
    method: "post",
    path: "/api/import",
    summary: "Import many articles",
    description:
      "Imports one line after the other, and answers each with a line: what it became, or why it was refused. A refused line stops none of the others. A line needs the right for its change, and a line of an export needs `admin`: with `admin` alone, only lines of an export are taken. The same lines again are `unchanged`.",
    access: { right: "publish", or: "admin", action: "import" },
    query: NoQuery,
    body: unreadBody({
      description: `NDJSON: on each line a document in JSON of at most ${MAX_UPLOAD_BYTES} bytes, or a wire document in JSON, whose text may have as many. A line of an export may have ${MAX_LINE_BYTES} bytes.`,
      isRequired: true,
      content: LINES,
    }),
    answers: [
      {
        status: 200,
        description: "A line for each line of the request, and a summary at the end.",
        content: { [NDJSON]: ImportedLine },
      },
    ],
    problems: ["unsupported-media-type"],
    example: { address: "/api/import", body: { type: NDJSON, text: lines } },
    handle:
      ({ site }) =>
      (input) =>
        importLines(site, input),
  }),
  operation({
    ...NOTHING,
    id: "exportArticles",
    method: "get",
    path: "/api/export",
    summary: "Export everything",
    description:
      "Copies every revision of every article, the content of every feed and what is said of every picture, for an import into this or another Dateline. The bytes of pictures are at their own addresses: upload them there first.",
    access: { right: "admin", action: "export" },
    answers: [
      {
        status: 200,
        description:
          "NDJSON: the pictures, the revisions, the pictures that came meanwhile, the feeds, and an end line.",
        fields: ["Content-Disposition"],
        content: { [NDJSON]: ExportedLine },
      },
    ],
    problems: [],
    example: { address: "/api/export", output: "dateline.ndjson" },
    handle:
      () =>
      ({ desk }) =>
        exportAll(desk),
  }),
];

function lines({ title }: SectionName): string {
  const common = { sections: [title], date_published: "2026-11-03T08:00:00Z" };
  return [
    {
      ...common,
      id: "lighthouse-tours",
      title: "Lighthouse opens for tours",
      content_text: "Tours start on Sundays.",
    },
    {
      ...common,
      id: "winter-timetable",
      title: "Winter timetable begins",
      content_html: "<p>Buses run <em>hourly</em>.</p>",
    },
  ]
    .map((item) => `${JSON.stringify(item)}\n`)
    .join("");
}
