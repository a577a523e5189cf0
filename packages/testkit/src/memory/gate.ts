import type { Context, Locator, SecretDocument } from "@vaultlink/core";

/** What a call to a memory vault may be. */
export type CallKind = "open" | "read" | "readMany" | "list" | "renew" | "release" | "revoke" | "close";

/** What a call may be made to answer: an error, a document for a read, or anything at all, to answer wrongly. */
export type Answer = unknown;

/** A call that waits for the test. */
export interface HeldCall {
  readonly kind: CallKind;
  /** What it asks for: one locator for a read, several for a batch. */
  readonly locators: readonly Locator[];
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  /** Whether it was landed or given up. */
  readonly settled: boolean;
  /** Lets it finish: with what the vault says at this moment, or with `answer`; an `Error` is thrown. */
  land(answer?: Answer): void;
}

/** Calls that are held back, in the order in which they came. */
export interface Hold {
  readonly calls: readonly HeldCall[];
  /** Lands what still waits and holds nothing back any more. */
  release(): void;
}

/** What a hold applies to. */
export interface HoldOptions {
  /** @default ["read", "readMany"] */
  readonly kinds?: readonly CallKind[];
  /** Whether held calls ignore their signal. @default false */
  readonly deaf?: boolean;
}

/** Where every call to a memory vault passes: scripted answers first, then holds. */
export class Gate {
  readonly #scripted: Array<{ readonly kinds: readonly CallKind[]; readonly answer: Answer }> = [];
  readonly #holds = new Set<{
    readonly kinds: readonly CallKind[];
    readonly deaf: boolean;
    readonly calls: HeldCall[];
  }>();

  /** Gives the next call of one of these kinds this answer. */
  script(answer: Answer, kinds: readonly CallKind[]): void {
    this.#scripted.push({ kinds, answer });
  }

  hold({ kinds = ["read", "readMany"], deaf = false }: HoldOptions): Hold {
    const hold = { kinds, deaf, calls: [] as HeldCall[] };
    this.#holds.add(hold);
    return {
      calls: hold.calls,
      release: () => {
        this.#holds.delete(hold);
        for (const call of hold.calls) if (!call.settled) call.land();
      },
    };
  }

  /** Resolves with what `answer` gives, or with what the test wants instead. */
  async pass<T>(kind: CallKind, locators: readonly Locator[], context: Context, answer: () => T): Promise<T> {
    const next = this.#scripted.findIndex(({ kinds }) => kinds.includes(kind));
    if (next >= 0) return settle(this.#scripted.splice(next, 1)[0]?.answer) as T;
    const hold = [...this.#holds].find(({ kinds }) => kinds.includes(kind));
    if (hold === undefined) {
      context.signal.throwIfAborted();
      return answer();
    }
    return new Promise<T>((resolve, reject) => {
      const state = { settled: false };
      const finish = (end: () => void): void => {
        if (state.settled) return;
        state.settled = true;
        context.signal.removeEventListener("abort", giveUp);
        end();
      };
      const giveUp = (): void => finish(() => reject(context.signal.reason as Error));
      hold.calls.push({
        kind,
        locators,
        fresh: context.fresh ?? false,
        signal: context.signal,
        get settled() {
          return state.settled;
        },
        land: (...given) =>
          finish(() => {
            try {
              resolve(given.length > 0 && given[0] !== undefined ? (settle(given[0]) as T) : answer());
            } catch (error) {
              reject(error as Error);
            }
          }),
      });
      if (hold.deaf) return;
      if (context.signal.aborted) giveUp();
      else context.signal.addEventListener("abort", giveUp, { once: true });
    });
  }
}

function settle(answer: Answer): unknown {
  if (answer instanceof Error) throw answer;
  return answer;
}

/** What a read answers, as `readMany` reports it. */
export function outcome(read: () => SecretDocument): PromiseSettledResult<SecretDocument> {
  try {
    return { status: "fulfilled", value: read() };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}
