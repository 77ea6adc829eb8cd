/** The one table of operations, in the order in which the guide tells them. */
import { READING } from "./articles.ts";
import { AUDIT } from "./audit.ts";
import { CHANGES } from "./changes.ts";
import { COPIES } from "./copies.ts";
import { DESCRIPTION } from "./description.ts";
import { MEDIA_OPERATIONS } from "./media.ts";
import { HEALTH } from "./health.ts";
import type { Topic } from "./operation.ts";
import { READERS } from "./readers.ts";
import { SUBSCRIPTIONS } from "./subscriptions.ts";
import { TOKENS } from "./tokens.ts";
import { UPLOADS } from "./uploads.ts";
import { WEBHOOKS } from "./webhooks.ts";

export const TOPICS: readonly Topic[] = [
  { id: "upload", title: "Upload", operations: UPLOADS },
  { id: "read", title: "Read", operations: READING },
  { id: "change", title: "Publish, correct, withdraw", operations: CHANGES },
  { id: "pictures", title: "Pictures", operations: MEDIA_OPERATIONS },
  { id: "readers", title: "Readers and health", operations: [...READERS, ...HEALTH] },
  { id: "subscriptions", title: "Subscriptions by WebSub", operations: SUBSCRIPTIONS },
  { id: "webhooks", title: "Webhooks", operations: WEBHOOKS },
  { id: "copy", title: "Import and export", operations: COPIES },
  { id: "administer", title: "Tokens and audit", operations: [...TOKENS, ...AUDIT] },
  { id: "describe", title: "This description", operations: DESCRIPTION },
];
