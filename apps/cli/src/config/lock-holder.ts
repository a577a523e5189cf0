import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";

/** Which process holds a lock. */
export interface Holder {
  readonly pid: number;
  /** When it started, by its system's own count: another process may get its number later. Absent where nobody can tell. */
  readonly start?: string;
  /** Where its number means something: a machine, or a container on it. */
  readonly space: string;
}

/** This process, as a lock of it says. */
export async function thisProcess(): Promise<Holder> {
  const [start, space] = await Promise.all([startOf(process.pid), spaceOfPids()]);
  return { pid: process.pid, ...(start !== undefined && { start }), space };
}

/** What a lock says; a number alone is what earlier versions wrote. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const message = JSON.parse(text) as Partial<Record<keyof Holder, unknown>> | null;
    if (typeof message !== "object" || message === null) return undefined;
    const { pid, start, space } = message;
    if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid <= 0 || typeof space !== "string")
      return undefined;
    return { pid, space, ...(typeof start === "string" && { start }) };
  } catch {
    return undefined;
  }
}

/** Whether a holder has ended; `"unknown"` where that cannot be told from here. */
export async function isGone({ pid, start, space }: Holder): Promise<boolean | "unknown"> {
  if (space !== (await spaceOfPids())) return "unknown";
  if (!isAlive(pid)) return true;
  const now = await startOf(pid);
  return start === undefined || now === undefined ? "unknown" : now !== start;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Linux: ticks from boot to a process' start, field 22 of proc_pid_stat(5); the second field may hold blanks and brackets. */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

/** The machine, and on Linux the namespace that its process numbers belong to (pid_namespaces(7)) and its boot. */
async function spaceOfPids(): Promise<string> {
  const [namespace, boot] = await Promise.all([
    readlink("/proc/self/ns/pid").catch(() => ""),
    readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => ""),
  ]);
  return [hostname(), namespace, boot.trim()].filter((part) => part !== "").join(" ");
}
