import { Arrivals } from "../async/arrivals.ts";
import { SESSION_GONE, type SessionGone } from "../cache/in-flight.ts";
import { retryDelayMs } from "../connection/retry-delay.ts";
import type { LiveSession } from "../connection/session.ts";
import type { Context, ListEntry, ListQuery } from "../contract/provider.ts";
import { SecretError, toSecretError } from "../errors/secret-error.ts";
import { sleep } from "../time/clock.ts";
import { type CallContext, callVault } from "./call.ts";
import type { ConnectionHandle } from "./connection-handle.ts";
import { throttle } from "./retry.ts";

/** What is to be listed, and what bounds it. */
export interface Listing {
  readonly query: ListQuery;
  /** Ms that may be spent waiting for the vault; the caller's own time does not count. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** The most entries taken by one call: in between, others have their turn. */
const MAX_TAKE = 256;

/**
 * Lists what a connection offers, as it arrives, opening the connection first. Until the first entry is there, failures
 * are retried by the policy table, and credentials that are refused open it anew once. Throws a `SecretError`.
 */
export async function* listEntries(
  { callContext }: ConnectionHandle,
  { query, deadlineMs, signal }: Listing,
): AsyncGenerator<ListEntry, void, undefined> {
  const { clock, connection, random } = callContext;
  const timer = { leftMs: deadlineMs };
  let reopened = false;
  for (let attempt = 1; ;) {
    const pass = new Pass(callContext, { query, signal, timer });
    const outcome = yield* pass.entries();
    if (outcome === "done") return;
    if (outcome === SESSION_GONE) {
      if (pass.isBegun || connection.superseded) throw replaced();
    } else if (outcome.code === "unauthenticated" && pass.isSent && !pass.isBegun && !reopened) reopened = true;
    else {
      const { reason } = outcome.details;
      const isFinal = pass.isBegun || !pass.isSent || reason === "circuit-open" || reason === "unresponsive";
      const retry = { attempt: attempt++, leftMs: timer.leftMs, random, retryBudget: connection.retryBudget };
      const delayMs = isFinal || signal.aborted ? undefined : retryDelayMs(outcome, retry);
      if (delayMs === undefined) throw outcome;
      await sleep(clock, delayMs, signal);
      timer.leftMs -= delayMs;
    }
  }
}

/** One pass over what a session lists. */
class Pass {
  readonly #callContext: CallContext;
  readonly #query: ListQuery;
  readonly #signal: AbortSignal;
  readonly #timer: { leftMs: number };
  /** Aborts when nobody wants more, or one of its calls is given up. */
  readonly #controller = new AbortController();
  #asked: { readonly live: LiveSession; readonly arrivals: Arrivals<ListEntry> } | undefined;
  #isBegun = false;

  constructor(
    callContext: CallContext,
    about: { readonly query: ListQuery; readonly signal: AbortSignal; readonly timer: { leftMs: number } },
  ) {
    this.#callContext = callContext;
    this.#query = about.query;
    this.#signal = about.signal;
    this.#timer = about.timer;
  }

  /** Whether the vault was asked. */
  get isSent(): boolean {
    return this.#asked !== undefined;
  }

  /** Whether an entry has been yielded. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Yields the entries; returns how it ended. */
  async *entries(): AsyncGenerator<ListEntry, "done" | SessionGone | SecretError, undefined> {
    try {
      for (;;) {
        const taken = await this.#timed((deadline) => this.#take(deadline));
        if (taken === SESSION_GONE) return SESSION_GONE;
        if (taken.length === 0) return "done";
        this.#isBegun = true;
        yield* taken;
      }
    } catch (thrown) {
      return toSecretError(thrown);
    } finally {
      this.#controller.abort();
      this.#asked?.arrivals.stop();
    }
  }

  async #take(deadline: number): Promise<readonly ListEntry[] | SessionGone> {
    const { connection } = this.#callContext;
    await connection.opened(deadline, this.#signal);
    await throttle(this.#callContext, { deadline, signal: this.#signal });
    const outcome = await callVault(this.#callContext, {
      ...{ signal: this.#signal, deadline: () => deadline, fresh: false, documents: [`list ${this.#query.prefix}`] },
      send: async (live, context) => ({ taken: await this.#send(live, context) }),
      onLateResult: () => undefined,
      // Entries may have arrived before they were asked for.
      loadOf: () => "unknown",
    });
    return outcome === SESSION_GONE ? SESSION_GONE : outcome.taken;
  }

  async #send(live: LiveSession, { deadline: _, ...context }: Context): Promise<readonly ListEntry[] | SessionGone> {
    const { session } = live;
    if (session.list === undefined) throw notOffered();
    if (this.#asked === undefined) {
      const { signal } = this.#controller;
      const entries = session.list(this.#query, { ...context, signal });
      this.#asked = { live, arrivals: new Arrivals(entries, this.#callContext.clock) };
    }
    // What one session lists, another does not go on with.
    if (this.#asked.live !== live) return SESSION_GONE;
    const abort = (): void => this.#controller.abort();
    context.signal.addEventListener("abort", abort, { once: true });
    try {
      return await this.#asked.arrivals.take(MAX_TAKE);
    } finally {
      context.signal.removeEventListener("abort", abort);
    }
  }

  /** Counts only the time that is spent in here. */
  async #timed<Result>(work: (deadline: number) => Promise<Result>): Promise<Result> {
    const { clock } = this.#callContext;
    const since = clock.monotonicMs();
    try {
      return await work(since + this.#timer.leftMs);
    } finally {
      this.#timer.leftMs -= clock.monotonicMs() - since;
    }
  }
}

const replaced = (): SecretError =>
  new SecretError("unavailable", "The connection was opened anew while it was listed; list it again.");

const notOffered = (): SecretError =>
  new SecretError("unusable", "This provider does not list secrets; name one by its reference.", {
    reason: "not-listed",
  });
