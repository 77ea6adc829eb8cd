/** One log line, as JSON, for something that an operator should look at. Never holds a secret or an article's text. */
export function report(event: string, evidence: Record<string, string | number | undefined>): void {
  console.error(JSON.stringify({ event, ...evidence }));
}

/** What a log may say of a thrown value: its name and message. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
