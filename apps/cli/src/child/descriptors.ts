import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Env } from "@vaultlink/core";

/** Numbers of descriptors beyond the three standard streams. */
export type Descriptors = readonly number[];

/** An open descriptor as Linux shows it: `/proc/self/fd` and `/proc/self/fdinfo` (proc_pid_fd(5), proc_pid_fdinfo(5)). */
export interface OpenDescriptor {
  readonly number: number;
  /** What it is open on: a path, or such as `pipe:[1234]`. */
  readonly target: string;
  /** Octal, as `open` has them. */
  readonly flags: number;
}

/**
 * The descriptors that whoever started us left open for us and our children: make's job server, `<(…)` of a shell. Node marks
 * them as not to be inherited when it starts, so they have to be named to a child. Call it before anything of ours is open.
 * Only Linux tells them from Node's own; elsewhere children get the three standard streams.
 */
export function inheritedDescriptors(env: Env = process.env): Descriptors {
  return inheritedAmong(openDescriptors(), env);
}

/** Those of the open descriptors that are not Node's own. */
export function inheritedAmong(open: readonly OpenDescriptor[], env: Env): Descriptors {
  const others = open.filter(({ number }) => number > 2);
  // Node's first one is that of its event loop. Descriptors get the lowest free number, so what is below was there before.
  const firstOwn = Math.min(...others.filter(({ target }) => target === POLL).map(({ number }) => number));
  const announced = jobServer(env);
  return others
    .filter((one) => {
      if (OWN.has(one.target)) return false;
      if (one.number < firstOwn || announced.has(one.number)) return true;
      return !isOwnPipe(one, others);
    })
    .map(({ number }) => number);
}

const POLL = "anon_inode:[eventpoll]";
/** What Node's event loops are made of; nobody hands such on. */
const OWN: ReadonlySet<string> = new Set([POLL, "anon_inode:[eventfd]", "anon_inode:[io_uring]"]);

/** Node talks to itself through pipes: it holds both ends. Of a pipe to another process we hold one. */
function isOwnPipe({ target }: OpenDescriptor, all: readonly OpenDescriptor[]): boolean {
  if (!target.startsWith("pipe:")) return false;
  const ends = new Set(all.filter((one) => one.target === target).map(({ flags }) => flags & ACCESS_MODE));
  return ends.size > 1;
}

/** O_ACCMODE: reading, writing or both. */
const ACCESS_MODE = 0o3;

/** Both ends of make's pipe are ours to hand on; make says their numbers (GNU make manual, "POSIX Jobserver Interaction"). */
function jobServer({ MAKEFLAGS = "", CARGO_MAKEFLAGS = "" }: Env): ReadonlySet<number> {
  const message = `${MAKEFLAGS} ${CARGO_MAKEFLAGS}`.matchAll(/--jobserver-(?:auth|fds)=(\d+),(\d+)/g);
  return new Set([...message].flatMap(([, reading, writing]) => [Number(reading), Number(writing)]));
}

function openDescriptors(): readonly OpenDescriptor[] {
  if (process.platform !== "linux") return [];
  try {
    return readdirSync("/proc/self/fd").flatMap((name) => descriptor(name));
  } catch {
    return [];
  }
}

/** Nothing for the descriptor that listing the folder itself took: it is closed by now. */
function descriptor(name: string): readonly OpenDescriptor[] {
  try {
    const target = readlinkSync(`/proc/self/fd/${name}`);
    const [, flags = "0"] = /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, "utf8")) ?? [];
    return [{ number: Number(name), target, flags: Number.parseInt(flags, 8) }];
  } catch {
    return [];
  }
}
