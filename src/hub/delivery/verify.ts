/** Verification of intent: asks a subscriber whether it sent the request (WebSub, sections 5.2 and 5.3). */
import type { Verification } from "../messages.ts";
import { TIME_LIMIT_MILLISECONDS } from "./post.ts";

// A challenge is shorter: whoever answers with more has not understood it.
const MAX_ANSWER_BYTES = 4096;

/**
 * Sends a GET to the callback, whose own query stays. A denial asks nothing.
 * @returns whether the subscriber confirmed: any status 2xx, with the challenge and nothing else as the body
 */
export async function verify(verification: Verification): Promise<boolean> {
  const challenge = crypto.randomUUID() + crypto.randomUUID();
  try {
    const response = await fetch(verificationUrl(verification, challenge), {
      redirect: "manual",
      headers: { "User-Agent": verification.userAgent },
      signal: AbortSignal.timeout(TIME_LIMIT_MILLISECONDS),
    });
    const answer = await textOf(response);
    return verification.mode === "denied" || (response.ok && answer === challenge);
  } catch {
    return false;
  }
}

/** The callback with the parameters of a verification appended (WebSub, section 5.3), or those of a denial (section 5.2). */
export function verificationUrl(
  { mode, topic, callback, lease, verifyToken }: Omit<Verification, "id" | "userAgent">,
  challenge: string,
): string {
  const parameters = new URLSearchParams({ "hub.mode": mode, "hub.topic": topic });
  if (mode === "denied") {
    parameters.set(
      "hub.reason",
      "This feed is no longer here, or the site's administrator ended the subscription.",
    );
  } else {
    parameters.set("hub.challenge", challenge);
    if (mode === "subscribe") parameters.set("hub.lease_seconds", String(lease));
    if (verifyToken !== undefined) parameters.set("hub.verify_token", verifyToken);
  }
  return `${callback}${callback.includes("?") ? "&" : "?"}${parameters.toString()}`;
}

/** The body of an answer; undefined where it is longer than any challenge. */
async function textOf({ body }: Response): Promise<string | undefined> {
  if (body === null) return "";
  const decoder = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });
  let text = "";
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > MAX_ANSWER_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
