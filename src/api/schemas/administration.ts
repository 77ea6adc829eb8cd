/** Schemas of the answers about tokens and the audit. */
import * as v from "valibot";
import { RIGHTS } from "../../desk/principal.ts";
import { next, timestamp } from "./article.ts";

export const TokenView = v.pipe(
  v.object({
    id: v.string(),
    name: v.string(),
    rights: v.pipe(v.array(v.picklist(RIGHTS)), v.readonly()),
    sections: v.optional(
      v.pipe(
        v.array(v.string()),
        v.readonly(),
        v.description("The ids of the only sections that it covers; missing for all."),
      ),
    ),
    created: timestamp,
    expires: v.optional(timestamp),
    revoked: v.optional(timestamp),
  }),
  v.description("A token without its secret."),
);

export const IssuedToken = v.pipe(
  v.object({
    token: v.pipe(v.string(), v.description("The secret, which is shown only once.")),
    ...TokenView.entries,
  }),
  v.description("A token with its new secret."),
);

export const TokenList = v.object({ tokens: v.array(TokenView) });

export const AuditEntryView = v.object({
  number: v.pipe(v.number(), v.description("The number of the entry, from 1.")),
  time: timestamp,
  actor: v.pipe(
    v.string(),
    v.description("`EDITOR_TOKEN`, `token:` and an id, `access:` and an address, or `clock`."),
  ),
  action: v.pipe(v.string(), v.description("What was done.")),
  subject: v.pipe(
    v.string(),
    v.description(
      "An article's id, or a kind and a name: `token:ci`, `media:3f8f…`, `webhook:partner`, `subscription:7`, `host:push.example.org`.",
    ),
  ),
  fromRevision: v.optional(v.number()),
  toRevision: v.optional(v.number()),
  result: v.pipe(
    v.string(),
    v.description("`done`. Entries of the first releases may have the reason of a refusal."),
  ),
  note: v.optional(
    v.pipe(
      v.string(),
      v.description(
        "A withdrawal's reason, a correction, a token's rights, a webhook's events and origin, what a block ended.",
      ),
    ),
  ),
});

export const AuditList = v.object({
  entries: v.pipe(v.array(AuditEntryView), v.description("The newest first.")),
  next,
});

export const RefusalList = v.object({
  refusals: v.pipe(
    v.array(
      v.object({
        number: v.pipe(v.number(), v.description("Rises from row to row.")),
        time: v.pipe(timestamp, v.description("The beginning of the minute.")),
        actor: AuditEntryView.entries.actor,
        action: v.pipe(v.string(), v.description("What was tried.")),
        subject: v.optional(
          v.pipe(
            v.string(),
            v.description(
              "The subject of the last attempt in that minute, as the audit names it; missing if there is no such article, token or webhook, and for a host that was never blocked.",
            ),
          ),
        ),
        result: v.pipe(v.string(), v.description("The reason of the refusal.")),
        count: v.pipe(v.number(), v.description("The number of attempts in that minute.")),
      }),
    ),
    v.description("The newest first."),
  ),
  next,
});
