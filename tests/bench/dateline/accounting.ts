/** Processor time and memory, from the operating system's accounting (Linux). On other systems every figure is NaN. */
import { readdir, readFile } from "node:fs/promises";

/** Of one process, since it began. */
export type Usage = {
  cpuMicroseconds: number;
  /** The peak of resident memory. */
  peakBytes: number;
};

const BYTES_PER_KIBIBYTE = 1024;
// The unit of /proc: Linux has reported hundredths of a second to every program since version 2.6 (time(7), "USER_HZ").
const MICROSECONDS_PER_TICK = 10_000;

/** The workerd processes that this process has started, by their ids; none on a system that doesn't tell. */
export async function workerds(): Promise<Set<string>> {
  const names = await readdir("/proc").catch(() => []);
  const own = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(ownWorkerd));
  return new Set(own.flatMap((id) => id ?? []));
}

async function ownWorkerd(id: string): Promise<string | undefined> {
  const status = await statusOf(id);
  return field(status, "Name") === "workerd" && field(status, "PPid") === String(process.pid)
    ? id
    : undefined;
}

/** The usage of a process. @param id of the process */
export async function usageOf(id: string): Promise<Usage> {
  const [line, status] = await Promise.all([
    readFile(`/proc/${id}/stat`, "utf8").catch(() => ""),
    statusOf(id),
  ]);
  // The second field, the name, may hold anything; the others follow its bracket (proc_pid_stat(5)).
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return {
    cpuMicroseconds: ticks * MICROSECONDS_PER_TICK,
    peakBytes: Number(field(status, "VmHWM") ?? NaN) * BYTES_PER_KIBIBYTE,
  };
}

/** The time for which processors were at work for any program of this machine, or for another machine on the same hardware. */
export async function busyMicroseconds(): Promise<number> {
  const [line = ""] = (await readFile("/proc/stat", "utf8").catch(() => "")).split("\n");
  // user, nice, system, idle, iowait, irq, softirq, steal (proc_stat(5)).
  const [user, nice, system, , , irq, softirq, steal] = line.trim().split(/\s+/).slice(1).map(Number);
  const ticks = [user, nice, system, irq, softirq, steal].reduce<number>(
    (sum, each) => sum + (each ?? NaN),
    0,
  );
  return ticks * MICROSECONDS_PER_TICK;
}

function statusOf(id: string): Promise<string> {
  return readFile(`/proc/${id}/status`, "utf8").catch(() => "");
}

function field(status: string, name: string): string | undefined {
  return new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1];
}
