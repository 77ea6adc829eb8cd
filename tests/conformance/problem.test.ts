/** Problem details (RFC 9457): every way in which a request is refused. */
import { expect, test } from "vitest";
import { edit, get, post, put, request, settle, until, withdraw } from "../support/newsroom.ts";
import { ORIGIN } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";

type Problem = { type: string; title: string; status: number; detail: string } & Record<string, unknown>;

const MEGABYTE = 1024 * 1024;
const PATH = "/api/articles/harbour-bridge";

/** A refused request: its response, with what the problem document must be like. */
type Case = { code: string; status: number; send: () => Promise<Response> };

/** A body whose length is not announced. */
function chunked(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      const size = Math.min(left, 64 * 1024);
      if (size === 0) return controller.close();
      controller.enqueue(new Uint8Array(size).fill(0x61));
      left -= size;
    },
  });
}

async function putTwice(headers: Record<string, string>): Promise<Response> {
  await put("harbour-bridge", wire());
  return put("harbour-bridge", wire({ headline: "Other" }), headers);
}

async function afterWithdrawal(): Promise<Response> {
  await put("harbour-bridge", wire());
  await withdraw("harbour-bridge");
  return put("harbour-bridge", wire());
}

const REFUSALS: Record<string, Case> = {
  "a document that is not UTF-8": {
    code: "unreadable-document",
    status: 400,
    send: () => edit("PUT", PATH, new Uint8Array([0x50, 0xff, 0xfe])),
  },
  "a cursor that no list gave": {
    code: "invalid-cursor",
    status: 400,
    send: () => edit("GET", "/api/articles?cursor=nonsense"),
  },
  "a missing token": {
    code: "unauthorized",
    status: 401,
    send: () => request(PATH, { method: "PUT", body: wire() }),
  },
  "credentials of another scheme": {
    code: "unauthorized",
    status: 401,
    send: () => edit("PUT", PATH, wire(), { Authorization: "Basic ZWRpdG9yOnRva2Vu" }),
  },
  "a wrong token": {
    code: "unauthorized",
    status: 401,
    send: () => edit("PUT", PATH, wire(), { Authorization: "Bearer another-token" }),
  },
  "reading an article that is not there": {
    code: "not-found",
    status: 404,
    send: () => edit("GET", "/api/articles/nowhere"),
  },
  "withdrawing an article that is not there": {
    code: "not-found",
    status: 404,
    send: () => withdraw("nowhere"),
  },
  "an address of the API at which there is nothing": {
    code: "not-found",
    status: 404,
    send: () => edit("GET", "/api/nothing"),
  },
  "a feed of a section that is not there": {
    code: "not-found",
    status: 404,
    send: () => get("/sections/nowhere/rss.xml"),
  },
  "a method that the address doesn't know": {
    code: "method-not-allowed",
    status: 405,
    send: () => edit("PATCH", PATH, wire()),
  },
  "an upload to a withdrawn article": { code: "withdrawn", status: 410, send: afterWithdrawal },
  "If-Match of another revision": {
    code: "precondition-failed",
    status: 412,
    send: () => putTwice({ "If-Match": '"7"' }),
  },
  "If-None-Match: * where there is an article": {
    code: "precondition-failed",
    status: 412,
    send: () => putTwice({ "If-None-Match": "*" }),
  },
  "a feed that a reader wants under If-Match only": {
    code: "precondition-failed",
    status: 412,
    send: () => get("/rss.xml", { "If-Match": '"other"' }),
  },
  "a document that is too large, and says so": {
    code: "too-large",
    status: 413,
    send: () => edit("PUT", PATH, "a".repeat(MEGABYTE + 1)),
  },
  "a document that is too large, and doesn't say so": {
    code: "too-large",
    status: 413,
    send: () => edit("PUT", PATH, chunked(MEGABYTE + 1)),
  },
  "a document of another media type": {
    code: "unsupported-media-type",
    status: 415,
    send: () => put("harbour-bridge", wire(), { "Content-Type": "application/msword" }),
  },
  "a document in another character set": {
    code: "unsupported-media-type",
    status: 415,
    send: () => put("harbour-bridge", wire(), { "Content-Type": "text/plain; charset=iso-8859-1" }),
  },
  "a compressed document": {
    code: "unsupported-media-type",
    status: 415,
    send: () => put("harbour-bridge", wire(), { "Content-Encoding": "gzip" }),
  },
  "a document with errors": {
    code: "invalid-document",
    status: 422,
    send: () => put("harbour-bridge", "Politics 2026-02-30T07:07:06Z"),
  },
  "an id that is no slug": { code: "invalid-id", status: 422, send: () => put("Harbour_Bridge", wire()) },
  "a host with a port": {
    code: "invalid-host",
    status: 422,
    send: () => edit("PUT", "/api/blocked-hosts/push.example.org:8443"),
  },
  "an id that is too long": { code: "invalid-id", status: 422, send: () => put("a".repeat(81), wire()) },
};

