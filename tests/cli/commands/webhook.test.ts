/** `dateline webhook`: making, listing, rotating, resuming and removing webhooks, their logs, and events that are sent again. */
import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { run } from "../run.ts";
import { problem, type Received, startSite } from "../site.ts";

const KNOWN = {
  id: "partner",
  name: "Partner",
  origin: "https://partner.example.org",
  events: ["article.published", "article.withdrawn"],
  sections: ["sport"],
  format: "ninjs",
  state: "active",
  lane: "healthy",
  waiting: 0,
  created: "2026-11-25T00:00:00Z",
};
const URL = "https://partner.example.org/news";
const MADE = { url: URL, secret: "whsec_new", ...KNOWN };

function requests(received: Received[]): string[] {
  return received.map(({ method, path }) => `${method} ${path}`);
}

test("only the new secret is printed on standard output", async (t) => {
  const site = await startSite(t, () => ({ status: 201, body: MADE }));
  const options = "--event article.published --event article.withdrawn --section sport --format ninjs";
  const args = ["webhook", "make", "Partner", "--url", URL, ...options.split(" ")];
  const { code, stdout, stderr } = await run([...args, "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 0, stdout: "whsec_new\n" });
  match(stderr, /^partner {2}healthy {2}0 waiting {2}https:\/\/partner\.example\.org {2}ninjs {2}/);
  deepEqual(requests(site.received), ["POST /api/webhooks"]);
  deepEqual(JSON.parse(site.received[0]?.body ?? ""), {
    name: "Partner",
    url: "https://partner.example.org/news",
    events: ["article.published", "article.withdrawn"],
    sections: ["sport"],
    format: "ninjs",
  });
});

test("what a command doesn't say is left to the site", async (t) => {
  const site = await startSite(t, () => ({ status: 201, body: MADE }));
  await run(["webhook", "make", "Partner", "--url", URL, "--to", site.origin]);
  deepEqual(JSON.parse(site.received[0]?.body ?? ""), { name: "Partner", url: URL });
});

test("webhooks are listed with their state, one a line", async (t) => {
  const { sections: _, ...everywhere } = KNOWN;
  const failing = { lane: "slow", waiting: 7, lastFailure: "2026-12-01T00:00:00Z" };
  const site = await startSite(t, () => ({
    body: {
      webhooks: [
        { ...KNOWN, state: "paused", lastSuccess: "2026-11-30T00:00:00Z" },
        { ...everywhere, id: "app", events: ["article.published"], format: "dateline", ...failing },
      ],
    },
  }));
  const { stdout } = await run(["webhook", "list", "--to", site.origin]);
  equal(
    stdout,
    "partner  paused  0 waiting  https://partner.example.org  ninjs  article.published+article.withdrawn  " +
      "sport  last success 2026-11-30T00:00:00Z\n" +
      "app  slow  7 waiting  https://partner.example.org  dateline  article.published  every section  " +
      "last failure 2026-12-01T00:00:00Z\n",
  );
});

test("a webhook gets a new secret, which is printed", async (t) => {
  const site = await startSite(t, () => ({ body: MADE }));
  const { stdout } = await run(["webhook", "rotate", "partner", "--to", site.origin]);
  equal(stdout, "whsec_new\n");
  deepEqual(requests(site.received), ["POST /api/webhooks/partner/rotate"]);
});

test("a webhook is resumed", async (t) => {
  const site = await startSite(t, () => ({ body: KNOWN }));
  const { stdout } = await run(["webhook", "resume", "partner", "--to", site.origin]);
  match(stdout, /^partner {2}healthy/);
  deepEqual(requests(site.received), ["POST /api/webhooks/partner/resume"]);
});

for (const [removed, line] of [
  [1, "removed  partner\n"],
  [0, "not there  partner\n"],
] as const) {
  test(`the removal of a webhook is printed as ${line.trim()}`, async (t) => {
    const site = await startSite(t, () => ({ body: { removed } }));
    const { code, stdout } = await run(["webhook", "remove", "partner", "--to", site.origin]);
    deepEqual({ code, stdout }, { code: 0, stdout: line });
    deepEqual(requests(site.received), ["DELETE /api/webhooks/partner"]);
  });
}

test("the removal of a webhook whose answer is lost is sent again, and succeeds", async (t) => {
  const site = await startSite(t, (_request, index) =>
    index === 0 ? problem(502, "Bad gateway") : { body: { removed: 0 } },
  );
  const { code, stdout } = await run(["webhook", "remove", "partner", "--to", site.origin]);
  deepEqual({ code, stdout }, { code: 0, stdout: "not there  partner\n" });
});

for (const [option, value, events, line] of [
  ["event", "a1b2-7", 1, "1 event is sent again\n"],
  ["since", "2027-01-31T00:00:00Z", 12, "12 events are sent again\n"],
] as const) {
  test(`events are sent again by --${option}`, async (t) => {
    const site = await startSite(t, () => ({ status: 202, body: { events } }));
    const args = ["webhook", "redeliver", "partner", `--${option}`, value, "--to", site.origin];
    equal((await run(args)).stdout, line);
    deepEqual(
      site.received.map(({ method, path, body }): unknown[] => [method, path, JSON.parse(body)]),
      [["POST", "/api/webhooks/partner/redeliver", { [option]: value }]],
    );
  });
}

for (const options of [[], ["--event", "a1b2-7", "--since", "2027-01-31T00:00:00Z"]]) {
  test(`a redelivery with ${options.length / 2} of its options is wrong usage`, async () => {
    const { code, stderr } = await run(["webhook", "redeliver", "partner", ...options]);
    deepEqual({ code, stderr }, { code: 2, stderr: "It takes either --event or --since.\n" });
  });
}

test("the log has a line for each attempt, with the status or the reason", async (t) => {
  const attempt = {
    time: "2026-12-01T00:00:00Z",
    event: "a1b2-7",
    type: "article.published",
    article: "harbour-bridge",
    attempt: 2,
    result: "delivered",
    status: 204,
    milliseconds: 31,
  };
  const { status: _, ...unanswered } = attempt;
  const earlier = { ...unanswered, attempt: 1, result: "failed", reason: "timed-out", milliseconds: 10_000 };
  const site = await startSite(t, () => ({ body: { deliveries: [attempt, earlier] } }));
  const { stdout } = await run(["webhook", "log", "partner", "--limit", "2", "--to", site.origin]);
  const both = "2026-12-01T00:00:00Z  a1b2-7  article.published  harbour-bridge";
  equal(
    stdout,
    `${both}  attempt 2  delivered  204  31 ms\n${both}  attempt 1  failed  timed-out  10000 ms\n`,
  );
  deepEqual(requests(site.received), ["GET /api/webhooks/partner/deliveries?limit=2"]);
});

test("a refusal is printed with its reason, and fails the command", async (t) => {
  const site = await startSite(t, () =>
    problem(403, "Forbidden", { detail: "This needs the right “admin”." }),
  );
  const { code, stdout, stderr } = await run(["webhook", "list", "--to", site.origin]);
  deepEqual({ code, stdout, stderr }, { code: 1, stdout: "", stderr: "This needs the right “admin”.\n" });
});
