/** The payload of a webhook: its body, and the header fields that describe it. Pure. */
import type { Article, Tombstone } from "../../article/article.ts";
import { formatInstant } from "../../article/instant.ts";
import type { Site } from "../../article/site.ts";
import { articleJson, withdrawalJson } from "../../render/article-json.ts";
import { renderNinjs } from "../../render/ninjs.ts";
import type { EventRow } from "../tables/events.ts";
import type { WebhookGrant } from "../tables/webhooks.ts";

/**
 * The payload of an event.
 *
 * In the form `dateline` the body is `{ type, timestamp, data }` (Standard Webhooks 1.0.0, "Payload structure"). In the form `ninjs`
 * it is the item alone, as Superdesk pushes it, and the event's type stands in the field `X-Dateline-Event`, which both have.
 * @param record the article as it was at the event, or the tombstone of one that was taken away since
 */
export function payloadOf(
  site: Site,
  format: WebhookGrant["format"],
  { kind, instant }: Pick<EventRow, "kind" | "instant">,
  record: Article | Tombstone,
): { fields: Record<string, string>; body: string } {
  const type = `article.${kind}`;
  const data = "html" in record ? articleJson(site, record) : withdrawalJson(site, record);
  const body =
    format === "ninjs" ? renderNinjs(site, record) : { type, timestamp: formatInstant(instant), data };
  return {
    fields: { "Content-Type": "application/json", "X-Dateline-Event": type },
    body: JSON.stringify(body),
  };
}
