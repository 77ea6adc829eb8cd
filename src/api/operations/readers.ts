/** The operation that tells who reads. */
import { ReadersQuery } from "../handlers/readers.ts";
import type { Operation } from "./operation.ts";
import { ReaderList } from "../schemas/readers.ts";

export const AUDIENCE: readonly Operation[] = [
  {
    id: "listReaders",
    method: "get",
    path: "/api/readers",
    summary: "See who reads",
    description:
      "Lists the software that polls the feeds, with the subscribers that services such as Feedly tell of. It is noted at most once an hour for each feed and each kind of software; nothing is kept of any person. A page at a time.",
    access: "editors",
    query: ReadersQuery,
    answers: [
      { status: 200, description: "A page of the readers.", content: { "application/json": ReaderList } },
    ],
    problems: ["invalid-query", "invalid-cursor"],
    example: { address: "/api/readers?feed=all" },
  },
];
