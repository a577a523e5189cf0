import { syncBuiltinESMExports } from "node:module";
import { turns } from "./bounded.ts";
import { type Scope, scope } from "./scope.ts";

const timers = process.getBuiltinModule("node:timers");
const calls: Scope<NodeJS.Timeout[]> = scope();
/** Timers that are set for later than this, in ms, are not waited for. */
const MOMENT_MS = 250;
/** For how long at most, in ms: a timer may set the next one. */
const ENOUGH_MS = 1000;

/** Whether a timer was ended: Node tells it by a member that `util.inspect` shows, too. */
export const hasEnded = (timer: NodeJS.Timeout): boolean => Reflect.get(timer, "_destroyed") !== false;

/** Runs a call, and waits for what it has put off for a moment, so that it counts as done by the call. */
export async function andAMomentLater(call: () => Promise<void>): Promise<void> {
  const set: NodeJS.Timeout[] = [];
  const holders = [globalThis, timers] as ReadonlyArray<{ setTimeout: typeof setTimeout }>;
  const restore = holders.map((holder) => {
    const real = holder.setTimeout;
    const watched = (...given: Parameters<typeof setTimeout>): NodeJS.Timeout => {
      const timer = real(...given);
      if ((given[1] ?? 0) <= MOMENT_MS) calls.current()?.push(timer);
      return timer;
    };
    holder.setTimeout = Object.assign(watched, real);
    return (): void => void (holder.setTimeout = real);
  });
  syncBuiltinESMExports();
  try {
    await calls.run(set, call);
    const until = performance.now() + ENOUGH_MS;
    while (set.some((timer) => !hasEnded(timer)) && performance.now() < until) await turns(1);
    await turns();
  } finally {
    for (const back of restore) back();
    syncBuiltinESMExports();
  }
}
