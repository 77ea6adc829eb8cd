/** The subscribers by name, and the requests to each. */
import * as v from "valibot";
import { Behaviour } from "./behaviour.ts";
import { Records } from "./records.ts";
import { Subscriber } from "./subscriber.ts";

export class Roster {
  readonly records = new Records();
  readonly #subscribers = new Map<string, Subscriber>();

  /** Sets the whole behaviour of a name. @throws ValiError when it is none */
  behave(name: string, behaviour: unknown): Subscriber {
    const subscriber = new Subscriber(v.parse(Behaviour, behaviour));
    this.#subscribers.set(name, subscriber);
    return subscriber;
  }

  /** The subscriber of a name: a good one, until its behaviour is set. */
  named(name: string): Subscriber {
    return this.#subscribers.get(name) ?? this.behave(name, {});
  }

  /** Forgets behaviour and requests of one name, or of all. */
  forget(name?: string): void {
    this.records.forget(name);
    if (name === undefined) this.#subscribers.clear();
    else this.#subscribers.delete(name);
  }
}
