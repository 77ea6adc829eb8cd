import { describe, expect, test } from "vitest";
import { addressOf } from "../../../src/auth/client-address.ts";

const counted = (address: string): string =>
  addressOf(new Request("https://news.example/", { headers: { "CF-Connecting-IP": address } }));

describe("[RFC 6177 2] the address under which a client is counted", () => {
  test.each([
    ["192.0.2.17", "192.0.2.17"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["2001:db8:1:2::", "2001:db8:1:2"],
    ["2001:DB8:00a1:0002::9", "2001:db8:a1:2"],
    ["2001:db8::3:4:5:6", "2001:db8:0:0"],
    ["2001::7:3:4:5:6", "2001:0:0:7"],
    ["::1", "0:0:0:0"],
    ["::", "0:0:0:0"],
    // An IPv4 client through an IPv6 socket (RFC 4291, section 2.5.5.2) has one address, not a network.
    ["::ffff:192.0.2.17", "::ffff:192.0.2.17"],
  ])("of %s is %s", (address, expected) => {
    expect(counted(address)).toBe(expected);
  });

  test("is the same for every spelling of a network, and another for its neighbour", () => {
    const spellings = [
      "2001:db8:0:0::1",
      "2001:db8::2",
      "2001:0db8:0000:0000:0001::",
      "2001:db8::ffff:0:0:1",
    ];
    expect(new Set(spellings.map(counted)).size).toBe(1);
    expect(counted("2001:db8:0:1::1")).not.toBe(counted("2001:db8::1"));
  });

  test("is a fixed word where no address is known", () => {
    expect(addressOf(new Request("https://news.example/"))).toBe("unknown");
  });
});