const cases = Object.entries(REFUSALS);

test.each(cases)(
  "[RFC 9457 3.1] %s: the problem names its type, title, status and detail",
  async (_what, { code, status, send }) => {
    const response = await send();
    const { type, title, status: stated, detail } = await response.json<Problem>();
    expect({ type, stated, status: response.status, media: response.headers.get("Content-Type") }).toEqual({
      type: `${ORIGIN}/problems/${code}`,
      stated: status,
      status,
      media: "application/problem+json",
    });
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(detail).toMatch(/^[A-Z].*\.$/);
  },
);

test.each([...new Set(cases.map(([, { code }]) => code)), "internal-error"])(
  "[RFC 9457 3.1.1] the address of the problem type %s tells people what it means",
  async (code) => {
    const response = await get(`/problems/${code}`, { Accept: "text/html" });
    expect({ status: response.status, type: response.headers.get("Content-Type") }).toEqual({
      status: 200,
      type: "text/html; charset=utf-8",
    });
  },
);

test("[RFC 9457 3.1.1] a problem type that does not exist has no page", async () => {
  expect((await get("/problems/no-such-problem")).status).toBe(404);
});

test("[RFC 9457 4] two problems of one type have one title", async () => {
  const responses = await Promise.all([withdraw("nowhere"), get("/sections/nowhere/rss.xml")]);
  const [first, second] = await Promise.all(responses.map((response) => response.json<Problem>()));
  expect(first?.title).toBe(second?.title);
});

// 401

test.each([
  ["without credentials", undefined, 'Bearer realm="Dateline"'],
  ["with credentials of another scheme", "Basic ZWRpdG9yOnRva2Vu", 'Bearer realm="Dateline"'],
  ["with a wrong token", "Bearer another-token", 'Bearer realm="Dateline", error="invalid_token"'],
  ["with a prefix of the token", "Bearer a-token-for-test", 'Bearer realm="Dateline", error="invalid_token"'],
  [
    "with a token and more",
    "Bearer a-long-token-for-all-the-tests more",
    'Bearer realm="Dateline", error="invalid_request"',
  ],
  ["with no token after the scheme", "Bearer", 'Bearer realm="Dateline", error="invalid_request"'],
] as const)("[RFC 6750 3] %s, the challenge says what is wrong", async (_how, authorization, challenge) => {
  const headers = authorization === undefined ? {} : { Authorization: authorization };
  const response = await request(PATH, { method: "PUT", body: wire(), headers });
  expect({ status: response.status, challenge: response.headers.get("WWW-Authenticate") }).toEqual({
    status: 401,
    challenge,
  });
});

test("[RFC 6750 2.3] a token in the address is no credential", async () => {
  expect((await request("/api/articles?access_token=a-long-token-for-all-the-tests")).status).toBe(401);
});

