import { MOVED } from "../cache/flights.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { Interact } from "../provider.ts";
import { race } from "../race.ts";
import type { About, Surroundings } from "./about.ts";
import { Breaker } from "./breaker.ts";
import { Budget } from "./budget.ts";
import { explain } from "./explain.ts";
import type { Farewell } from "./farewell.ts";
import type { Leases } from "./leases.ts";
import type { LiveSession } from "./live-session.ts";
import { Machine } from "./machine.ts";
import type { RequestCounts } from "../vault-api.ts";
import type { State } from "./state.ts";

/** One provider, configured, as one caller's environment sees it: what reads and commands ask of it. */
export class Connection {
  readonly about: About;
  breaker: Breaker = new Breaker();
  readonly budget: Budget = new Budget();
  /** Until when the vault asked everybody to wait, by `boot`, in ms. */
  throttledUntil = 0;
  /** Another connection has taken its place. */
  superseded = false;
  /** Reads sent to the vault. */
  reads = 0;
  readonly #machine: Machine;
  readonly #around: Surroundings;

  constructor(about: About, around: Surroundings) {
    this.about = about;
    this.#around = around;
    this.#machine = new Machine(about, around, this.budget);
  }

  get name(): string {
    return this.about.name;
  }

  get fingerprint(): string {
    return this.about.fingerprint;
  }

  get state(): State {
    return this.#machine.state;
  }

  /** What reads made the vault create, and is to be ended there. */
  get leases(): Leases {
    return this.#machine.leases;
  }

  /** Calls made to the vault, logins included. */
  get calls(): number {
    return this.reads + this.#machine.calls;
  }

  /** Requests of every session so far; `undefined` where nobody counts them. */
  requests(): RequestCounts | undefined {
    this.#machine.live?.account();
    return this.#machine.usage.counts();
  }

  /** The session that reads may use, or `undefined` when the connection is not ready. */
  live(): LiveSession | undefined {
    this.#around.now.look();
    return this.liveAsOfNow();
  }

  /** The same for a caller who has just looked at the clock. */
  liveAsOfNow(): LiveSession | undefined {
    const { live, state } = this.#machine;
    if (live === undefined || state.phase !== "ready") return undefined;
    if (!live.lapsed(this.#around.now)) return live;
    this.#machine.checkLapse();
    return undefined;
  }

  /** The identity whose values may answer although the connection is not ready, for `cache.onExpired: "serve"`. */
  formerIdentity(): string | undefined {
    const { state } = this.#machine;
    return state.phase === "expired" || state.phase === "failed" || state.phase === "opening" ? state.was : undefined;
  }

  /** The vault asked to be left alone; somebody who knows better wants it asked now. */
  endThrottle(): void {
    this.throttledUntil = 0;
  }

  /** The session, opened now if a read may. Rejects with the reason it can't be had. `deadline` is `hr`, in ms. */
  opened(deadline: number, signal?: AbortSignal): Promise<LiveSession> {
    const live = this.live();
    if (live !== undefined) return Promise.resolve(live);
    this.#machine.dispatch({ type: "read" });
    const { state } = this.#machine;
    if (state.phase !== "opening") return Promise.reject(this.error());
    const late = state.was === undefined ? undefined : () => this.error();
    return this.#machine.waiters.wait(deadline, signal, late);
  }

  /** Why it gives nothing. */
  error(): SecretError {
    return explain(this.name, this.#machine.state);
  }

  /** Opens it anew, asking `interact` where needed; the session before serves until then. */
  async reauthenticate(options: {
    interact?: Interact | undefined;
    useFound?: boolean | undefined;
    signal?: AbortSignal | undefined;
  }): Promise<LiveSession> {
    const machine = this.#machine;
    const { clock, interactiveOpenMs: ms } = this.#around;
    const { signal } = options;
    for (let { busy } = machine; busy !== undefined; { busy } = machine) {
      const { person, settled } = busy;
      const waiting = race(() => settled, { clock, ms, signal });
      // One prompt: whoever else wants to sign in waits for it and shares what it brings.
      if (person) {
        await waiting;
        return this.#expectLive();
      }
      await waiting.catch((error: unknown) => {
        if (signal?.aborted) throw error;
      });
    }
    machine.dispatch({ type: "person" }, options);
    const { started } = machine;
    if (started === undefined) throw this.error();
    const declined = (): void => started.abort(new SecretError("aborted", "Signing in was cancelled."));
    signal?.addEventListener("abort", declined, { once: true });
    if (signal?.aborted) declined();
    try {
      await started.settled;
      // Whatever the vault said to the session before.
      this.endThrottle();
      this.breaker = new Breaker();
    } finally {
      signal?.removeEventListener("abort", declined);
    }
    return this.#expectLive();
  }

  /** The vault said that the credentials of session `serial` are dead. */
  lapsed(serial: number, error: SecretError): void {
    this.#machine.dispatch({ type: "lapsed", serial, error, due: false });
  }

  /** A call of this session does not end. The session is replaced if that needs no person. */
  deaf(live: LiveSession): void {
    this.#machine.dispatch({ type: "deaf", serial: live.serial });
  }

  /** Ends it at once, here. What became of its leases and credentials at the vault is told within 2 s each. */
  disconnect(): { readonly dropped: number; readonly farewell: Promise<Farewell> } {
    return this.#end("disconnect", explain(this.name, { phase: "disconnected", onDemand: false }));
  }

  /** Another connection takes its place: whoever waits looks again. */
  supersede(): Promise<Farewell> {
    this.superseded = true;
    return this.#end("close", MOVED).farewell;
  }

  /** Ends it for good. `leave`: nothing ends at the vault but what its client holds. */
  async close(error: SecretError, leave = false): Promise<void> {
    if (leave) this.#machine.spare();
    await this.#end("close", error).farewell;
  }

  #end(type: "disconnect" | "close", error: Error): { readonly dropped: number; readonly farewell: Promise<Farewell> } {
    const dropped = this.#around.drop(error);
    this.leases.end();
    this.endThrottle();
    this.breaker = new Breaker();
    this.#machine.dispatch({ type });
    return { dropped, farewell: this.#machine.farewell };
  }

  #expectLive(): LiveSession {
    const live = this.live();
    if (live === undefined) throw this.error();
    return live;
  }
}
