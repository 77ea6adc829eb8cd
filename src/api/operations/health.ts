/** The operation that tells how the newsroom is. */
import { NoQuery } from "../decode.ts";
import type { Operation } from "./operation.ts";
import { HealthView } from "../schemas/health.ts";

export const HEALTH: readonly Operation[] = [
  {
    id: "showHealth",
    method: "get",
    path: "/api/health",
    summary: "See how the newsroom is",
    description:
      "Tells how full the ledger is, how many values wait to be written for readers, and what is due next. The address `/health` says to everybody that the Worker lives.",
    access: "editors",
    query: NoQuery,
    answers: [{ status: 200, description: "The health.", content: { "application/json": HealthView } }],
    problems: ["invalid-query"],
    example: { address: "/api/health" },
  },
];
