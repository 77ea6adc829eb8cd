/** `npm run dateline -- <command>`: the entry of the command line, and its exit codes. */
import { Command, CommanderError } from "commander";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { listenForInterruption } from "./transport/interruption.ts";
import { lintCommand } from "./commands/lint.ts";
import { mediaCommand } from "./commands/media.ts";
import { processOutput } from "./output.ts";
import { publishCommand } from "./commands/publish.ts";
import { Interrupted, Unanswered } from "./transport/request.ts";
import type { Session } from "./session.ts";
import { subscriptionsCommand } from "./commands/subscriptions.ts";
import { tokenCommand } from "./commands/token.ts";
import { webhookCommand } from "./commands/webhook.ts";
import { reinstateCommand, withdrawCommand } from "./commands/withdraw.ts";
import { WrongUsage } from "./wrong-usage.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

const interruption = listenForInterruption(() => {
  out.note("Stopping after the requests under way. Press Ctrl-C again to break them off.");
});
const out = processOutput(() => interruption.stop());
let hasFailed = false;
const session: Session = { out, interruption, fail: () => (hasFailed = true) };

const program = new Command("dateline").description("Publish to a Dateline site over HTTP.").addHelpText(
  "after",
  `
The token is the environment variable DATELINE_TOKEN; a site on this machine also takes the one in .dev.vars.
Exit codes: 0 all was done, 1 something was refused or not done, 2 wrong usage, 130 after Ctrl-C.`,
);
const commands = [
  publishCommand(session),
  lintCommand(session),
  withdrawCommand(session),
  reinstateCommand(session),
  importCommand(session),
  exportCommand(session),
  mediaCommand(session),
  tokenCommand(session),
  subscriptionsCommand(session),
  webhookCommand(session),
];
for (const command of commands) program.addCommand(command);
throwUsageErrors(program);

process.exitCode = await exitCode();

async function exitCode(): Promise<number> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) return error.code === "commander.helpDisplayed" ? 0 : WRONG_USAGE;
    if (error instanceof WrongUsage) {
      out.note(error.message);
      return WRONG_USAGE;
    }
    // Ctrl-C has its own exit code. A closed pipe (`| head`) is no failure.
    if (error instanceof Interrupted) return interruption.exitCode() ?? 0;
    if (!(error instanceof Unanswered)) throw error;
    out.note(error.message);
    return FAILED;
  }
  return interruption.exitCode() ?? (hasFailed ? FAILED : 0);
}

/** Makes commander throw its errors, which it has printed: it must neither end the process nor choose the exit code. */
function throwUsageErrors(command: Command): void {
  command.exitOverride();
  for (const each of command.commands) throwUsageErrors(each);
}
