/** Schema of the answer about the newsroom's health. */
import * as v from "valibot";
import { timestamp } from "./article.ts";

export const HealthView = v.object({
  ledger: v.pipe(
    v.object({
      version: v.pipe(v.number(), v.description("Of its schema.")),
      bytes: v.pipe(v.number(), v.description("What it takes.")),
      limit: v.pipe(v.number(), v.description("What it may take, in bytes.")),
      percent: v.pipe(
        v.number(),
        v.description(
          "From 50 and from 80 on the log warns; from 95 on only withdrawals, expiry and the revoking of tokens are carried out.",
        ),
      ),
    }),
    v.description("Everything that is stored: articles, revisions, feeds, tokens, the audit."),
  ),
  outbox: v.pipe(
    v.object({
      waiting: v.pipe(v.number(), v.description("How many values wait to be written for readers.")),
      since: v.optional(v.pipe(timestamp, v.description("From when on the first of them may be written."))),
    }),
    v.description("What the ledger has and readers may not see yet."),
  ),
  nextDue: v.optional(
    v.pipe(timestamp, v.description("When the next embargo ends, or the next article expires.")),
  ),
});
