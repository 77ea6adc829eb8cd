/** One request to the site, sent again while it may still succeed. */
import { setTimeout as sleep } from "node:timers/promises";
import pRetry from "p-retry";
import type { Interruption } from "./interruption.ts";
import { backOff, isRetryable, isWorthWaiting, MAX_ATTEMPTS, retryAfter } from "./retry.ts";
import type { Site } from "./site.ts";

export type Request = {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** The path and the query. */
  path: string;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer> | string | undefined;
  /** Whether sending it twice does no more than sending it once (RFC 9110, section 9.2.2). */
  isIdempotent: boolean;
};

/** The error when no whole response came after every attempt. Nobody knows whether the site did what it was asked. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** The error when Ctrl-C broke off the request, or the wait before the next attempt. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Whether a request has no answer: none came, or nobody waited for it. */
export function isUnanswered(error: unknown): error is Unanswered | Interrupted {
  return error instanceof Unanswered || error instanceof Interrupted;
}

/** The error when the site refused a request without which another one can't be made; `status` is that of its answer. */
export class RefusedBefore extends Error {
  override readonly name = "RefusedBefore";
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The error of an attempt after which the next may succeed; `wait` in milliseconds. */
class RetryableError extends Error {
  readonly wait: number | undefined;
  constructor(message: string, wait?: number) {
    super(message);
    this.wait = wait;
  }
}

/** The error that a reader throws for a response that was cut off. */
export class IncompleteResponse extends Error {
  override readonly name = "IncompleteResponse";
}

/**
 * Sends a request, at most MAX_ATTEMPTS times. It is sent again after 429 and 503, when the network fails, and after
 * any other 5xx if it is idempotent; after the time in Retry-After, else with exponential back-off.
 * @param read reads the response to the last attempt, whatever its status; may throw IncompleteResponse
 * @returns the value of `read`
 * @throws Unanswered, Interrupted
 */
export async function send<T>(
  site: Site,
  request: Request,
  { stopping, aborting }: Pick<Interruption, "stopping" | "aborting">,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const attempt = async (number: number): Promise<T> => {
    try {
      const response = await fetch(`${site.origin}${request.path}`, {
        method: request.method,
        headers: { ...request.headers, Authorization: `Bearer ${site.token}` },
        body: request.body ?? null,
        // The API never redirects: whoever does must not get the token.
        redirect: "manual",
        signal: aborting,
      });
      await throwIfRetryable(response, request, number);
      return await read(response);
    } catch (error) {
      throw aborting.aborted ? new Interrupted("broken off") : failureOf(error, request, site);
    }
  };
  return pRetry(attempt, {
    retries: MAX_ATTEMPTS - 1,
    minTimeout: 0,
    shouldRetry: ({ error }) => error instanceof RetryableError,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (!(error instanceof RetryableError) || retriesLeft === 0) return;
      await sleep(error.wait ?? backOff(attemptNumber, Math.random()), undefined, { signal: stopping }).catch(
        () => {
          throw new Interrupted("stopped before it was sent again");
        },
      );
    },
  }).catch((error: unknown) => {
    throw error instanceof RetryableError ? new Unanswered(error.message) : error;
  });
}

/** Throws a RetryableError when the request is to be sent again after a wait. */
async function throwIfRetryable(response: Response, request: Request, attempt: number): Promise<void> {
  const wait = retryAfter(response.headers.get("Retry-After"), Date.now());
  if (attempt >= MAX_ATTEMPTS || !isRetryable(response.status, request.isIdempotent)) return;
  if (wait !== undefined && !isWorthWaiting(wait)) return;
  await response.body?.cancel();
  throw new RetryableError(`answered ${response.status}`, wait);
}

function failureOf(error: unknown, { isIdempotent }: Request, { origin }: Site): unknown {
  if (error instanceof IncompleteResponse) return new RetryableError(error.message);
  // fetch rejects with a TypeError when the network fails, and so does reading a body.
  if (!(error instanceof TypeError)) return error;
  const { code, text } = causeOf(error);
  const message = `${origin} can't be reached: ${text}`;
  return isIdempotent || NEVER_SENT.has(code) ? new RetryableError(message) : new Unanswered(message);
}

// There was no connection, so the server can't have acted.
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

function causeOf({ cause, message }: Error): { code: string; text: string } {
  const code =
    typeof cause === "object" && cause !== null && "code" in cause && typeof cause.code === "string"
      ? cause.code
      : "";
  const reason = cause instanceof Error && cause.message !== "" ? cause.message : message;
  return { code, text: cause instanceof AggregateError ? code : reason };
}
