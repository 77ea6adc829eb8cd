/** A POST to a recipient: one attempt, with a time limit, whose answer's body nobody reads. It knows no media type. */
import { parseHttpDate } from "../../http/http-date.ts";
import { reasonOf } from "../../report.ts";
import type { Result } from "../messages.ts";

/** From when a connection is free for it until the answer's header fields are there. */
export const TIME_LIMIT_MILLISECONDS = 10_000;

/**
 * Sends a body once. A redirect is not followed: it is a failure, as all but 2xx are (WebSub, section 7).
 * @param url absolute
 */
export async function post(url: string, fields: Record<string, string>, body: BodyInit): Promise<Result> {
  const started = performance.now();
  const elapsed = (): number => Math.round(performance.now() - started);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: fields,
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIME_LIMIT_MILLISECONDS),
    });
    const { status, headers } = response;
    const milliseconds = elapsed();
    await response.body?.cancel().catch(() => undefined);
    return { status, milliseconds, retryAfter: retryAfterOf(headers) };
  } catch (thrown) {
    const isTimeout = reasonOf(thrown).startsWith("TimeoutError");
    return { milliseconds: elapsed(), reason: isTimeout ? "timed-out" : "no-connection" };
  }
}

/** The pause that an answer asks for, in milliseconds (RFC 9110, section 10.2.3). */
function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get("Retry-After")?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const now = Date.now();
  const date = parseHttpDate(text, now);
  return date && Math.max(0, date - now);
}
