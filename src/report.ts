/** One log line, as JSON, for something that an operator should look at. Never holds a secret or an article's text. */
export function report(event: string, evidence: Record<string, string | number | undefined>): void {
  console.error(JSON.stringify({ event, ...evidence }));
}

/** A thrown value as a log line may show it: its name and message. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
