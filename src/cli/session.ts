/** The session of a command: its output, its interruption by Ctrl-C, and the report of a failure. */
import type { Interruption } from "./transport/interruption.ts";
import type { Output } from "./output.ts";

export type Session = {
  out: Output;
  interruption: Interruption;
  /** Reports that something that the user asked for was not done: the exit code is 1. */
  fail: () => void;
};
