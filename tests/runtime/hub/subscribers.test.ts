/** The subscribers of the tests, as a Worker reaches them. */
import { expect, test } from "vitest";
import { isDelivery, queryOf } from "../../support/subscribers/received.ts";
import { subscriber } from "../../support/subscribers/control.ts";

test("a Worker reaches a subscriber, which confirms a verification and remembers it", async () => {
  const { callback, received } = await subscriber();
  const response = await fetch(`${callback}?id=7&hub.mode=subscribe&hub.challenge=a%2Bb`);
  expect([response.status, await response.text()]).toEqual([200, "a+b"]);
  const [only] = await received();
  expect(only && [...queryOf(only)]).toEqual([
    ["id", "7"],
    ["hub.mode", "subscribe"],
    ["hub.challenge", "a+b"],
  ]);
});

test("a Worker sees a delivery's fields and bytes, and waits for the next", async () => {
  const { callback, until } = await subscriber({
    delivery: [{ answer: 429, headers: { "Retry-After": "60" } }, 200],
  });
  const both = until((received) => received.filter(isDelivery).length === 2);
  const deliver = (body: string): Promise<Response> =>
    fetch(callback, {
      method: "POST",
      body,
      headers: { "Content-Type": "text/x-news", Link: "<a>; rel=hub" },
    });
  const refused = await deliver("Möwe");
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "60"]);
  expect((await deliver("")).status).toBe(200);
  const [first] = await both;
  expect(first?.body).toEqual({
    text: "Möwe",
    sha256: "a7031335653bb70073dbe9501abd7f91ae1c02eaac028e1b465a926e9208af30",
    bytes: 5,
  });
  expect(new Headers(first?.headers).get("Link")).toBe("<a>; rel=hub");
});

test("a behaviour that doesn't exist is refused", async () => {
  const { behave } = await subscriber();
  await expect(behave({ delivery: 99 })).rejects.toThrow("received 99");
});