test.each(["GET", "HEAD", "PUT", "DELETE", "POST", "PATCH", "OPTIONS"])(
  "[RFC 9110 15.5.2] without a token, the response to %s doesn't tell whether an article exists",
  async (method) => {
    await put("harbour-bridge", wire());
    const [present, absent] = await Promise.all([
      request(PATH, { method }),
      request("/api/articles/nowhere", { method }),
    ]);
    expect([present.status, absent.status]).toEqual([401, 401]);
  },
);

test("[RFC 9457 5] a refusal for lack of a token doesn't say which tokens there are", async () => {
  const response = await edit("GET", PATH, undefined, { Authorization: "Bearer another-token" });
  expect(await response.text()).not.toMatch(/a-long-token-for-all-the-tests|another-token/);
});

// 410, 412, 413, 415

test("[RFC 9110 15.5.11] a withdrawn article's id is not used again, and the problem names it", async () => {
  const problem = await (await afterWithdrawal()).json<Problem>();
  expect({ status: problem.status, article: problem["article"] }).toEqual({
    status: 410,
    article: "harbour-bridge",
  });
});

test("[RFC 9110 15.5.13] a failed precondition names the article, its revision and its tag", async () => {
  const response = await putTwice({ "If-Match": '"7"' });
  const { article, revision } = await response.json<Problem>();
  expect({ article, revision, tag: response.headers.get("ETag") }).toEqual({
    article: "harbour-bridge",
    revision: 1,
    tag: '"1"',
  });
});

test("[RFC 9110 15.5.14] the problem of a document that is too large names the limit", async () => {
  const problem = await (await edit("PUT", PATH, "a".repeat(MEGABYTE + 1))).json<Problem>();
  expect(problem["max"]).toBe(MEGABYTE);
});

test.each([
  ["with its length", (text: string) => text],
  [
    "without its length",
    (text: string) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(text));
          controller.close();
        },
      }),
  ],
])("[RFC 9110 15.5.14] a document of exactly the limit is taken, sent %s", async (_how, body) => {
  const text = wire();
  // Blank lines count too, though they aren't kept.
  const document = text + "\n".repeat(MEGABYTE - new TextEncoder().encode(text).byteLength);
  expect((await edit("PUT", PATH, body(document))).status).toBe(201);
});

test("[RFC 9110 15.5.16, RFC 5789 3.1] the refusal of an unsupported media type names the supported ones", async () => {
  const response = await put("harbour-bridge", wire(), { "Content-Type": "application/msword" });
  const { accepted } = await response.json<Problem>();
  const types = "text/plain, text/markdown, application/json, application/vnd.iptc.ninjs+json";
  expect({
    accept: response.headers.get("Accept"),
    acceptPost: response.headers.get("Accept-Post"),
    accepted,
  }).toEqual({ accept: types, acceptPost: types, accepted: types });
});

test("[RFC 9110 12.5.3, 15.5.16] the refusal of a compressed document asks for it without a coding", async () => {
  const response = await put("harbour-bridge", wire(), { "Content-Encoding": "gzip" });
  expect(response.headers.get("Accept-Encoding")).toBe("identity");
});

test.each([
  "text/plain",
  "text/plain; charset=utf-8",
  'TEXT/Plain;Charset="UTF-8"',
  "text/plain;charset=us-ascii",
])("[RFC 9110 8.3] a document that comes as %s is taken", async (type) => {
  expect((await put("harbour-bridge", wire(), { "Content-Type": type })).status).toBe(201);
});

// 422

