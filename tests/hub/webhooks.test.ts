/** A webhook of a running site: made by the API, told of an upload and a withdrawal, and its log. */
import { deepEqual, equal } from "node:assert/strict";
import { describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import * as v from "valibot";
import { wire } from "../support/stories/wire.ts";
import { isDelivery, type Received } from "../support/subscribers/received.ts";
import { startSubscribers } from "../support/subscribers/subscribers.ts";
import { until } from "../support/local-worker.ts";
import { startSite } from "./site.ts";

const Made = v.object({ id: v.string(), secret: v.string() });
const Event = v.object({ type: v.string(), data: v.object({ id: v.string(), revision: v.number() }) });
const Log = v.object({
  deliveries: v.array(
    v.object({
      type: v.string(),
      article: v.string(),
      attempt: v.number(),
      result: v.string(),
      status: v.number(),
    }),
  ),
});

/** A delivery as a receiver reads it that uses the package. @throws where the signature is wrong */
function read(secret: string, { headers, body }: Received): unknown {
  const { type, data } = v.parse(
    Event,
    new Webhook(secret).verify(body.text, Object.fromEntries(new Headers(headers))),
  );
  return [type, data.id, data.revision];
}

describe("a webhook is told of an upload and a withdrawal, signed, and the log has both", () => {
  for (const spread of ["couriers", "queues"] as const) {
    test(`through ${spread}`, async () => {
      await using site = await startSite(spread);
      await using subscribers = await startSubscribers();
      const url = subscribers.callback("partner");
      const { id, secret } = v.parse(Made, await site.api("POST", "/api/webhooks", { name: "Partner", url }));
      await site.publish("bridge", wire({ headline: "Bridge" }));
      await subscribers.until("partner", (all) => all.filter(isDelivery).length === 1);
      await site.api("DELETE", "/api/articles/bridge");
      const received = await subscribers.until("partner", (all) => all.filter(isDelivery).length === 2);
      deepEqual(
        received.map((each) => read(secret, each)),
        [
          ["article.published", "bridge", 1],
          ["article.withdrawn", "bridge", 2],
        ],
      );
      equal(received.at(-1)?.body.text.includes("Bridge"), false);
      const log = async (): Promise<v.InferOutput<typeof Log>["deliveries"]> =>
        v.parse(Log, await site.api("GET", `/api/webhooks/${id}/deliveries`)).deliveries;
      await until(async () => (await log()).length === 2, "The log lacks an attempt");
      const common = { article: "bridge", attempt: 1, result: "delivered", status: 204 };
      deepEqual(await log(), [
        { type: "article.withdrawn", ...common },
        { type: "article.published", ...common },
      ]);
    });
  }
});
