/** The named schemas of the OpenAPI document, and their conversion to JSON Schema. */
import { type JsonSchema, toJsonSchema, toJsonSchemaDefs } from "@valibot/to-json-schema";
import type * as v from "valibot";
import { Item } from "../../upload/json/item.ts";
import { AuditList, IssuedToken, RefusalList, TokenList, TokenView } from "../schemas/administration.ts";
import { ArticleList, ArticleView, ListedView, RevisionList } from "../schemas/article.ts";
import { Change, IssueView, DryRun, Upload, UploadOrDryRun, VerdictView } from "../schemas/change.ts";
import { ExportedLine, ImportedLine } from "../schemas/copy.ts";
import { ArticleEvent, CanceledNinjsItem, NinjsItem, WithdrawnArticle } from "../schemas/events.ts";
import {
  DeletedMediaView,
  DescriptionBody,
  KeptMediaView,
  MediaList,
  MediaView,
  MediaWithUses,
  PictureBody,
  PictureFileBody,
} from "../schemas/media.ts";
import { HealthView } from "../schemas/health.ts";
import { ProblemView } from "../schemas/problem.ts";
import { ReaderList } from "../schemas/readers.ts";
import {
  BlockedHostList,
  BlockedHostView,
  BlockView,
  EndedView,
  SubscriptionList,
  SubscriptionView,
  UnblockedView,
} from "../schemas/subscriptions.ts";
import { CorrectBody, ExpireBody, PublishBody, TokenBody } from "../schemas/requests.ts";
import {
  DeliveryList,
  IssuedWebhook,
  MadeWebhook,
  RedeliveryBody,
  RedeliveryView,
  RemovedView,
  WebhookBody,
  WebhookList,
  WebhookView,
} from "../schemas/webhooks.ts";
import { Description, Page } from "../schemas/documents.ts";
import { ImportLine, MarkdownDocument, NinjsDocument, WireDocument } from "../schemas/bodies.ts";

/** Every schema that has a name. */
export const COMPONENTS = {
  Picture: PictureFileBody,
  Media: MediaView,
  KeptMedia: KeptMediaView,
  MediaWithUses,
  MediaList,
  DeletedMedia: DeletedMediaView,
  MediaDescription: DescriptionBody,
  ArticlePicture: PictureBody,
  Article: ArticleView,
  ListedArticle: ListedView,
  ArticleList,
  RevisionList,
  Change,
  Upload,
  DryRun,
  UploadOrDryRun,
  Issue: IssueView,
  Verdict: VerdictView,
  Problem: ProblemView,
  Token: TokenView,
  TokenList,
  IssuedToken,
  AuditList,
  RefusalList,
  ReaderList,
  Subscription: SubscriptionView,
  SubscriptionList,
  EndedSubscriptions: EndedView,
  Block: BlockView,
  BlockedHost: BlockedHostView,
  BlockedHostList,
  UnblockedHosts: UnblockedView,
  Webhook: WebhookView,
  WebhookList,
  IssuedWebhook,
  MadeWebhook,
  ArticleEvent,
  WithdrawnArticle,
  NinjsItem,
  CanceledNinjsItem,
  DeliveryList,
  RemovedWebhooks: RemovedView,
  Redelivered: RedeliveryView,
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
  WebhookGrant: WebhookBody,
  Redelivery: RedeliveryBody,
  Page,
  Description,
} as const satisfies Record<string, v.GenericSchema>;

export type ComponentName = keyof typeof COMPONENTS;

/**
 * The name of a schema among the components.
 * @throws Error for a schema that has none: the table of operations refers to no such one
 */
export function nameOf(schema: v.GenericSchema): string {
  const found = Object.entries(COMPONENTS).find(([, known]) => known === schema);
  if (found === undefined) throw new Error("A body has a schema without a name.");
  return found[0];
}

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
