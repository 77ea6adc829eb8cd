/** The subscribers of the tests in workerd: one server for all files, which each test finds by its address. */
import type { TestProject } from "vitest/node";
import { startSubscribers } from "./subscribers.ts";

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const subscribers = await startSubscribers();
  provide("subscribers", subscribers.origin);
  return async () => subscribers[Symbol.asyncDispose]();
}
