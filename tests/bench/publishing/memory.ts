/** The peak memory of the local Worker's process, where the system tells it (Linux). */
import { readdir, readFile } from "node:fs/promises";

const BYTES_PER_KIBIBYTE = 1024;

/**
 * The peak of resident memory of the one workerd that this process has started.
 * @returns bytes, or undefined on a system that doesn't tell
 */
export async function peakMemory(): Promise<number | undefined> {
  const processes = await readdir("/proc").catch(() => []);
  const peaks = await Promise.all(processes.filter((name) => /^\d+$/.test(name)).map(peakOf));
  return peaks.find((bytes) => bytes !== undefined);
}

async function peakOf(process_: string): Promise<number | undefined> {
  const status = await readFile(`/proc/${process_}/status`, "utf8").catch(() => "");
  const field = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1] ?? "";
  if (field("Name") !== "workerd" || field("PPid") !== String(process.pid)) return undefined;
  return Number(field("VmHWM")) * BYTES_PER_KIBIBYTE;
}