test("[RFC 9457 3.2] the problem of a document with errors has every error, with line, field, reason, detail and what was found", async () => {
  const response = await put("harbour-bridge", "\nPolitics 2026-02-30T07:07:06Z\n\nHarbour bridge reopens\n");
  const { issues, warnings } = await response.json<Problem>();
  expect({ status: response.status, issues, warnings }).toEqual({
    status: 422,
    issues: [
      {
        line: 2,
        field: "published",
        reason: "no-such-time",
        detail: "There is no such date, time or offset.",
        found: "2026-02-30T07:07:06Z",
      },
      {
        line: 5,
        field: "body",
        reason: "missing-body",
        detail: expect.stringMatching(/^At least one paragraph of body/),
        found: "",
      },
    ],
    warnings: [
      {
        line: 4,
        field: "headline",
        reason: "headline-not-repeated",
        detail: expect.stringMatching(/^The headline is not repeated/),
        found: "Harbour bridge reopens",
      },
    ],
  });
});

test("[RFC 9457 3.2] a document that is not UTF-8 has one issue", async () => {
  const response = await edit("PUT", PATH, new Uint8Array([0x50, 0xff, 0xfe]));
  const { issues } = await response.json<Problem>();
  expect(issues).toEqual([
    {
      line: 1,
      field: "encoding",
      reason: "not-utf-8",
      detail: "The document is not valid UTF-8.",
      found: "",
    },
  ]);
});

test("[RFC 9457 3] POST refuses a document with errors as PUT does", async () => {
  const document = "Politics yesterday\n\nHeadline\n";
  const [posted, placed] = await Promise.all([post(document), put("harbour-bridge", document)]);
  expect(posted.status).toBe(422);
  expect(await posted.json()).toEqual(await placed.json());
});

// Pages for people

test("[RFC 9457 3] at an unknown address a person gets a page, and a program gets the problem document", async () => {
  const [page, problem] = await Promise.all([
    get("/nowhere", { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" }),
    get("/nowhere", { Accept: "*/*" }),
  ]);
  expect(
    [page, problem].map(({ status, headers }) => [status, headers.get("Content-Type"), headers.get("Vary")]),
  ).toEqual([
    [404, "text/html; charset=UTF-8", "Accept"],
    [404, "application/problem+json", "Accept"],
  ]);
});

// Nothing changes

test("[RFC 9110 15.5] a refused request changes nothing: the feed and the article stay as they were", async () => {
  await put("harbour-bridge", wire());
  await settle();
  const before = await get("/rss.xml");
  const [tag, body] = [before.headers.get("ETag"), await before.text()];
  const other = wire({ headline: "Other" });
  const refused = [
    await put("harbour-bridge", other, { "If-Match": '"7"' }),
    await put("harbour-bridge", other, { "If-None-Match": "*" }),
    await put("harbour-bridge", other, { Authorization: "Bearer another-token" }),
    await put("harbour-bridge", other, { "Content-Type": "application/msword" }),
    await put("harbour-bridge", "Politics 2026-02-30T07:07:06Z\n\nOther\n\nOther\n"),
    await edit("PUT", PATH, chunked(MEGABYTE + 1)),
    await edit("PATCH", PATH, other),
    await withdraw("harbour-bridge", { "If-Match": '"7"' }),
    await withdraw("nowhere"),
  ].map(({ status }) => status);
  expect(refused).toEqual([412, 412, 401, 415, 422, 413, 405, 412, 404]);
  await settle();
  const after = await get("/rss.xml");
  expect([after.headers.get("ETag"), await after.text()]).toEqual([tag, body]);
  const article = await (await edit("GET", PATH)).json<Problem>();
  expect([article["revision"], article["headline"]]).toEqual([1, "Harbour bridge reopens"]);
});

test("[RFC 9110 15.5.11] an upload to a withdrawn article brings it into no feed", async () => {
  await put("harbour-bridge", wire());
  await withdraw("harbour-bridge");
  await settle();
  await until("/rss.xml", (body) => !body.includes("<item>"));
  expect((await put("harbour-bridge", wire())).status).toBe(410);
  await settle();
  expect(await (await get("/rss.xml")).text()).not.toContain("<item>");
});
