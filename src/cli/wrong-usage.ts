/**
 * The error for a command line that can't be used, or that names something unusable. Nothing was sent. The message is
 * for the user.
 */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}
