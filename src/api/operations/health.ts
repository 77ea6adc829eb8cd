/** The newsroom's health: how full the ledger is, and what waits to reach readers. */
import type * as v from "valibot";
import { timeOf } from "../../article/instant.ts";
import { NoQuery } from "../decode.ts";
import { HealthView } from "../schemas/health.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";

export const HEALTH: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "showHealth",
    method: "get",
    path: "/api/health",
    summary: "Check the health of the newsroom",
    description:
      "Tells how full the ledger is, how many values wait to be written for readers, and what is due next. For a public check that the Worker runs, use `/health`.",
    access: "signed-in",
    query: NoQuery,
    answers: [{ status: 200, description: "The health.", content: { "application/json": HealthView } }],
    problems: [],
    example: { address: "/api/health" },
    handle:
      () =>
      async ({ desk }) => {
        const { version, storage, outbox, nextDue } = await desk.health();
        const health: v.InferOutput<typeof HealthView> = {
          ledger: { version, ...storage },
          outbox: { waiting: outbox.waiting, since: timeOf(outbox.since) },
          nextDue: timeOf(nextDue),
        };
        return Response.json(health);
      },
  }),
];
