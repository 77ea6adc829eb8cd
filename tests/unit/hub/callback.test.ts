/** Callbacks of subscriptions: which addresses a delivery may go to. */
import { isIP } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { readCallback } from "../../../src/hub/callback.ts";

const RULES = { siteUrl: "https://news.gazette.org", isLoopbackAllowed: false };
const DEVELOPMENT = { siteUrl: "http://localhost:8787", isLoopbackAllowed: true };

const HTTPS = "must be https";
const ADDRESS = "must have a name, not an IP address";
const INVALID = "must be a valid absolute URL";
const MISREAD = "must have no white space, control character or backslash";
const PRIVATE = "must be on the public internet";
const OWN = "must not be on this site";
const PORT = "must be on port 443 or 8443";
const NAME = "must have a valid domain name";
const WHOLE_NAME = "must have a whole domain name";
const CREDENTIALS = "must have no user name and no password";
const FRAGMENT = "must have no fragment";
const LENGTH = "must have at most 2048 characters";

/** Hosts that are IPv4 addresses, and how the address is written. */
const IPV4 = [
  ["127.0.0.1", "as usual"],
  ["127.0.0.1.", "with a trailing dot"],
  ["2130706433", "in decimal"],
  ["017700000001", "in octal"],
  ["0x7f000001", "in hexadecimal"],
  ["0X7F.1", "in capital hexadecimal"],
  ["0177.0.0.1", "with an octal part"],
  ["0x7f.0.0.0x1", "with hexadecimal parts"],
  ["127.1", "in two parts"],
  ["127.0.1", "in three parts"],
  ["0", "in one digit"],
  ["0.0.0.0", "of no host"],
  ["10.0.0.1", "of a private network"],
  ["172.16.0.1", "of a private network"],
  ["192.168.1.1", "of a private network"],
  ["100.64.0.1", "of a carrier"],
  ["169.254.169.254", "of a cloud's metadata"],
  ["0xa9fea9fe", "of a cloud's metadata in hexadecimal"],
  ["224.0.0.1", "of a group"],
  ["255.255.255.255", "of everybody"],
  ["8.8.8.8", "of a public server"],
  ["１２７.０.０.１", "in full-width digits"],
  ["①②⑦.⓪.⓪.①", "in circled digits"],
  ["𝟏𝟐𝟕.𝟎.𝟎.𝟏", "in bold digits"],
  ["127。0。0。1", "with ideographic full stops"],
  ["127．0．0．1", "with full-width full stops"],
  ["127｡0｡0｡1", "with half-width full stops"],
  ["%31%32%37.0.0.1", "in percent-encoding"],
  ["1\u00AD27.0.0.1", "with a soft hyphen"],
  ["127.0.0.1:8443", "with a port"],
] as const;

const IPV6 = [
  ["[::1]", "of this machine"],
  ["[0:0:0:0:0:0:0:1]", "of this machine, at length"],
  ["[::]", "of no host"],
  ["[::ffff:127.0.0.1]", "that is mapped"],
  ["[::ffff:7f00:1]", "that is mapped, in hexadecimal"],
  ["[::FFFF:0:127.0.0.1]", "that is translated"],
  ["[::127.0.0.1]", "that is compatible"],
  ["[64:ff9b::7f00:1]", "of NAT64"],
  ["[64:ff9b:1::a00:1]", "of a local NAT64"],
  ["[2002:7f00:1::]", "of 6to4"],
  ["[2001:0:53aa:64c::80ff:fffe]", "of Teredo"],
  ["[fe80::1]", "of a link"],
  ["[fd00::1]", "of a private network"],
  ["[ff02::1]", "of a group"],
  ["[2001:db8::1]", "of documents"],
  ["[2606:4700:4700::1111]", "of a public server"],
] as const;

