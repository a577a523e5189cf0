import type { Clock } from "../src/time/clock.ts";

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

/** A clock that moves only by hand, with its three witnesses. */
export class ManualClock implements Clock {
  #monotonicMs = 0;
  #uptimeMs = 3_600_000;
  #epochMs: number = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<Timer>();
  /** How often `uptimeMs` was asked. */
  samples = 0;

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  uptimeMs(): number {
    this.samples++;
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
    setImmediate(call);
  }

  /** Timers that were set and have neither run nor been cancelled. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Ms until the next timer. */
  get nextTimer(): number {
    return Math.min(...[...this.#timers].map(({ due }) => due)) - this.#monotonicMs;
  }

  /** Lets time pass for all witnesses; timers that fall due run in order, and promises between them. */
  async pass(ms: number): Promise<void> {
    await settle();
    const until = this.#monotonicMs + ms;
    for (;;) {
      const [first] = [...this.#timers].filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due);
      if (first === undefined) break;
      this.#timers.delete(first);
      this.#move(first.due - this.#monotonicMs);
      first.call();
      await settle();
    }
    this.#move(until - this.#monotonicMs);
    await settle();
  }

  /** The same for timers as if the process were busy: none runs. */
  jump(ms: number): void {
    this.#move(ms);
  }

  /** The machine sleeps: on Linux the monotonic clock stands still, and no timer runs. */
  suspend(ms: number): void {
    this.#uptimeMs += ms;
    this.#epochMs += ms;
  }

  /** A person or a snapshot moves the wall clock. */
  moveWall(ms: number): void {
    this.#epochMs += ms;
  }

  /** Only the machine's uptime moves. */
  moveUp(ms: number): void {
    this.#uptimeMs += ms;
  }

  #move(ms: number): void {
    this.#monotonicMs += ms;
    this.#uptimeMs += ms;
    this.#epochMs += ms;
  }
}

/** Lets every promise and every turn of the event loop run that is waiting now. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 8; round++) await new Promise((resolve) => setImmediate(resolve));
}
