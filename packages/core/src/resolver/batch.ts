import { MOVED } from "../cache/in-flight.ts";
import type { Hold } from "../cache/hold.ts";
import type { ReadResult } from "../cache/read.ts";
import { isSecretError, SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { Leases } from "../connection/leases.ts";
import type { LiveSession } from "../connection/session.ts";
import type { Context, Locator } from "../contract/provider.ts";
import { callVault, type CallContext } from "./call.ts";

interface Item {
  /** The document's key. */
  readonly key: string;
  readonly locator: Locator;
  readonly signal: AbortSignal;
  /** By `monotonicMs`, in ms. */
  readonly deadline: number;
  readonly fresh: boolean;
  /** It goes out to the vault now. */
  readonly onSent: () => void;
  resolve(answer: ReadResult): void;
  reject(error: unknown): void;
}

type Outcome = PromiseSettledResult<ReadResult["document"]>;

/** What one batch brought. */
interface Outcomes {
  readonly outcomes: readonly Outcome[];
  readonly sent: ReadResult["sent"];
  readonly holds: ReadonlyArray<Hold | undefined>;
}

/** Collects the reads of one connection until the end of this turn of the event loop, then sends them together. */
export class Batch {
  readonly #callContext: CallContext;
  #waiting: Item[] = [];

  constructor(callContext: CallContext) {
    this.#callContext = callContext;
  }

  /** Reads one document. Rejects with `MOVED` when the session is gone, else with a `SecretError`. */
  read(about: Omit<Item, "resolve" | "reject">): Promise<ReadResult> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.#callContext.clock.setImmediate(() => this.#send());
      this.#waiting.push({ ...about, resolve, reject });
    });
  }

  #send(): void {
    const items = this.#waiting;
    this.#waiting = [];
    const live = this.#callContext.connection.live();
    if (live === undefined) return items.forEach((item) => item.reject(MOVED));
    for (const fresh of [false, true]) {
      const alike = items.filter((item) => item.fresh === fresh);
      const together = alike.length >= 2 && live.session.readMany !== undefined && !live.batchDenied;
      if (together)
        for (const chunk of chunks(alike, live.session.maxBatch ?? alike.length)) void this.#readMany(chunk);
      else for (const item of alike) void this.#read(item);
    }
  }

  async #read(item: Item): Promise<void> {
    const { key, locator, signal, deadline, fresh } = item;
    try {
      const read = async (live: LiveSession, context: Context): Promise<ReadResult> => {
        const sent = this.#callContext.now.instant();
        item.onSent();
        const document = await live.session.read(locator, context);
        return { document, sent, hold: this.#leases.note(document, key, live) };
      };
      const options = { signal, deadline, fresh, documents: [key] };
      item.resolve(await callVault(this.#callContext, options, read, ({ hold }) => hold?.end()));
    } catch (error) {
      item.reject(error);
    }
  }

  async #readMany(items: readonly Item[]): Promise<void> {
    const [only] = items;
    if (only !== undefined && items.length === 1) return this.#read(only);
    const deadline = Math.max(...items.map((item) => item.deadline));
    const fresh = items.some((item) => item.fresh);
    const options = {
      signal: whenAll(items.map((item) => item.signal)),
      deadline,
      fresh,
      documents: items.map(({ key }) => key),
    };
    let asked: LiveSession | undefined;
    try {
      const readMany = async (live: LiveSession, context: Context): Promise<Outcomes> => {
        asked = live;
        const sent = this.#callContext.now.instant();
        for (const item of items) item.onSent();
        const locators = items.map((item) => item.locator);
        const outcomes = (await live.session.readMany?.(locators, context)) ?? [];
        return { outcomes, sent, holds: outcomes.map((outcome, index) => this.#note(outcome, items[index], live)) };
      };
      const answer = await callVault(this.#callContext, options, readMany, endAll);
      const { outcomes, sent, holds } = answer;
      if (outcomes.length !== items.length) {
        endAll(answer);
        throw miscounted();
      }
      // One credential serves them all: what one outcome says of it holds for the session.
      items.forEach((item, index) => this.#settle(item, { outcome: outcomes[index], sent, hold: holds[index] }, asked));
    } catch (error) {
      if (asked !== undefined && isSecretError(error) && error.code === "denied") {
        // Batching is a permission of its own: being refused it says nothing about a single read.
        asked.batchDenied = true;
        for (const item of items) void this.#read(item);
      } else for (const item of items) item.reject(error);
    }
  }

  get #leases(): Leases {
    return this.#callContext.connection.leases;
  }

  #note(outcome: Outcome | undefined, item: Item | undefined, live: LiveSession): Hold | undefined {
    return outcome?.status === "fulfilled" ? this.#leases.note(outcome.value, item?.key ?? "", live) : undefined;
  }

  #settle(
    item: Item,
    { outcome, sent, hold }: Pick<ReadResult, "sent" | "hold"> & { readonly outcome: Outcome | undefined },
    live?: LiveSession,
  ): void {
    if (outcome?.status === "fulfilled") return item.resolve({ document: outcome.value, sent, hold });
    const error: unknown = outcome?.reason;
    if (!isSecretError(error))
      return item.reject(new SecretError("internal", "The provider's batch outcome is no outcome."));
    const safe = toSecretError(error);
    if (safe.code === "unauthenticated" && live !== undefined) this.#callContext.connection.expire(live.serial, safe);
    item.reject(safe);
  }
}

/** Nobody gets what a batch brought. */
function endAll({ holds }: Outcomes): void {
  for (const hold of holds) hold?.end();
}

function* chunks(items: readonly Item[], size: number): Generator<Item[]> {
  // Whatever a provider says its limit is, one more item goes each time.
  const step = Math.max(1, Math.floor(size) || 1);
  for (let from = 0; from < items.length; from += step) yield items.slice(from, from + step);
}

/** Aborts when all have: a batch goes on while somebody waits for one of its documents. */
function whenAll(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  let left = signals.length;
  const one = (): void => {
    if (--left === 0) controller.abort();
  };
  for (const signal of signals) {
    if (signal.aborted) one();
    else signal.addEventListener("abort", one, { once: true });
  }
  return controller.signal;
}

const miscounted = (): SecretError =>
  new SecretError("internal", "The provider's batch gave another number of outcomes than it was asked for.");