const REFUSED = [
  ["https://[fe80::1%25eth0]/", INVALID],
  ["https://[::1]./", INVALID],
  ["https://::1/", INVALID],
  ["https://256.0.0.1/", INVALID],
  ["https://1.2.3.4.5/", INVALID],
  ["https://subscriber.example.0x7f/", INVALID],
  ["https://127.0.0.1../", ADDRESS],
  ["https://localhost/", PRIVATE],
  ["https://LOCALHOST./", PRIVATE],
  ["https://localhost../", PRIVATE],
  ["https://ｌocaⓛhost/", PRIVATE],
  ["https://%6Cocalhost/", PRIVATE],
  ["https://loc\u200Balhost/", PRIVATE],
  ["https://api.localhost/", PRIVATE],
  ["https://localhost.localdomain/", PRIVATE],
  ["https://printer.local/", PRIVATE],
  ["https://printer.LOCAL./", PRIVATE],
  ["https://metadata.google.internal/", PRIVATE],
  ["https://1.0.0.127.in-addr.arpa/", PRIVATE],
  ["https://nas.home.arpa/", PRIVATE],
  ["https://hub.test/", PRIVATE],
  ["https://hub.invalid/", PRIVATE],
  ["https://hub.example/", PRIVATE],
  ["https://subscriber.onion/", PRIVATE],
  ["https://subscriber.alt/", PRIVATE],
  ["https://router.lan/", PRIVATE],
  ["https://router.home/", PRIVATE],
  ["https://wiki.corp/", PRIVATE],
  ["https://wiki.intranet/", PRIVATE],
  ["https://wiki.private/", PRIVATE],
  ["https://intranet/", PRIVATE],
  ["https://subscriber/", WHOLE_NAME],
  ["https://com./", WHOLE_NAME],
  ["https://.example.org/", NAME],
  ["https://subscriber..example.org/", NAME],
  ["https://subscriber.example.org../", NAME],
  ["https://*.example.org/", NAME],
  ["https://subscriber,example.org/", NAME],
  ["https://-a.example.org/", NAME],
  [`https://${"a".repeat(64)}.example.org/`, NAME],
  [`https://${"a.".repeat(122)}example.org/`, NAME],
  ["https://news.gazette.org/callback", OWN],
  ["https://NEWS.Gazette.ORG/", OWN],
  ["https://news.gazette.org./", OWN],
  ["https://news.gazette.org../", OWN],
  ["https://news.gazette.org:8443/", OWN],
  ["https://ｎｅｗｓ.gazette。org/", OWN],
  ["https://news%2Egazette.org/", OWN],
  ["http://subscriber.example.org/", HTTPS],
  ["HTTP://subscriber.example.org:443/", HTTPS],
  ["http://127.0.0.1/", HTTPS],
  ["ftp://subscriber.example.org/", HTTPS],
  ["ws://subscriber.example.org/", HTTPS],
  ["file:///etc/passwd", HTTPS],
  ["data:text/plain,a", HTTPS],
  ["javascript:alert(1)", HTTPS],
  ["blob:https://subscriber.example.org/a", HTTPS],
  ["subscriber.example.org:443/callback", HTTPS],
  ["//subscriber.example.org/", INVALID],
  ["/callback", INVALID],
  ["subscriber.example.org", INVALID],
  ["https://", INVALID],
  ["https://:443/", INVALID],
  ["https://subscriber.example.org:65536/", INVALID],
  ["", INVALID],
  ["https://subscriber.example.org:80/", PORT],
  ["https://subscriber.example.org:22/", PORT],
  ["https://subscriber.example.org:8080/", PORT],
  ["https://subscriber.example.org:0/", PORT],
  ["https://user@subscriber.example.org/", CREDENTIALS],
  ["https://user:secret@subscriber.example.org/", CREDENTIALS],
  ["https://:secret@subscriber.example.org/", CREDENTIALS],
  ["https://subscriber.example.org@127.0.0.1/", CREDENTIALS],
  ["https://subscriber.example.org/#", FRAGMENT],
  ["https://subscriber.example.org/?a=1#part", FRAGMENT],
  ["https:\\\\subscriber.example.org\\", MISREAD],
  ["https://subscriber.example.org\\@127.0.0.1/", MISREAD],
  ["https://subscriber.exa\tmple.org/", MISREAD],
  ["https://subscriber.exa\nmple.org/", MISREAD],
  ["https://subscriber.example.org/\r\nHost: a", MISREAD],
  ["https://subscriber.example.org/a b", MISREAD],
  ["\u0000https://subscriber.example.org/", MISREAD],
  [" https://subscriber.example.org/", MISREAD],
  ["\uFEFFhttps://subscriber.example.org/", MISREAD],
  [`https://subscriber.example.org/${"a".repeat(2018)}`, LENGTH],
  [`https://subscriber.example.org/${"é".repeat(400)}`, LENGTH],
] as const;

const ACCEPTED: [text: string, url: string | undefined, host: string][] = [
  ["https://subscriber.example.org/callback", undefined, "subscriber.example.org"],
  ["https://subscriber.example.org", "https://subscriber.example.org/", "subscriber.example.org"],
  ["https://example.com/callback", undefined, "example.com"],
  ["HTTPS://Subscriber.Example.ORG/A", "https://subscriber.example.org/A", "subscriber.example.org"],
  ["https://subscriber.example.org:443/", "https://subscriber.example.org/", "subscriber.example.org"],
  ["https://subscriber.example.org:8443/a", undefined, "subscriber.example.org"],
  ["https://subscriber.example.org./a", undefined, "subscriber.example.org"],
  ["https://bücher.example.org/", "https://xn--bcher-kva.example.org/", "xn--bcher-kva.example.org"],
  ["https://xn--bcher-kva.example.org/", undefined, "xn--bcher-kva.example.org"],
  ["https://my_feed.example.org/", undefined, "my_feed.example.org"],
  ["https://ｅｘａｍｐｌｅ.org/", "https://example.org/", "example.org"],
  ["https://mylocalhost.example.org/", undefined, "mylocalhost.example.org"],
  ["https://local.example.org/", undefined, "local.example.org"],
  ["https://blog.news.gazette.org/", undefined, "blog.news.gazette.org"],
  ["https://gazette.org/", undefined, "gazette.org"],
  ["https://news.gazette.org.example.org/", undefined, "news.gazette.org.example.org"],
  ["https://10.example.org/", undefined, "10.example.org"],
  ["https://127.0.0.1.nip.io/", undefined, "127.0.0.1.nip.io"],
];

