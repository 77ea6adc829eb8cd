/** The client address of a request. Pure. */

/**
 * The client's address, for counting. An IPv6 client can send from a whole /64 network, which counts as one address
 * (RFC 6177, section 2).
 */
export function addressOf(request: Request): string {
  const address = request.headers.get("CF-Connecting-IP") ?? "unknown";
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = head.split(":").filter(Boolean);
  const behind = tail === undefined ? 0 : tail.split(":").filter(Boolean).length;
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - behind);
  const whole = [...groups, ...Array.from({ length: zeros }, () => "0"), ...(tail ?? "").split(":")];
  return whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
