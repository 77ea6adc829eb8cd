/** Faults around the real hub, its couriers and the Desk that it asks; and the work of theirs that is still under way. */
import type { ArticleEvent, HubLine } from "../../src/desk/messages.ts";
import type { Courier } from "../../src/hub/delivery/spread.ts";
import type { Message } from "../../src/hub/messages.ts";
import type { Topics } from "../../src/hub/topics.ts";

/** What happens to a job for a courier: it is done, it is lost, or it is done twice. */
export type JobFault = "none" | "lost" | "doubled";

/** What happens to a courier's call of the hub: it goes through, it or its answer is lost, or the hub vanishes before it comes. */
export type CallFault = "none" | "lost" | "unanswered" | "vanishes";

/** A call between Desk and hub, the hub is told what changed or happened, or the Desk is asked. */
export type EndlessCall = keyof HubLine | "desk";

type Work = "job" | "notice";

class HubFaultPlan {
  /** Decides about the next job for a courier. */
  onJob: (message: Message) => JobFault | Promise<JobFault> = () => "none";
  /** Decides whether the verifications of the next job are lost. */
  isVerificationLost: () => boolean = () => false;
  /** Decides about the next call in which a courier asks for letters. */
  onTake: (message: Message) => CallFault = () => "none";
  /** Decides about the next report of a courier. */
  onReport: (message: Message) => CallFault | Promise<CallFault> = () => "none";
  /** Is awaited after the windows are read, before a topic is rendered. */
  onRender: () => Promise<void> | void = () => undefined;
  /** Decides whether the Desk fails to give windows. */
  isDeskDown: () => boolean = () => false;
  /** Decides whether the hub fails to hear of changes and events. */
  isHubDown: () => boolean = () => false;
  /** Decides whether the next call between Desk and hub never ends. */
  isCallEndless: (call: EndlessCall) => boolean = () => false;
  /** Sees events before the hub does. */
  onEvents: (events: readonly ArticleEvent[]) => void = () => undefined;
  /** Every message to a courier, in order. */
  readonly messages: Message[] = [];
  /** Calls of couriers, and the Desk's calls of the hub, that haven't ended. */
  readonly underWay = new Map<symbol, Work>();

  reset(): void {
    this.onJob = () => "none";
    this.isVerificationLost = () => false;
    this.onTake = () => "none";
    this.onReport = () => "none";
    this.onRender = () => undefined;
    this.isDeskDown = () => false;
    this.isHubDown = () => false;
    this.onEvents = () => undefined;
    this.isCallEndless = () => false;
    this.messages.length = 0;
    this.underWay.clear();
  }

  /** How many calls haven't ended, of all or of one kind. */
  count(kind?: Work): number {
    return [...this.underWay.values()].filter((each) => each === (kind ?? each)).length;
  }
}

/** The plan in force; `tests/support/setup.ts` resets it before each test. */
export const hubFaults = new HubFaultPlan();

async function counted(kind: Work, work: () => Promise<void>): Promise<void> {
  const id = Symbol(kind);
  hubFaults.underWay.set(id, kind);
  try {
    await work();
  } finally {
    hubFaults.underWay.delete(id);
  }
}

/** A courier with the plan's faults around it. */
export function faultyCourier(courier: Courier): Courier {
  return {
    deliver: (message) =>
      counted("job", async () => {
        hubFaults.messages.push(message);
        const fault = await hubFaults.onJob(message);
        if (fault === "lost") return;
        if (fault === "doubled") await Promise.all([courier.deliver(message), courier.deliver(message)]);
        else await courier.deliver(message);
      }),
    verify: (ids) =>
      counted("job", async () => {
        if (!hubFaults.isVerificationLost()) await courier.verify(ids);
      }),
  };
}

function endless(): Promise<never> {
  return new Promise(() => undefined);
}

/** The Desk's line to the hub, with the plan's faults around it. */
export function faultyLine(line: HubLine): HubLine {
  return {
    changed: (notices) =>
      hubFaults.isCallEndless("changed")
        ? endless()
        : counted("notice", () => {
            if (hubFaults.isHubDown()) throw new Error("The hub is down");
            return line.changed(notices);
          }),
    happened: (events) =>
      hubFaults.isCallEndless("happened")
        ? endless()
        : counted("notice", () => {
            if (hubFaults.isHubDown()) throw new Error("The hub is down");
            hubFaults.onEvents(events);
            return line.happened(events);
          }),
  };
}

/** Topics whose rendering takes as long as the plan wants. */
export function slowTopics(topics: Topics): Topics {
  return {
    ...topics,
    render: async (...given) => {
      await hubFaults.onRender();
      return topics.render(...given);
    },
  };
}

/** The Desk's namespace as the hub has it: the Desk fails to answer, or never does, where the plan wants it. */
export function faultyDesk<Namespace extends Env["DESK"]>(namespace: Namespace): Namespace {
  return new Proxy(namespace, {
    get: (target, name) => (given: string) => {
      if (hubFaults.isDeskDown()) throw new Error("The Desk is down");
      if (hubFaults.isCallEndless("desk")) return { windows: endless, addToAudit: endless };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? Reflect.apply(value, target, [given]) : value;
    },
  });
}
