import { manualClock, type ManualClock } from "@vaultlink/testkit";

/** Steps of the microtask queue after which whatever could go on has gone on. */
const STEPS = 30;
/** What passes at a time, in ms: what falls due within it runs together. */
const STEP_MS = 31_000;

/** A clock that the model moves, and the end of a turn without the event loop. */
export class ModelClock {
  readonly manual: ManualClock = manualClock({ turns: "manual" });

  monotonicMs(): number {
    return this.manual.monotonicMs();
  }

  epochMs(): number {
    return this.manual.epochMs();
  }

  /** Lets everything run that waits for nothing but its turn. */
  async settle(): Promise<void> {
    do {
      // oxlint-disable-next-line typescript/await-thenable -- a step of the microtask queue is all that is wanted
      for (let step = 0; step < STEPS; step++) await undefined;
    } while (this.manual.runTurns() > 0);
  }

  /** Lets time pass; timers run when they fall due, to within a step. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      this.manual.advance(Math.min(left, STEP_MS));
      await this.settle();
    }
  }
}
