/** The schemas that the description names, and their conversion to JSON Schema. */
import { type JsonSchema, toJsonSchema, toJsonSchemaDefs } from "@valibot/to-json-schema";
import * as v from "valibot";
import { Item } from "../../upload/json/item.ts";
import { AuditList, IssuedToken, RefusalList, TokenList, TokenView } from "../schemas/administration.ts";
import { ArticleList, ArticleView, ListedView, RevisionList } from "../schemas/article.ts";
import { Change, IssueView, DryRun, Upload, VerdictView } from "../schemas/change.ts";
import { ExportedLine, ImportedLine } from "../schemas/copy.ts";
import { HealthView } from "../schemas/health.ts";
import { ProblemView } from "../schemas/problem.ts";
import { ReaderList } from "../schemas/readers.ts";
import { CorrectBody, ExpireBody, PublishBody, TokenBody } from "../schemas/requests.ts";
import { ImportLine, MarkdownDocument, NinjsDocument, WireDocument } from "../schemas/bodies.ts";

const Page = v.pipe(v.string(), v.description("A page for people."));
const Description = v.pipe(v.looseObject({ openapi: v.string() }), v.description("An OpenAPI document."));

/** Every schema that has a name. */
export const COMPONENTS = {
  Article: ArticleView,
  ListedArticle: ListedView,
  ArticleList,
  RevisionList,
  Change,
  Upload,
  DryRun,
  UploadOrRehearsal: v.union([DryRun, Upload]),
  Issue: IssueView,
  Verdict: VerdictView,
  Problem: ProblemView,
  Token: TokenView,
  TokenList,
  IssuedToken,
  AuditList,
  RefusalList,
  ReaderList,
  Health: HealthView,
  ImportedLine,
  ExportedLine,
  WireDocument,
  MarkdownDocument,
  Item,
  NinjsDocument,
  ImportLine,
  Publication: PublishBody,
  Expiry: ExpireBody,
  Correction: CorrectBody,
  TokenGrant: TokenBody,
  Page,
  Description,
} as const satisfies Record<string, v.GenericSchema>;

export type ComponentName = keyof typeof COMPONENTS;

// A check that JSON Schema has no word for is left out: a description may say less than the parser demands, never more.
const CONVERSION = {
  target: "draft-2020-12",
  typeMode: "input",
  errorMode: "ignore",
  overrideRef: ({ referenceId }: { referenceId: string }) => `#/components/schemas/${referenceId}`,
  overrideAction: ({
    valibotAction,
    jsonSchema,
  }: {
    valibotAction: { type: string };
    jsonSchema: JsonSchema;
  }) => (isBeyondJsonSchema(valibotAction) ? jsonSchema : undefined),
} as const;

/** All of them in JSON Schema 2020-12; where one is part of another it is a reference. */
export function schemaComponents(): Record<ComponentName, JsonSchema> {
  return toJsonSchemaDefs(COMPONENTS, CONVERSION);
}

/** A schema without a name, which holds none that has one. */
export function schemaOf(schema: v.GenericSchema): JsonSchema {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, CONVERSION);
  return rest;
}

/** A pattern's flags: JSON Schema would read it without them, and so more narrowly. */
function isBeyondJsonSchema(action: { type: string; requirement?: unknown }): boolean {
  return action.type === "regex" && action.requirement instanceof RegExp && action.requirement.flags !== "";
}
