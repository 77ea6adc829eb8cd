/** Schema of the answer about the newsroom's health. */
import * as v from "valibot";
import { timestamp } from "./article.ts";

export const HealthView = v.object({
  ledger: v.pipe(
    v.object({
      version: v.pipe(v.number(), v.description("The version of its schema.")),
      bytes: v.pipe(v.number(), v.description("Its size, in bytes.")),
      limit: v.pipe(v.number(), v.description("The largest size that it may have, in bytes.")),
      percent: v.pipe(
        v.number(),
        v.description(
          "From 50 and from 80 on, the log warns. From 95 on, only withdrawals, expiry and the revocation of tokens are carried out.",
        ),
      ),
    }),
    v.description("The store of everything: articles, revisions, feeds, tokens, the audit."),
  ),
  outbox: v.pipe(
    v.object({
      waiting: v.pipe(v.number(), v.description("The number of values that wait to be written for readers.")),
      since: v.optional(
        v.pipe(timestamp, v.description("The time from which the first of them may be written.")),
      ),
    }),
    v.description("Changes in the ledger that readers may not see yet."),
  ),
  nextDue: v.optional(
    v.pipe(timestamp, v.description("The time at which the next embargo ends or the next article expires.")),
  ),
});
