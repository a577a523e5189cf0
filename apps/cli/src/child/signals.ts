import type { ChildProcess } from "node:child_process";
import { ENDING } from "../interrupts.ts";
import { startWitness, type Witness } from "./witness.ts";

/** Hands our signals on to a child, and keeps this process alive until the child has ended. */
export interface Forwarding {
  to(child: Pick<ChildProcess, "kill">): void;
  stop(): void;
}

/**
 * Forwards what asks a process to end, or means whatever it likes, unless the child has it already: a terminal sends to all
 * processes of its group, and to many programs a second Ctrl-C means "at once". Signals before the child is there wait for it.
 */
export function forwardSignals(): Forwarding {
  const early: NodeJS.Signals[] = [];
  let target: Pick<ChildProcess, "kill"> | undefined;
  const witness: Promise<Witness> = startWitness();
  const forward = (signal: NodeJS.Signals): void => {
    if (target === undefined) early.push(signal);
    else target.kill(signal);
  };
  const handOn = async (signal: NodeJS.Signals): Promise<void> => {
    if (!(await (await witness).sawToo(signal))) forward(signal);
  };
  const handlers = ENDING.map((signal) => {
    const handler = (): void => void handOn(signal);
    process.on(signal, handler);
    return { signal, handler };
  });
  return {
    to(child) {
      target = child;
      for (const signal of early) child.kill(signal);
    },
    stop() {
      for (const { signal, handler } of handlers) process.off(signal, handler);
      void witness.then((one) => one.stop());
    },
  };
}
