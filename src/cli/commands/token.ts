/** `dateline token`: makes, lists, rotates and revokes the tokens of the site's API. */
import { Command } from "commander";
import * as v from "valibot";
import { formatInstant } from "../../article/instant.ts";
import { collect, Sections, withSections, withSite } from "../options.ts";
import type { Request } from "../transport/request.ts";
import type { Session } from "../session.ts";
import { postOnce, sendAndPrint } from "./send-and-print.ts";

const Token = v.object({
  id: v.string(),
  name: v.string(),
  rights: v.array(v.string()),
  sections: v.optional(v.nullable(v.array(v.string()))),
  expires: v.optional(v.nullable(v.union([v.string(), v.number()]))),
  revoked: v.optional(v.nullable(v.union([v.string(), v.number()]))),
});
type Token = v.InferOutput<typeof Token>;

const NewToken = v.object({ ...Token.entries, token: v.string() });
const Tokens = v.object({ tokens: v.array(Token) });
const Anything = v.unknown();

const MakeOptions = v.object({
  right: v.array(v.string()),
  section: Sections,
  expires: v.optional(v.string()),
});

export function tokenCommand(session: Session): Command {
  const command = new Command("token").description("make, list, rotate and revoke tokens");
  for (const each of [makeCommand, listCommand, rotateCommand, revokeCommand]) {
    command.addCommand(withSite(each(session)));
  }
  return command;
}

function makeCommand(session: Session): Command {
  const command = new Command("make")
    .description("make a token, and print it; it is never shown again")
    .argument("<name>", "who or what it is for")
    .requiredOption("--right <right>", "what it allows: publish, withdraw or admin; can be repeated", collect)
    .option("--expires <time>", "when it expires, such as 2027-01-31T00:00:00Z");
  withSections(command, "limit it to a section; can be repeated");
  return command.action(async (name: string) => {
    const { right, section, expires } = v.parse(MakeOptions, command.opts());
    const body = { name, rights: right, ...(section.length > 0 && { sections: section }), expires };
    const request = postOnce("/api/tokens", body);
    await sendAndPrint(command, session, request, NewToken, (made) => printNew(session, made));
  });
}

function listCommand(session: Session): Command {
  const command = new Command("list").description("list the tokens, without their secrets");
  return command.action(async () => {
    const request: Request = { method: "GET", path: "/api/tokens", isIdempotent: true };
    await sendAndPrint(command, session, request, Tokens, ({ tokens }) => {
      for (const token of tokens) session.out.line(lineOf(token));
    });
  });
}

function rotateCommand(session: Session): Command {
  const command = new Command("rotate")
    .description("replace a token with a new one, and print it; the old one ends")
    .argument("<id>", "the token's id");
  return command.action(async (id: string) => {
    const request = postOnce(`/api/tokens/${encodeURIComponent(id)}/rotate`);
    await sendAndPrint(command, session, request, NewToken, (made) => printNew(session, made));
  });
}

function revokeCommand(session: Session): Command {
  const command = new Command("revoke")
    .description("revoke a token at once")
    .argument("<id>", "the token's id");
  return command.action(async (id: string) => {
    const path = `/api/tokens/${encodeURIComponent(id)}`;
    const request: Request = { method: "DELETE", path, isIdempotent: true };
    await sendAndPrint(command, session, request, Anything, () => session.out.line(`revoked  ${id}`));
  });
}

/** Prints the token alone on standard output, for `TOKEN=$(…)`, and everything else on standard error. */
function printNew({ out }: Session, made: Token & { token: string }): void {
  out.note(`${lineOf(made)}\nThis token is not shown again:`);
  out.line(made.token);
}

function lineOf({ id, name, rights, sections, expires, revoked }: Token): string {
  return [
    id,
    name,
    rights.join("+"),
    sections === undefined || sections === null ? "every section" : sections.join("+"),
    expires === undefined || expires === null ? "does not expire" : `expires ${timeText(expires)}`,
    ...(revoked === undefined || revoked === null ? [] : [`revoked ${timeText(revoked)}`]),
  ].join("  ");
}

function timeText(time: string | number): string {
  return typeof time === "number" ? formatInstant(time) : time;
}
