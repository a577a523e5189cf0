import { SecretError } from "../errors/secret-error.ts";
import type { Prompter, Provider } from "../contract/provider.ts";
import { withDeadline } from "../async/deadline.ts";
import type { ConnectionConfig, ConnectionDependencies } from "./config.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { RetryBudget } from "./retry-delay.ts";
import type { SessionEnd } from "./end-session.ts";
import type { Leases } from "./leases.ts";
import type { LiveSession } from "./session.ts";
import { ConnectionController } from "./controller.ts";
import type { RequestCounts } from "../vault-status.ts";
import { type State, stateError } from "./state.ts";

/** One configured provider under one environment: what reads and commands need of it. */
export class Connection {
  readonly config: ConnectionConfig;
  readonly retryBudget: RetryBudget = new RetryBudget();
  #circuitBreaker = new CircuitBreaker();
  #throttledUntil = 0;
  #superseded = false;
  #reads = 0;
  readonly #controller: ConnectionController;
  readonly #dependencies: ConnectionDependencies;

  constructor(config: ConnectionConfig, dependencies: ConnectionDependencies) {
    this.config = config;
    this.#dependencies = dependencies;
    this.#controller = new ConnectionController(config, dependencies, this.retryBudget);
  }

  get name(): string {
    return this.config.name;
  }

  get fingerprint(): string {
    return this.config.fingerprint;
  }

  get state(): State {
    return this.#controller.state;
  }

  /** Replaced by a new one when the connection is opened anew or ended. */
  get circuitBreaker(): CircuitBreaker {
    return this.#circuitBreaker;
  }

  /** Until when the vault asked not to be called, by `uptimeMs`, in ms. */
  get throttledUntil(): number {
    return this.#throttledUntil;
  }

  /** Whether another connection has taken its place. */
  get superseded(): boolean {
    return this.#superseded;
  }

  /** The leases that its reads created. */
  get leases(): Leases {
    return this.#controller.leases;
  }

  /** Calls made to the vault, logins included. */
  get calls(): number {
    return this.#reads + this.#controller.calls;
  }

  /** Requests of all sessions so far; `undefined` if the provider does not count them. */
  requests(): RequestCounts | undefined {
    this.#controller.live?.countRequests();
    return this.#controller.requestCounter.counts();
  }

  /** The session that reads may use, or `undefined` when the connection is not ready. */
  live(): LiveSession | undefined {
    this.#dependencies.now.sample();
    return this.liveAsOfNow();
  }

  /** As `live`, for a caller that has just sampled the clock. */
  liveAsOfNow(): LiveSession | undefined {
    const { live, state } = this.#controller;
    if (live === undefined || state.phase !== "ready") return undefined;
    if (!live.isExpired(this.#dependencies.now)) return live;
    this.#controller.checkExpiry();
    return undefined;
  }

  /** The identity whose values may be served although the connection is not ready, for `cache.onExpired: "serve"`. */
  previousIdentity(): string | undefined {
    const { state } = this.#controller;
    return state.phase === "expired" || state.phase === "failed" || state.phase === "opening"
      ? state.previousIdentity
      : undefined;
  }

  /** A read is sent to the vault. */
  countRead(): void {
    this.#reads++;
  }

  /** The vault asked not to be called until then, by `uptimeMs`, in ms. */
  throttle(until: number): void {
    this.#throttledUntil = Math.max(this.#throttledUntil, until);
  }

  /** The vault may be called again at once, although it asked for a pause: a person wants it so. */
  endThrottle(): void {
    this.#throttledUntil = 0;
  }

  /** The session, opened now if a read may. Rejects with the reason if not. `deadline` is by `monotonicMs`, in ms. */
  opened(deadline: number, signal?: AbortSignal): Promise<LiveSession> {
    const live = this.live();
    if (live !== undefined) return Promise.resolve(live);
    this.#controller.dispatch({ type: "read" });
    const { state } = this.#controller;
    if (state.phase !== "opening") return Promise.reject(this.error());
    const timeoutError = state.previousIdentity === undefined ? undefined : () => this.error();
    return this.#controller.waiters.wait(deadline, signal, timeoutError);
  }

  /** Why it has no session. */
  error(): SecretError {
    return stateError(this.name, this.#controller.state);
  }

  /** Opens it anew, asking `prompter` where needed; the previous session serves until then. */
  async reauthenticate(options: {
    prompter?: Prompter | undefined;
    useFound?: boolean | undefined;
    signal?: AbortSignal | undefined;
    /** The provider with credentials that a person gave, for this sign-in only. */
    provider?: Provider | undefined;
  }): Promise<LiveSession> {
    const controller = this.#controller;
    const { clock, interactiveOpenMs: ms } = this.#dependencies;
    const { signal } = options;
    for (let { busy } = controller; busy !== undefined; { busy } = controller) {
      const { person, outcome } = busy;
      const waiting = withDeadline(() => outcome, { clock, ms, signal });
      // One prompt at a time: another sign-in waits for it and shares its outcome.
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
    const onAbort = (): void => started.abort(new SecretError("aborted", "Signing in was cancelled."));
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    try {
      await started.outcome;
      // Whatever the vault answered to the previous session.
      this.endThrottle();
      this.#circuitBreaker = new CircuitBreaker();
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
    return this.#expectLive();
  }

  /** The vault no longer accepts the credentials of session `serial`. */
  expire(serial: number, error: SecretError): void {
    this.#controller.dispatch({ type: "expired", serial, error, due: false });
  }

  /** A call of this session does not stop. The session is replaced if that needs no person. */
  markUnresponsive(live: LiveSession): void {
    this.#controller.dispatch({ type: "unresponsive", serial: live.serial });
  }

  /** Ends it locally at once. `remoteEnd` tells within a few seconds what became of its credentials at the vault. */
  disconnect(): { readonly dropped: number; readonly remoteEnd: Promise<SessionEnd> } {
    return this.#end("disconnect", stateError(this.name, { phase: "disconnected", onDemand: false }));
  }

  /** Another connection takes its place: those who wait start over with that one. */
  supersede(): Promise<SessionEnd> {
    this.#superseded = true;
    return this.#end("close").remoteEnd;
  }

  /** Ends it for good. `keepLeases`: leases and credentials at the vault outlive it. */
  async close(error: SecretError, keepLeases = false): Promise<void> {
    if (keepLeases) this.#controller.keepLeases();
    await this.#end("close", error).remoteEnd;
  }

  #end(
    type: "disconnect" | "close",
    error?: SecretError,
  ): { readonly dropped: number; readonly remoteEnd: Promise<SessionEnd> } {
    const dropped = this.#dependencies.drop(error);
    this.leases.end();
    this.endThrottle();
    this.#circuitBreaker = new CircuitBreaker();
    this.#controller.dispatch({ type });
    return { dropped, remoteEnd: this.#controller.remoteEnd };
  }

  #expectLive(): LiveSession {
    const live = this.live();
    if (live === undefined) throw this.error();
    return live;
  }
}
