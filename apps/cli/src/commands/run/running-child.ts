import type { Clock } from "@vaultlink/core";
import type { ChildCommand, ChildEnd } from "../../child/child.ts";

/** How long a child has to end in its own way, in ms. */
const GRACE_MS = 10_000;
/** What somebody else ends us by; the child has it from us, or from the terminal. */
const BY_OTHERS = ["SIGINT", "SIGTERM", "SIGQUIT"] as const;

/** A child that can be stopped. */
export class RunningChild {
  readonly #clock: Clock;
  readonly ended: Promise<ChildEnd>;
  #kill: ((signal: NodeJS.Signals) => void) | undefined;

  constructor(clock: Clock, begin: (started: NonNullable<ChildCommand["started"]>) => Promise<ChildEnd>) {
    this.#clock = clock;
    this.ended = begin((kill) => {
      this.#kill = kill;
    });
    // Whoever waits for it hears of a failure.
    this.ended.catch(() => {});
  }

  kill(signal: NodeJS.Signals): void {
    this.#kill?.(signal);
  }

  /** Asks it to end, and ends it if it does not. `byUs` is false where somebody else wanted it to end meanwhile. */
  async stop(): Promise<{ readonly end: ChildEnd; readonly byUs: boolean }> {
    let byUs = true;
    const heard = (): void => void (byUs = false);
    for (const signal of BY_OTHERS) process.on(signal, heard);
    this.kill("SIGTERM");
    const cancel = this.#clock.after(GRACE_MS, () => this.kill("SIGKILL"), true);
    try {
      const end = await this.ended;
      return { end, byUs };
    } finally {
      cancel();
      for (const signal of BY_OTHERS) process.off(signal, heard);
    }
  }
}
