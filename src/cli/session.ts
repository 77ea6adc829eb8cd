/** What a command is given: where its output goes, how it hears of Ctrl-C, and how it says that it failed. */
import type { Interruption } from "./transport/interruption.ts";
import type { Output } from "./output.ts";

export type Session = {
  out: Output;
  interruption: Interruption;
  /** Says that something that was asked for was not done. */
  fail: () => void;
};
