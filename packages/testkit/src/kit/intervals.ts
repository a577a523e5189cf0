import { syncBuiltinESMExports } from "node:module";
import { hasEnded } from "./moment.ts";
import { type Scope, scope } from "./scope.ts";

const timers = process.getBuiltinModule("node:timers");
const calls: Scope<NodeJS.Timeout[]> = scope();

/**
 * Runs a call, and collects the intervals that it sets, those that do not keep the process alive included. Returns what
 * counts the ones that still run.
 */
export async function intervalsOf(call: () => Promise<void>): Promise<() => number> {
  const set: NodeJS.Timeout[] = [];
  const holders = [globalThis, timers] as ReadonlyArray<{ setInterval: typeof setInterval }>;
  const restore = holders.map((holder) => {
    const real = holder.setInterval;
    const watched = (...given: Parameters<typeof setInterval>): NodeJS.Timeout => {
      const timer = real(...given);
      calls.current()?.push(timer);
      return timer;
    };
    holder.setInterval = Object.assign(watched, real);
    return (): void => void (holder.setInterval = real);
  });
  syncBuiltinESMExports();
  try {
    await calls.run(set, call);
  } finally {
    for (const back of restore) back();
    syncBuiltinESMExports();
  }
  return () => set.filter((timer) => !hasEnded(timer)).length;
}
