/** The newsroom's health, for editors: how full the ledger is, and what waits to reach readers. */
import type { Context } from "hono";
import type * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { formatInstant } from "../../article/instant.ts";
import type { HealthView } from "../schemas/health.ts";
import { NoQuery, readQuery } from "../decode.ts";
import { theDesk } from "../../desk/stub.ts";

/** GET /api/health. */
export async function showHealth(c: Context<{ Bindings: Env }>): Promise<Response> {
  readQuery(c.req.queries(), NoQuery);
  const { version, storage, outbox, nextDue } = await theDesk(c.env).health();
  const health: v.InferOutput<typeof HealthView> = {
    ledger: { version, ...storage },
    outbox: { waiting: outbox.waiting, since: timeOf(outbox.since) },
    nextDue: timeOf(nextDue),
  };
  return c.json(health);
}

function timeOf(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}
