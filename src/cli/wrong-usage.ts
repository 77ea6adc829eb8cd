/** The command line, or what it names, can't be used as it stands. Nothing was sent. Its message is for the user. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}
