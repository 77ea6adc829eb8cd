/** Faults around the real hub, its couriers and the Desk that it asks; and the work of theirs that is still under way. */
import type { HubLine } from "../../src/desk/messages.ts";
import type { Courier } from "../../src/hub/delivery/spread.ts";
import type { Message } from "../../src/hub/messages.ts";
import type { Topics } from "../../src/hub/topics.ts";

/** What happens to a job for a courier: it is done, it is lost, or it is done twice. */
export type JobFault = "none" | "lost" | "doubled";

/** What happens to a courier's call of the hub: it goes through, it fails, or the hub is gone before it comes. */
export type CallFault = "none" | "fails" | "vanishes";

class HubFaultPlan {
  /** Decides about the next job for a courier. */
  onJob: (message: Message) => JobFault = () => "none";
  /** Decides about the next call in which a courier asks for letters. */
  onTake: (message: Message) => CallFault = () => "none";
  /** Decides about the next report of a courier. */
  onReport: (message: Message) => CallFault = () => "none";
  /** Is awaited after the windows are read, before a topic is rendered. */
  onRender: () => Promise<void> | void = () => undefined;
  /** Decides whether the Desk fails to give windows. */
  isDeskDown: () => boolean = () => false;
  /** Decides whether the hub fails to hear of changes. */
  isHubDown: () => boolean = () => false;
  /** Every message to a courier, in order. */
  readonly messages: Message[] = [];
  /** The number of calls of couriers, and of the Desk's calls of the hub, that haven't ended. */
  underWay = 0;

  reset(): void {
    this.onJob = () => "none";
    this.onTake = () => "none";
    this.onReport = () => "none";
    this.onRender = () => undefined;
    this.isDeskDown = () => false;
    this.isHubDown = () => false;
    this.messages.length = 0;
    this.underWay = 0;
  }
}

/** The plan in force; `tests/support/setup.ts` resets it before each test. */
export const hubFaults = new HubFaultPlan();

async function counted(work: () => Promise<void>): Promise<void> {
  hubFaults.underWay += 1;
  try {
    await work();
  } finally {
    // A test that began meanwhile counts anew.
    hubFaults.underWay = Math.max(0, hubFaults.underWay - 1);
  }
}

/** A courier with the plan's faults around it. */
export function faultyCourier(courier: Courier): Courier {
  return {
    deliver: (message) =>
      counted(async () => {
        hubFaults.messages.push(message);
        const fault = hubFaults.onJob(message);
        if (fault === "lost") return;
        if (fault === "doubled") await Promise.all([courier.deliver(message), courier.deliver(message)]);
        else await courier.deliver(message);
      }),
    verify: (ids) => counted(() => courier.verify(ids)),
  };
}

/** The Desk's line to the hub, with the plan's faults around it. */
export function faultyLine(line: HubLine): HubLine {
  return {
    changed: (notices) =>
      counted(() => {
        if (hubFaults.isHubDown()) throw new Error("The hub is down");
        return line.changed(notices);
      }),
    happened: (events) => counted(() => line.happened(events)),
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
