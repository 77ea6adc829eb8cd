/** A subscriber's replies to verifications and deliveries, as its behaviour says. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type DeliveryReply, isFault, type VerificationReply } from "./behaviour.ts";
import { sendFault } from "./faults.ts";

const TEXT = { "Content-Type": "text/plain" };
// Long enough for a drip to outlast every time limit.
const SLOW_BODY = ".".repeat(600);

/**
 * Replies to a verification (WebSub 5.3).
 * @param challenge that the hub sent
 * @param echo an address that echoes the challenge
 */
export function replyToVerification(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, headers }: VerificationReply,
  challenge: string,
  echo: string,
): void {
  const fields = { ...TEXT, ...headers };
  if (isFault(answer)) sendFault(request, response, answer, challenge);
  else if (answer === "redirect") response.writeHead(302, { ...fields, Location: echo }).end();
  else if (answer === "wrong") response.writeHead(200, fields).end(`${challenge}-and-more`);
  else if (answer === "with-newline") response.writeHead(200, fields).end(`${challenge}\n`);
  else if (answer === "with-mark") response.writeHead(200, fields).end(`\uFEFF${challenge}`);
  else response.writeHead(answer === "echo" ? 200 : answer, fields).end(challenge);
}

/**
 * Replies to a delivery (WebSub 7).
 * @param self the address of this callback
 */
export function replyToDelivery(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, headers }: DeliveryReply,
  self: string,
): void {
  if (isFault(answer)) sendFault(request, response, answer, SLOW_BODY);
  else if (answer === "redirect-loop") response.writeHead(307, { ...headers, Location: self }).end();
  else response.writeHead(answer, headers).end();
}
