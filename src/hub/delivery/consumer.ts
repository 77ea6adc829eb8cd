/** The consumer of the queues: each message is the work of one courier. */
import * as v from "valibot";
import { reasonOf, report } from "../../report.ts";
import { deliver, type CouriersHub } from "./deliver.ts";

const Ids = v.array(v.number());

const MessageSchema = v.union([
  v.object({ version: v.literal(1), topic: v.number(), sequence: v.number(), ids: Ids }),
  v.object({ version: v.literal(1), webhook: v.string(), ids: Ids }),
]);

/** Delivers what the messages of a batch name. One that fails comes again; one of another version is for nobody here. */
export async function deliverBatch({ messages }: MessageBatch, hub: CouriersHub): Promise<void> {
  for (const message of messages) {
    const read = v.safeParse(MessageSchema, message.body);
    try {
      if (read.success) await deliver(read.output, hub);
      else report("message-not-read", { message: message.id });
      message.ack();
    } catch (thrown) {
      report("courier-failed", { reason: reasonOf(thrown) });
      message.retry();
    }
  }
}
