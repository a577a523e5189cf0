import { type LeaseHold, type ReadResult, SESSION_GONE, type SessionGone } from "../cache/in-flight.ts";
import type { Leases } from "../connection/leases.ts";
import type { LiveSession } from "../connection/session.ts";
import type { Context, Locator } from "../contract/provider.ts";
import { isSecretError, SecretError, toSecretError } from "../errors/secret-error.ts";
import { type CallContext, callVault } from "./call.ts";
import { validLimit } from "./call-slots.ts";
import { isOverload, type Load } from "./overload.ts";

/** One document to read. */
export interface BatchItem {
  /** The document's key. */
  readonly key: string;
  readonly locator: Locator;
  readonly signal: AbortSignal;
  /** By `monotonicMs`, in ms; asked once its request is sent. */
  readonly deadline: () => number;
  readonly fresh: boolean;
  /** Called when its request is sent. */
  readonly onSent: () => void;
}

interface WaitingItem extends BatchItem {
  resolve(result: ReadResult | SessionGone): void;
  reject(error: unknown): void;
}

type Outcome = PromiseSettledResult<ReadResult["document"]>;

/** The result of one `readMany`. */
interface BatchResult {
  readonly outcomes: readonly Outcome[];
  readonly sent: ReadResult["sent"];
  readonly holds: ReadonlyArray<LeaseHold | undefined>;
}

/** Collects the reads of one connection until the end of the current turn of the event loop, then sends them together. */
export class Batch {
  readonly #callContext: CallContext;
  #waiting: WaitingItem[] = [];

  constructor(callContext: CallContext) {
    this.#callContext = callContext;
  }

  /** Reads one document. Resolves with `SESSION_GONE` if there is no session any more; rejects with a `SecretError`. */
  read(item: BatchItem): Promise<ReadResult | SessionGone> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#callContext.clock.setImmediate(() => this.#send());
      this.#waiting.push({ ...item, resolve, reject });
    });
  }

  #send(): void {
    const items = this.#waiting;
    this.#waiting = [];
    const live = this.#callContext.connection.live();
    if (live === undefined) return items.forEach((item) => item.resolve(SESSION_GONE));
    for (const fresh of [false, true]) {
      const alike = items.filter((item) => item.fresh === fresh);
      const together = alike.length >= 2 && live.session.readMany !== undefined && !live.batchDenied;
      if (together)
        for (const chunk of chunks(alike, live.session.maxBatch ?? alike.length)) void this.#readMany(chunk);
      else for (const item of alike) void this.#read(item);
    }
  }

  async #read(item: WaitingItem): Promise<void> {
    const { key, locator, signal, deadline, fresh } = item;
    const send = async (live: LiveSession, context: Context): Promise<ReadResult> => {
      const sent = this.#callContext.now.instant();
      item.onSent();
      const document = await live.session.read(locator, context);
      return { document, sent, hold: this.#leases.note(document, key, live) };
    };
    const onLateResult = ({ hold }: ReadResult): void => hold?.end();
    try {
      const options = { signal, deadline, fresh, documents: [key], send, onLateResult };
      item.resolve(await callVault(this.#callContext, options));
    } catch (error) {
      item.reject(error);
    }
  }

  async #readMany(items: readonly WaitingItem[]): Promise<void> {
    const [only] = items;
    if (only !== undefined && items.length === 1) return this.#read(only);
    let asked: LiveSession | undefined;
    const send = async (live: LiveSession, context: Context): Promise<BatchResult> => {
      asked = live;
      const sent = this.#callContext.now.instant();
      for (const item of items) item.onSent();
      const locators = items.map((item) => item.locator);
      const outcomes = (await live.session.readMany?.(locators, context)) ?? [];
      return { outcomes, sent, holds: outcomes.map((outcome, index) => this.#note(outcome, items[index], live)) };
    };
    try {
      const result = await callVault(this.#callContext, {
        signal: whenAll(items.map((item) => item.signal)),
        deadline: () => Math.max(...items.map((item) => item.deadline())),
        fresh: items.some((item) => item.fresh),
        documents: items.map(({ key }) => key),
        ...{ send, onLateResult: endAll, loadOf },
      });
      if (result === SESSION_GONE) return items.forEach((item) => item.resolve(SESSION_GONE));
      const { outcomes, sent, holds } = result;
      if (outcomes.length !== items.length) {
        endAll(result);
        throw wrongCountError();
      }
      // One credential serves all items: what one outcome says about it holds for the session.
      items.forEach((item, index) => this.#settle(item, { outcome: outcomes[index], sent, hold: holds[index] }, asked));
    } catch (error) {
      if (asked !== undefined && isSecretError(error) && error.code === "denied") {
        // Reading in batches is a permission of its own: single reads may still be allowed.
        asked.denyBatch();
        for (const item of items) void this.#read(item);
      } else for (const item of items) item.reject(error);
    }
  }

  get #leases(): Leases {
    return this.#callContext.connection.leases;
  }

  #note(outcome: Outcome | undefined, item: WaitingItem | undefined, live: LiveSession): LeaseHold | undefined {
    return outcome?.status === "fulfilled" ? this.#leases.note(outcome.value, item?.key ?? "", live) : undefined;
  }

  #settle(
    item: WaitingItem,
    { outcome, sent, hold }: Pick<ReadResult, "sent" | "hold"> & { readonly outcome: Outcome | undefined },
    live?: LiveSession,
  ): void {
    if (outcome?.status === "fulfilled") return item.resolve({ document: outcome.value, sent, hold });
    const error: unknown = outcome?.reason;
    if (!isSecretError(error))
      return item.reject(new SecretError("internal", "The provider's batch outcome is not an outcome."));
    const safe = toSecretError(error);
    if (safe.code === "unauthenticated" && live !== undefined) this.#callContext.connection.expire(live.serial, safe);
    item.reject(safe);
  }
}

/** One that was refused because of the vault's load says it of all. */
function loadOf({ outcomes }: BatchResult): Load {
  const isRefused = (outcome?: Outcome): boolean => outcome?.status === "rejected" && isOverload(outcome.reason);
  return outcomes.some(isRefused) ? "overloaded" : "borne";
}

/** Ends the leases of a batch whose documents nobody gets. */
function endAll({ holds }: BatchResult): void {
  for (const hold of holds) hold?.end();
}

function* chunks(items: readonly WaitingItem[], size: number): Generator<WaitingItem[]> {
  const step = validLimit(size);
  for (let from = 0; from < items.length; from += step) yield items.slice(from, from + step);
}

/** Aborts when all have: a batch continues while somebody waits for one of its documents. */
function whenAll(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  let left = signals.length;
  const onAbort = (): void => {
    if (--left === 0) controller.abort();
  };
  for (const signal of signals) {
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  }
  return controller.signal;
}

const wrongCountError = (): SecretError =>
  new SecretError("internal", "The provider's batch gave another number of outcomes than it was asked for.");
