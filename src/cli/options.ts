/** The options that commands share, and their schemas. */
import { type Command, InvalidArgumentError, Option } from "commander";
import * as v from "valibot";
import { DEFAULT_ORIGIN } from "./transport/site.ts";

const MAX_CONCURRENCY = 64;
const DEFAULT_CONCURRENCY = 4;

/** The schema of the options that every command has. */
export const SiteOptions = v.object({ to: v.string(), json: v.optional(v.boolean(), false) });

/** The schema of the options of commands that send many requests. */
export const ManyOptions = v.object({ ...SiteOptions.entries, concurrency: v.number() });

/** The schema of `--section`. */
export const Sections = v.optional(v.array(v.string()), []);

/** Adds `--to` and `--json` to a command. */
export function withSite(command: Command): Command {
  return command
    .addOption(new Option("--to <url>", "address of the site").env("DATELINE_URL").default(DEFAULT_ORIGIN))
    .option("--json", "print the result as JSON");
}

/** Adds `--concurrency` to a command. */
export function withConcurrency(command: Command): Command {
  return command.option(
    "--concurrency <n>",
    `requests at a time, 1 to ${MAX_CONCURRENCY}`,
    readConcurrency,
    DEFAULT_CONCURRENCY,
  );
}

/** Adds `--section`, which can be repeated, to a command. */
export function withSections(command: Command, description: string): Command {
  return command.option("--section <name>", description, collect);
}

/**
 * Reads an option that can be repeated.
 * @returns the values until now, and this one
 */
export function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

function readConcurrency(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > MAX_CONCURRENCY) {
    throw new InvalidArgumentError(`It takes a whole number from 1 to ${MAX_CONCURRENCY}.`);
  }
  return number;
}
