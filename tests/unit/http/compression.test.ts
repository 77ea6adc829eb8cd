/** Accept-Encoding (RFC 9110, sections 5.6.1, 12.4.2 and 12.5.3): the clients that get gzip. */
import { expect, test } from "vitest";
import { acceptsGzip } from "../../../src/http/compression.ts";

function asked(accepted: string | undefined): boolean {
  const headers: HeadersInit = accepted === undefined ? {} : { "Accept-Encoding": accepted };
  return acceptsGzip(new Request("https://news.example/atom.xml", { headers }));
}

test.each([
  ["gzip", true],
  ["GZIP", true],
  ["gzip, deflate, br", true],
  ["br;q=1.0, gzip;q=0.8", true],
  ["*", true],
  ["*;q=0.5", true],
  ["gzip;q=0.001", true],
  ["identity;q=0, gzip;q=0.1", true],
  ["gzip;q=0.5, identity;q=0.5", true],
  ["deflate, *;q=0.1, identity;q=0", true],
  [undefined, false],
  ["", false],
  ["identity", false],
  ["br", false],
  ["gzip;q=0", false],
  ["gzip; q=0.0", false],
  ["*;q=0", false],
  ["*, gzip;q=0", false],
  ["identity;q=1, gzip;q=0.5", false],
  ["identity, *;q=0.5", false],
  ["gzipped", false],
  ["x-notgzip", false],
  ["br, zstd", false],
  ["*;q=0, identity", false],
  [";;;q=x,, =gz", false],
  ["GZip;Q=1", true],
  [" br ;q=0.2 ,\tgzip ; q=0.9 ", true],
  [",,gzip,,", true],
  ["identity;q=0.001, gzip;q=0.002", true],
  ["x-gzip", true],
])("a client with the Accept-Encoding %j gets gzip: %j", (accepted, isCoded) => {
  expect(asked(accepted)).toBe(isCoded);
});
