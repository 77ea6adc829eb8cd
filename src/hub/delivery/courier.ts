/** The courier: an entrypoint of the Worker, so that each call is an invocation of its own. */
import { WorkerEntrypoint } from "cloudflare:workers";
import type { Message } from "../messages.ts";
import { theHub } from "../stub.ts";
import { deliver, verifyAll } from "./deliver.ts";

export class Courier extends WorkerEntrypoint<Env> {
  deliver(message: Message): Promise<void> {
    return deliver(message, theHub(this.env));
  }

  verify(ids: number[]): Promise<void> {
    return verifyAll(ids, theHub(this.env));
  }
}