const QUERIES = [
  "?id=1&hub.topic=mine&id=2",
  "?",
  "?&&=&a",
  "?a=%2f%2F%61&b=+%20",
  "?url=https://a.example.org/?b@c:d",
  "?a[]={1}|2;3",
];

test("at least sixty spellings of forbidden addresses are tried", () => {
  const spellings = [...IPV4, ...IPV6, ...REFUSED].map(([spelling]) => spelling);
  expect(new Set(spellings).size).toBe(spellings.length);
  expect(spellings.length).toBeGreaterThanOrEqual(60);
});

describe("a callback is refused", () => {
  test.each([...IPV4, ...IPV6])("at the address %s, %s", (host) => {
    expect(readCallback(`https://${host}/callback?a=1`, RULES)).toEqual({ ok: false, reason: ADDRESS });
  });

  test.each(REFUSED)("at %j: it %s", (text, reason) => {
    expect(readCallback(text, RULES)).toEqual({ ok: false, reason });
  });
});

describe("a callback is taken", () => {
  test.each(ACCEPTED)("at %s", (text, url = text, host) => {
    expect(readCallback(text, RULES)).toEqual({ ok: true, url, host });
  });

  test.each(QUERIES)("with its query %s as it is", (query) => {
    const url = `https://subscriber.example.org/callback${query}`;
    expect(readCallback(url, RULES)).toEqual({ ok: true, url, host: "subscriber.example.org" });
  });

  test("of 2,048 characters", () => {
    const url = `https://subscriber.example.org/${"a".repeat(2017)}`;
    expect(readCallback(url, RULES)).toMatchObject({ ok: true, url });
  });
});

describe("in development a callback on this machine", () => {
  test.each([
    ["http://127.0.0.1:9000/callback?a=1", "127.0.0.1"],
    ["http://localhost:9000/", "localhost"],
    ["http://LOCALHOST:9000/", "localhost"],
    ["http://[::1]:9000/", "[::1]"],
    ["http://127.0.0.1/", "127.0.0.1"],
    ["http://127.1:22/", "127.0.0.1"],
  ])("is taken at %s", (text, host) => {
    const { href: url } = new URL(text);
    expect(readCallback(text, DEVELOPMENT)).toEqual({ ok: true, url, host });
  });

  test.each([
    ["http://localhost:8787/", OWN],
    ["http://127.0.0.1:8787/", OWN],
    ["http://[::1]:8787/", OWN],
    ["http://user@127.0.0.1:9000/", CREDENTIALS],
    ["http://127.0.0.1:9000/#a", FRAGMENT],
    [`http://127.0.0.1:9000/${"a".repeat(2048)}`, LENGTH],
    ["http://127.0.0.2:9000/", HTTPS],
    ["http://0.0.0.0:9000/", HTTPS],
    ["http://192.168.1.1/", HTTPS],
    ["http://api.localhost/", HTTPS],
    ["http://subscriber.example.org/", HTTPS],
    ["https://127.0.0.1/", ADDRESS],
    ["https://subscriber.example.org:9000/", PORT],
  ])("is refused at %s: it %s", (text, reason) => {
    expect(readCallback(text, DEVELOPMENT)).toEqual({ ok: false, reason });
  });
});

const PIECES = [
  "127",
  "0x7f",
  "0",
  "1",
  "①",
  "２５５",
  "localhost",
  "example",
  "org",
  "nip",
  "io",
  "xn--",
  "é",
];
const DOTS = [".", "。", "．", "%2E", "..", "-", ":", "@", "[", "]", "::", "\u00AD"];
const hosts = fc.oneof(
  fc
    .array(fc.constantFrom(...PIECES, ...DOTS), { minLength: 1, maxLength: 9 })
    .map((pieces) => pieces.join("")),
  fc.array(fc.constantFrom(...PIECES), { minLength: 2, maxLength: 5 }).map((labels) => labels.join(".")),
  fc.domain(),
  fc.ipV4Extended(),
  fc.ipV6().map((address) => `[${address}]`),
);
const texts = fc
  .tuple(
    fc.constantFrom("https://", "https://", "HTTPS:/", "http://"),
    hosts,
    fc.constantFrom("", ":443", ":8443", ":80", "."),
    fc.webPath(),
    fc.constantFrom("", "?", "?a=%2f'\"é"),
  )
  .map((parts) => parts.join(""));

test("a callback that is taken has no IP address for a host, and is the same when it is read again", () => {
  let taken = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const read = readCallback(text, RULES);
      if (!read.ok) return;
      taken += 1;
      const { protocol, hostname } = new URL(read.url);
      expect({ protocol, host: hostname.replace(/\.$/, "") }).toEqual({
        protocol: "https:",
        host: read.host,
      });
      expect([isIP(read.host), ipaddr.isValid(read.host)]).toEqual([0, false]);
      expect(readCallback(read.url, RULES)).toEqual(read);
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(500);
});
