/** `dateline withdraw` and `dateline reinstate`: take articles out of every feed, and bring them back. */
import { Command } from "commander";
import * as v from "valibot";
import { ManyOptions, withConcurrency, withSite } from "../options.ts";
import type { Request } from "../transport/request.ts";
import { runAndReport } from "./run-and-report.ts";
import type { Session } from "../session.ts";
import { siteAt } from "../transport/site.ts";
import { summaryJson, summaryOf } from "../summary.ts";

const Options = v.object({ ...ManyOptions.entries, reason: v.optional(v.string()) });
type Options = v.InferOutput<typeof Options>;

export function withdrawCommand(session: Session): Command {
  const command = new Command("withdraw")
    .description("take articles out of every feed; their pages say that they were withdrawn")
    .argument("<id...>", "ids of articles")
    .option("--reason <text>", "the reason that readers see");
  return changing(command, session, (path, { reason }) => ({
    method: "DELETE",
    path: reason === undefined ? path : `${path}?reason=${encodeURIComponent(reason)}`,
    isIdempotent: true,
  }));
}

export function reinstateCommand(session: Session): Command {
  const command = new Command("reinstate")
    .description("bring withdrawn articles back")
    .argument("<id...>", "ids of articles");
  return changing(command, session, (path) => ({
    method: "POST",
    path: `${path}/reinstate`,
    // Not idempotent: the second time there is nothing to bring back, which the site refuses.
    isIdempotent: false,
  }));
}

function changing(
  command: Command,
  session: Session,
  requestFor: (path: string, options: Options) => Request,
): Command {
  return withSite(withConcurrency(command)).action(async (ids: string[]) => {
    const options = v.parse(Options, command.opts());
    const site = await siteAt(options.to, process.env);
    const tasks = ids.map((id) => ({
      name: id,
      identity: id,
      request: async () => requestFor(`/api/articles/${encodeURIComponent(id)}`, options),
    }));
    const results = await runAndReport({ tasks, localResults: [] }, site, options, session);
    if (options.json) session.out.json(summaryJson(results));
    else session.out.line(["", ...summaryOf(results)].join("\n"));
  });
}
