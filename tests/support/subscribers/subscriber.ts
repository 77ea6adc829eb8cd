/** One subscriber: a behaviour, and how many of its replies are given. Pure. */
import type { Behaviour, DeliveryReply, VerificationReply } from "./behaviour.ts";

const UNEXPECTED: VerificationReply = { answer: 404, headers: {}, delayMilliseconds: 0 };

export class Subscriber {
  readonly #behaviour: Behaviour;
  #verifications = 0;
  #deliveries = 0;

  constructor(behaviour: Behaviour) {
    this.#behaviour = behaviour;
  }

  /** The reply to the next verification. @param query the parameters that it carries */
  nextVerification(query: URLSearchParams): VerificationReply {
    const expected = Object.entries(this.#behaviour.expects);
    if (!expected.every(([name, value]) => query.get(name) === value)) return UNEXPECTED;
    this.#verifications += 1;
    return replyAt(this.#behaviour.verification, this.#verifications);
  }

  /** The reply to the next delivery. */
  nextDelivery(): DeliveryReply {
    this.#deliveries += 1;
    return replyAt(this.#behaviour.delivery, this.#deliveries);
  }
}

/** The reply at a place, counted from 1. The last stands for all that follow. */
function replyAt<Reply>([first, ...others]: readonly [Reply, ...Reply[]], place: number): Reply {
  return place === 1 ? first : (others[place - 2] ?? others.at(-1) ?? first);
}
