import { MOVED } from "../cache/in-flight.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { Prompter, Provider } from "../contract/provider.ts";
import { withDeadline } from "../async/deadline.ts";
import type { ConnectionConfig, ConnectionDependencies } from "./config.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { RetryBudget } from "./retry-budget.ts";
import { stateError } from "./state-error.ts";
import type { SessionEnd } from "./end-session.ts";
import type { Leases } from "./leases.ts";
import type { LiveSession } from "./session.ts";
import { ConnectionController } from "./controller.ts";
import type { RequestCounts } from "../vault-status.ts";
import type { State } from "./state.ts";

/** One provider, configured, as one caller's environment sees it: what reads and commands ask of it. */
export class Connection {
  readonly about: ConnectionConfig;
  circuitBreaker: CircuitBreaker = new CircuitBreaker();
  readonly retryBudget: RetryBudget = new RetryBudget();
  /** Until when the vault asked everybody to wait, by `uptimeMs`, in ms. */
  throttledUntil = 0;
  /** Another connection has taken its place. */
  superseded = false;
  /** Reads sent to the vault. */
  reads = 0;
  readonly #controller: ConnectionController;
  readonly #dependencies: ConnectionDependencies;

  constructor(about: ConnectionConfig, dependencies: ConnectionDependencies) {
    this.about = about;
    this.#dependencies = dependencies;
    this.#controller = new ConnectionController(about, dependencies, this.retryBudget);
  }

  get name(): string {
    return this.about.name;
  }

  get fingerprint(): string {
    return this.about.fingerprint;
  }

  get state(): State {
    return this.#controller.state;
  }

  /** What reads made the vault create, and is to be ended there. */
  get leases(): Leases {
    return this.#controller.leases;
  }

  /** Calls made to the vault, logins included. */
  get calls(): number {
    return this.reads + this.#controller.calls;
  }

  /** Requests of every session so far; `undefined` where nobody counts them. */
  requests(): RequestCounts | undefined {
    this.#controller.live?.account();
    return this.#controller.requestCounter.counts();
  }

  /** The session that reads may use, or `undefined` when the connection is not ready. */
  live(): LiveSession | undefined {
    this.#dependencies.now.sample();
    return this.liveAsOfNow();
  }

  /** The same for a caller who has just looked at the clock. */
  liveAsOfNow(): LiveSession | undefined {
    const { live, state } = this.#controller;
    if (live === undefined || state.phase !== "ready") return undefined;
    if (!live.isExpired(this.#dependencies.now)) return live;
    this.#controller.checkExpiry();
    return undefined;
  }

  /** The identity whose values may answer although the connection is not ready, for `cache.onExpired: "serve"`. */
  previousIdentity(): string | undefined {
    const { state } = this.#controller;
    return state.phase === "expired" || state.phase === "failed" || state.phase === "opening"
      ? state.previousIdentity
      : undefined;
  }

  /** The vault asked to be left alone; somebody who knows better wants it asked now. */
  endThrottle(): void {
    this.throttledUntil = 0;
  }

  /** The session, opened now if a read may. Rejects with the reason it can't be had. `deadline` is `monotonicMs`, in ms. */
  opened(deadline: number, signal?: AbortSignal): Promise<LiveSession> {
    const live = this.live();
    if (live !== undefined) return Promise.resolve(live);
    this.#controller.dispatch({ type: "read" });
    const { state } = this.#controller;
    if (state.phase !== "opening") return Promise.reject(this.error());
    const late = state.previousIdentity === undefined ? undefined : () => this.error();
    return this.#controller.waiters.wait(deadline, signal, late);
  }

  /** Why it gives nothing. */
  error(): SecretError {
    return stateError(this.name, this.#controller.state);
  }

  /** Opens it anew, asking `prompter` where needed; the session before serves until then. */
  async reauthenticate(options: {
    prompter?: Prompter | undefined;
    useFound?: boolean | undefined;
    signal?: AbortSignal | undefined;
    /** The recipe with credentials that a person gave, for this opening only. */
    provider?: Provider | undefined;
  }): Promise<LiveSession> {
    const controller = this.#controller;
    const { clock, interactiveOpenMs: ms } = this.#dependencies;
    const { signal } = options;
    for (let { busy } = controller; busy !== undefined; { busy } = controller) {
      const { person, settled } = busy;
      const waiting = withDeadline(() => settled, { clock, ms, signal });
      // One prompt: whoever else wants to sign in waits for it and shares what it brings.
      if (person) {
        await waiting;
        return this.#expectLive();
      }
      await waiting.catch((error: unknown) => {
        if (signal?.aborted) throw error;
      });
    }
    controller.dispatch({ type: "person" }, options);
    const { started } = controller;
    if (started === undefined) throw this.error();
    const declined = (): void => started.abort(new SecretError("aborted", "Signing in was cancelled."));
    signal?.addEventListener("abort", declined, { once: true });
    if (signal?.aborted) declined();
    try {
      await started.settled;
      // Whatever the vault said to the session before.
      this.endThrottle();
      this.circuitBreaker = new CircuitBreaker();
    } finally {
      signal?.removeEventListener("abort", declined);
    }
    return this.#expectLive();
  }

  /** The vault said that the credentials of session `serial` are dead. */
  expire(serial: number, error: SecretError): void {
    this.#controller.dispatch({ type: "expired", serial, error, due: false });
  }

  /** A call of this session does not end. The session is replaced if that needs no person. */
  markUnresponsive(live: LiveSession): void {
    this.#controller.dispatch({ type: "unresponsive", serial: live.serial });
  }

  /** Ends it at once, here. What became of its leases and credentials at the vault is told within 2 s each. */
  disconnect(): { readonly dropped: number; readonly remoteEnd: Promise<SessionEnd> } {
    return this.#end("disconnect", stateError(this.name, { phase: "disconnected", onDemand: false }));
  }

  /** Another connection takes its place: whoever waits looks again. */
  supersede(): Promise<SessionEnd> {
    this.superseded = true;
    return this.#end("close", MOVED).remoteEnd;
  }

  /** Ends it for good. `leave`: nothing ends at the vault but what its client holds. */
  async close(error: SecretError, leave = false): Promise<void> {
    if (leave) this.#controller.keepLeases();
    await this.#end("close", error).remoteEnd;
  }

  #end(
    type: "disconnect" | "close",
    error: Error,
  ): { readonly dropped: number; readonly remoteEnd: Promise<SessionEnd> } {
    const dropped = this.#dependencies.drop(error);
    this.leases.end();
    this.endThrottle();
    this.circuitBreaker = new CircuitBreaker();
    this.#controller.dispatch({ type });
    return { dropped, remoteEnd: this.#controller.remoteEnd };
  }

  #expectLive(): LiveSession {
    const live = this.live();
    if (live === undefined) throw this.error();
    return live;
  }
}
