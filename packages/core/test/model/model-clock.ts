import type { Clock } from "../../src/time/clock.ts";

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

/** Steps of the microtask queue after which whatever could go on has gone on. */
const STEPS = 30;

/** More timers than can be right, whatever time passes. */
const MAX_TIMERS = 20_000;

/** A clock with three witnesses that the model moves, and the end of a turn without the event loop. */
export class ModelClock implements Clock {
  #monotonicMs = 1000;
  #uptimeMs = 5_000_000;
  #epochMs = 1_800_000_000_000;
  readonly #timers = new Set<Timer>();
  #turns: Array<() => void> = [];

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  uptimeMs(): number {
    return this.#uptimeMs;
  }

  epochMs(): number {
    return this.#epochMs;
  }

  after(ms: number, call: () => void): () => void {
    const timer: Timer = { due: this.#monotonicMs + ms, call };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  setImmediate(call: () => void): void {
    this.#turns.push(call);
  }

  /** Lets everything run that waits for nothing but its turn. */
  async settle(): Promise<void> {
    for (;;) {
      // oxlint-disable-next-line typescript/await-thenable -- a step of the microtask queue is all that is wanted
      for (let step = 0; step < STEPS; step++) await undefined;
      if (this.#turns.length === 0) return;
      const turns = this.#turns;
      this.#turns = [];
      for (const setImmediate of turns) setImmediate();
    }
  }

  /** Lets time pass for all witnesses; timers run when they fall due. */
  async pass(ms: number): Promise<void> {
    const until = this.#monotonicMs + ms;
    for (let rung = 0; ; rung++) {
      if (rung > MAX_TIMERS) throw new Error("A timer is set again and again.");
      let first: Timer | undefined;
      for (const timer of this.#timers) if (timer.due <= until && timer.due < (first?.due ?? Infinity)) first = timer;
      if (first === undefined) break;
      this.#timers.delete(first);
      this.#move(Math.max(0, first.due - this.#monotonicMs));
      first.call();
      await this.settle();
    }
    this.#move(until - this.#monotonicMs);
    await this.settle();
  }

  /** Lets time pass in one go, as for a process that is busy; timers run after it. */
  async jump(ms: number): Promise<void> {
    this.#move(ms);
    await this.pass(0);
  }

  /** The machine sleeps: its monotonic clock stands still. `hidden`: and its wall clock woke where it was. */
  suspend(ms: number, hidden: boolean): void {
    this.#uptimeMs += ms;
    if (!hidden) this.#epochMs += ms;
  }

  moveWall(ms: number): void {
    this.#epochMs += ms;
  }

  #move(ms: number): void {
    this.#monotonicMs += ms;
    this.#uptimeMs += ms;
    this.#epochMs += ms;
  }
}
