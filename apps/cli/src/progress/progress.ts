import type { Clock, VaultStatus } from "@vaultlink/core";
import { describeWait, type Wait } from "./wait.ts";

/** The terminal that shows how it goes. */
export interface Screen {
  write(text: string): void;
  /** Its width in characters. */
  columns(): number;
}

/** How long nothing is said, in ms: most answers are there by then. */
const FIRST_MS = 300;
/** How often the line is drawn anew, in ms. */
const NEXT_MS = 1_000;
/** Back to the line's beginning, and nothing on it. ECMA-48, EL. */
const CLEAR = "\r\u001b[K";

interface Running {
  readonly wait: Wait;
  readonly since: number;
  status: VaultStatus | undefined;
}

/**
 * One line on standard error for a person who waits: which vault does not answer yet, and how much time is left. It comes after
 * 300 ms, is drawn anew each second, and is gone before anything else is written.
 */
export class Progress {
  readonly #clock: Clock;
  readonly #screen: Screen;
  /** The innermost wait is last. */
  readonly #running: Running[] = [];
  #cancel: (() => void) | undefined;
  #isShown = false;
  #suspended = 0;

  constructor(clock: Clock, screen: Screen) {
    this.#clock = clock;
    this.#screen = screen;
  }

  /** Shows the wait for as long as the work takes. */
  async during<Result>(wait: Wait, work: () => Promise<Result>, startedAgoMs = 0): Promise<Result> {
    const running: Running = { wait, since: this.#clock.monotonicMs() - startedAgoMs, status: undefined };
    this.#running.push(running);
    this.#cancel ??= this.#clock.after(Math.max(0, FIRST_MS - startedAgoMs), () => this.#tick());
    try {
      return await work();
    } finally {
      this.#running.splice(this.#running.indexOf(running), 1);
      if (this.#running.length === 0) {
        this.#cancel?.();
        this.#cancel = undefined;
      }
      this.hide();
    }
  }

  /** Shows nothing while a person is asked. */
  async suspended<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#suspended++;
    this.hide();
    try {
      return await work();
    } finally {
      this.#suspended--;
    }
  }

  /** Takes the line away: something else is about to be written. It comes again if the wait goes on. */
  hide(): void {
    if (this.#isShown) this.#screen.write(CLEAR);
    this.#isShown = false;
  }

  #tick(): void {
    const running = this.#running.at(-1);
    if (running === undefined) return;
    this.#cancel = this.#clock.after(NEXT_MS, () => this.#tick());
    void this.#look(running).then(() => this.#draw(running));
  }

  /** Asks what the vaults do; what does not answer leaves what was known. */
  async #look(running: Running): Promise<void> {
    try {
      running.status = (await running.wait.status?.()) ?? running.status;
    } catch {
      // The wait itself meets the same obstacle, and says it.
    }
  }

  #draw(running: Running): void {
    if (this.#suspended > 0 || this.#running.at(-1) !== running) return;
    const text = describeWait(running.wait, this.#clock.monotonicMs() - running.since, running.status);
    // A longer line would break, and could not be taken back.
    const line = `vaultlink: ${text}`.slice(0, Math.max(1, this.#screen.columns() - 1));
    this.#screen.write(`${CLEAR}${line}`);
    this.#isShown = true;
  }
}
