/** The hub's endpoint: takes the requests of subscribers (WebSub, section 5.1). Refusals are plain text, as the standard wants them. */
import { addressOf } from "../auth/client-address.ts";
import { digestOf } from "../digest.ts";
import { readBytes } from "../http/request-body.ts";
import { Refusal } from "../http/problems.ts";
import { type CallbackRules, readCallback } from "../hub/callback.ts";
import { leaseOf } from "../hub/lease.ts";
import type { RequestRefusal, SubscriptionRequest } from "../hub/messages.ts";
import { theHub } from "../hub/stub.ts";
import { reasonOf, report } from "../report.ts";
import { canonicalAddress } from "./canonical-address.ts";
import { type PublicContext, type PublicDoor, type PublicHandler, readsOf } from "./door.ts";
import { presenceOfFeed } from "./feed-presence.ts";
import { feedNamed } from "./topics.ts";

const FORM = "application/x-www-form-urlencoded";
// Two addresses, a secret and a few short words.
const MAX_BODY_BYTES = 10_000;
// WebSub, section 5.1: less than 200 bytes.
const MAX_SECRET_BYTES = 199;
const MAX_TOKEN_LENGTH = 1000;
// The period of the limits in wrangler.toml.
const PERIOD_SECONDS = 60;

/** Parameters that count once: the standard knows no second one. */
const ONCE = ["hub.mode", "hub.topic", "hub.callback", "hub.secret"];

const REFUSALS: Readonly<Record<RequestRefusal, readonly [number, string]>> = {
  "too-many-pending": [503, "Too many requests wait for their verification. Try again later."],
  "source-full": [429, "Too many requests of this address wait for their verification. Try again later."],
  "hub-full": [503, "This hub has as many subscriptions as it takes."],
  "host-full": [429, "This hub has as many subscriptions of this callback's host as it takes."],
  blocked: [403, "The site's administrator blocked this callback's host."],
};

const SOON = { "Retry-After": String(PERIOD_SECONDS) };

/** What is wrong with a request: a sentence for each fault. */
type Faults = { faults: string[] };

/** Answers 202 to a request that is in order, and verifies it afterwards. */
export function takeSubscription(door: PublicDoor, rules: CallbackRules): PublicHandler {
  return async (c) => {
    const [type = ""] = (c.req.header("Content-Type") ?? "").toLowerCase().split(";");
    if (type.trim() !== FORM) return plain(415, `Send the parameters as ${FORM}.`, { "Accept-Post": FORM });
    if (!(await isWithin(c.env.HUB_REQUESTS, addressOf(c.req.raw)))) return tooMany("address");
    const form = await readForm(c.req.raw);
    if (form === undefined) return plain(413, `A request has at most ${MAX_BODY_BYTES} bytes.`);
    const request = await readRequest(door, rules, c, form);
    if ("faults" in request) return plain(400, request.faults.join("\n"));
    if (!(await isWithin(c.env.HUB_CALLBACKS, request.host))) return tooMany("callback's host");
    const refusal = await ask(c.env, request);
    if (refusal === "down") return plain(503, "The hub is out of order. Try again later.", SOON);
    if (refusal === undefined) return new Response(null, { status: 202 });
    const [status, reason] = REFUSALS[refusal];
    return plain(status, reason, status === 403 ? {} : SOON);
  };
}

/** Asks the hub. @returns its refusal; "down" where it doesn't answer */
async function ask(env: Env, request: SubscriptionRequest): Promise<RequestRefusal | "down" | undefined> {
  try {
    return await theHub(env).request(request);
  } catch (thrown) {
    report("hub-request-failed", { reason: reasonOf(thrown) });
    return "down";
  }
}

async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  try {
    return new URLSearchParams(new TextDecoder().decode(await readBytes(request, MAX_BODY_BYTES)));
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined;
    throw thrown;
  }
}

/** Reads the parameters; those that no standard knows are ignored (section 5.1). */
async function readRequest(
  door: PublicDoor,
  rules: CallbackRules,
  c: PublicContext,
  form: URLSearchParams,
): Promise<SubscriptionRequest | Faults> {
  const mode = form.get("hub.mode");
  const isMode = mode === "subscribe" || mode === "unsubscribe";
  const callback = readCallback(form.get("hub.callback") ?? "", rules);
  const sentTopic = form.get("hub.topic") ?? "";
  const topic = await readTopic(door, c, sentTopic, mode === "subscribe");
  const secret = form.get("hub.secret") ?? "";
  const verifyToken = form.get("hub.verify_token") ?? undefined;
  const faults = [
    ...ONCE.filter((name) => form.getAll(name).length > 1).map((name) => `${name} must be given once`),
    ...(isMode ? [] : ["hub.mode must be subscribe or unsubscribe"]),
    ...(callback.ok ? [] : [`hub.callback ${callback.reason}`]),
    ...(topic.ok ? [] : [`hub.topic ${topic.reason}`]),
    ...(bytesOf(secret) > MAX_SECRET_BYTES ? ["hub.secret must have less than 200 bytes"] : []),
    ...((verifyToken ?? "").length > MAX_TOKEN_LENGTH
      ? [`hub.verify_token must have at most ${MAX_TOKEN_LENGTH} characters`]
      : []),
  ];
  if (faults.length > 0 || !isMode || !callback.ok || !topic.ok) return { faults };
  return {
    mode,
    topic: topic.url,
    sentTopic,
    callback: callback.url,
    host: callback.host,
    ...(secret !== "" && { secret }),
    ...(verifyToken !== undefined && { verifyToken }),
    lease: leaseOf(form.get("hub.lease_seconds")),
    source: (await digestOf(addressOf(c.req.raw))).hex,
  };
}

/**
 * Finds a topic by its canonical address, in any spelling of it that the URL Standard reads as that.
 * @param isToBeThere whether the feed has to be there: a subscription to one that is gone can be ended
 */
async function readTopic(
  { site, cache }: PublicDoor,
  c: PublicContext,
  sent: string,
  isToBeThere: boolean,
): Promise<{ ok: true; url: string } | { ok: false; reason: string }> {
  const url = URL.parse(sent)?.href;
  if (url === undefined) return { ok: false, reason: "must be an absolute URL" };
  if (!url.startsWith(`${site.url}/`)) return { ok: false, reason: `must be a feed of ${site.url}` };
  const canonical = canonicalAddress(url, site.itemsPerFeed);
  if (canonical !== undefined && feedNamed(site, `${site.url}${canonical}`) !== undefined)
    return { ok: false, reason: `must be the feed's own address: ${site.url}${canonical}` };
  const named = feedNamed(site, url);
  if (named === undefined) return { ok: false, reason: `names no feed of ${site.url}` };
  if (isToBeThere) {
    const reads = readsOf(c, cache, Date.now());
    if ((await presenceOfFeed(reads, site, named.feed)) === "absent")
      return { ok: false, reason: "names a feed that is not there" };
  }
  return { ok: true, url };
}

/** Whether a limit is kept; one that can't be asked keeps nobody out: the hub has bounds of its own. */
async function isWithin(limit: RateLimit, key: string): Promise<boolean> {
  try {
    return (await limit.limit({ key })).success;
  } catch (thrown) {
    report("rate-limit-down", { reason: reasonOf(thrown) });
    return true;
  }
}

function tooMany(of: string): Response {
  return plain(429, `Too many requests of this ${of}. Try again in a minute.`, SOON);
}

function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { ...headers, "Content-Type": "text/plain; charset=utf-8" },
  });
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
