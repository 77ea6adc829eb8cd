/** The audit, as administrators read it over HTTP. */
import { edit } from "./newsroom.ts";

export type AuditEntry = {
  number: number;
  time: string;
  actor: string;
  action: string;
  subject: string;
  fromRevision?: number;
  toRevision?: number;
  result: string;
  note?: string;
};
export type AuditPage = { entries: AuditEntry[]; next?: string };

/** Part of the audit, the newest entry first. */
export async function audit(query = ""): Promise<AuditPage> {
  return (await edit("GET", `/api/audit${query}`)).json<AuditPage>();
}

/** Entries in the order in which they were made, in a few words: action, revisions, result. */
export async function told(query = ""): Promise<string[]> {
  const { entries } = await audit(query);
  return entries
    .toReversed()
    .map(({ action, fromRevision = "–", toRevision = "–", result }) =>
      [action, fromRevision, toRevision, result].join(" "),
    );
}
