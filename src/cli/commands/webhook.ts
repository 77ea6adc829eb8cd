/** `dateline webhook`: makes, lists and removes webhooks, shows their logs, and sends events again. */
import { Command } from "commander";
import * as v from "valibot";
import { collect, Sections, withSections, withSite } from "../options.ts";
import type { Request } from "../transport/request.ts";
import type { Session } from "../session.ts";
import { WrongUsage } from "../wrong-usage.ts";
import { postOnce, sendAndPrint } from "./send-and-print.ts";

const Webhook = v.object({
  id: v.string(),
  name: v.string(),
  origin: v.string(),
  events: v.array(v.string()),
  sections: v.optional(v.nullable(v.array(v.string()))),
  format: v.string(),
  state: v.string(),
  lane: v.string(),
  waiting: v.number(),
  lastSuccess: v.optional(v.string()),
  lastFailure: v.optional(v.string()),
});
type Webhook = v.InferOutput<typeof Webhook>;

const NewWebhook = v.object({ ...Webhook.entries, secret: v.string() });
const Webhooks = v.object({ webhooks: v.array(Webhook) });
const Removed = v.object({ removed: v.number() });
const Redelivered = v.object({ events: v.number() });

const Delivery = v.object({
  time: v.string(),
  event: v.string(),
  type: v.string(),
  article: v.string(),
  attempt: v.number(),
  result: v.string(),
  status: v.optional(v.number()),
  reason: v.optional(v.string()),
  milliseconds: v.number(),
});
const Deliveries = v.object({ deliveries: v.array(Delivery) });

const MakeOptions = v.object({
  url: v.string(),
  event: v.optional(v.array(v.string())),
  section: Sections,
  format: v.optional(v.string()),
});
const RedeliverOptions = v.object({ event: v.optional(v.string()), since: v.optional(v.string()) });
const LogOptions = v.object({ limit: v.string() });

export function webhookCommand(session: Session): Command {
  const command = new Command("webhook").description("tell other systems what happens to articles");
  const commands = [
    makeCommand,
    listCommand,
    logCommand,
    redeliverCommand,
    rotateCommand,
    resumeCommand,
    removeCommand,
  ];
  for (const each of commands) command.addCommand(withSite(each(session)));
  return command;
}

function makeCommand(session: Session): Command {
  const command = new Command("make")
    .description("make a webhook, and print its secret; it is never shown again")
    .argument("<name>", "who it is for")
    .requiredOption("--url <url>", "where events are sent")
    .option("--event <type>", "only this event, such as article.published; can be repeated", collect)
    .option("--format <format>", "dateline (the default) or ninjs");
  withSections(command, "only articles of a section; can be repeated");
  return command.action(async (name: string) => {
    const { url, event: events, section, format } = v.parse(MakeOptions, command.opts());
    const body = { name, url, events, ...(section.length > 0 && { sections: section }), format };
    const request = postOnce("/api/webhooks", body);
    await sendAndPrint(command, session, request, NewWebhook, (made) => printNew(session, made));
  });
}

function listCommand(session: Session): Command {
  const command = new Command("list").description("list the webhooks, without their secrets and whole URLs");
  return command.action(async () => {
    const request: Request = { method: "GET", path: "/api/webhooks", isIdempotent: true };
    await sendAndPrint(command, session, request, Webhooks, ({ webhooks }) => {
      for (const webhook of webhooks) session.out.line(lineOf(webhook));
    });
  });
}

function logCommand(session: Session): Command {
  const command = withId("log", "show the newest attempts to deliver events").option(
    "--limit <n>",
    "how many, 1 to 100",
    "100",
  );
  return command.action(async (id: string) => {
    const { limit } = v.parse(LogOptions, command.opts());
    const path = `${pathOf(id)}/deliveries?${new URLSearchParams({ limit }).toString()}`;
    const request: Request = { method: "GET", path, isIdempotent: true };
    await sendAndPrint(command, session, request, Deliveries, ({ deliveries }) => {
      for (const delivery of deliveries) session.out.line(logLineOf(delivery));
    });
  });
}

function redeliverCommand(session: Session): Command {
  const command = withId("redeliver", "send events again")
    .option("--event <id>", "the one with this id")
    .option("--since <time>", "all since a time, such as 2027-01-31T00:00:00Z");
  return command.action(async (id: string) => {
    const { event, since } = v.parse(RedeliverOptions, command.opts());
    if ((event === undefined) === (since === undefined))
      throw new WrongUsage("It takes either --event or --since.");
    const request = postOnce(`${pathOf(id)}/redeliver`, { event, since });
    await sendAndPrint(command, session, request, Redelivered, ({ events }) =>
      session.out.line(`${events} ${events === 1 ? "event is" : "events are"} sent again`),
    );
  });
}

function rotateCommand(session: Session): Command {
  const command = withId("rotate", "make a new secret, and print it; the old one signs too for 24 hours");
  return command.action(async (id: string) => {
    const request = postOnce(`${pathOf(id)}/rotate`);
    await sendAndPrint(command, session, request, NewWebhook, (made) => printNew(session, made));
  });
}

function resumeCommand(session: Session): Command {
  const command = withId("resume", "send events again to a webhook that was paused");
  return command.action(async (id: string) => {
    const request: Request = { method: "POST", path: `${pathOf(id)}/resume`, isIdempotent: true };
    await sendAndPrint(command, session, request, Webhook, (webhook) => session.out.line(lineOf(webhook)));
  });
}

function removeCommand(session: Session): Command {
  const command = withId("remove", "remove a webhook at once");
  return command.action(async (id: string) => {
    const request: Request = { method: "DELETE", path: pathOf(id), isIdempotent: true };
    await sendAndPrint(command, session, request, Removed, ({ removed }) =>
      session.out.line(`${removed === 0 ? "not there" : "removed"}  ${id}`),
    );
  });
}

function withId(name: string, description: string): Command {
  return new Command(name).description(description).argument("<id>", "the webhook's id");
}

function pathOf(id: string): string {
  return `/api/webhooks/${encodeURIComponent(id)}`;
}

/** Prints the secret alone on standard output, for `SECRET=$(…)`, and everything else on standard error. */
function printNew({ out }: Session, made: Webhook & { secret: string }): void {
  out.note(`${lineOf(made)}\nThis secret is not shown again:`);
  out.line(made.secret);
}

function lineOf({ id, origin, events, sections, format, state, lane, waiting, ...times }: Webhook): string {
  return [
    id,
    state === "active" ? lane : state,
    `${waiting} waiting`,
    origin,
    format,
    events.join("+"),
    sections === undefined || sections === null ? "every section" : sections.join("+"),
    ...(times.lastSuccess === undefined ? [] : [`last success ${times.lastSuccess}`]),
    ...(times.lastFailure === undefined ? [] : [`last failure ${times.lastFailure}`]),
  ].join("  ");
}

function logLineOf(delivery: v.InferOutput<typeof Delivery>): string {
  const { time, event, type, article, attempt, result, status, reason, milliseconds } = delivery;
  const answer = String(status ?? reason ?? "no answer");
  return [time, event, type, article, `attempt ${attempt}`, result, answer, `${milliseconds} ms`].join("  ");
}
