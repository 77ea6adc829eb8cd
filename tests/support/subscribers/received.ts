/** A request as a subscriber received it. */
import * as v from "valibot";

export const Received = v.object({
  method: v.string(),
  /** Path and query as they were sent. */
  path: v.string(),
  /** The header fields as they were sent, in their order: `new Headers(headers)` reads them. */
  headers: v.array(v.tuple([v.string(), v.string()])),
  body: v.object({
    /** Decoded as UTF-8. */
    text: v.string(),
    /** In hexadecimal digits. */
    sha256: v.string(),
    bytes: v.number(),
  }),
  /** The time at which its last byte had come, in milliseconds since 1970. */
  at: v.number(),
});
export type Received = v.InferOutput<typeof Received>;

/** Whether a request is a verification, or a notice that a subscription was denied. */
export function isVerification({ method }: Received): boolean {
  return method === "GET";
}

/** Whether a request is a delivery. */
export function isDelivery({ method }: Received): boolean {
  return method === "POST";
}

/** The parameters in the address of a request. */
export function queryOf({ path }: Received): URLSearchParams {
  return new URL(path, "http://callback.example").searchParams;
}
