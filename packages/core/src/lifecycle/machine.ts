import type { Entry } from "../cache/entry.ts";
import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { Interact } from "../provider.ts";
import { race } from "../race.ts";
import type { About, Surroundings } from "./about.ts";
import { Attempts } from "./attempts.ts";
import { explain } from "./explain.ts";
import { farewell, type Farewell } from "./farewell.ts";
import { lentBy } from "./lent.ts";
import { type LiveSession, outlives } from "./live-session.ts";
import { endQuietly, type OpeningAttempt } from "./opening.ts";
import type { Effect, Event, State } from "./state.ts";
import { transition } from "./transition.ts";
import { Usage } from "./usage.ts";
import { Waiters } from "./waiters.ts";

/** Ends a read whose session is gone: whoever waits looks again. Never leaves core. */
export const MOVED: Error = new Error("The session is gone; look again.");

/** The thin shell around `transition`: it feeds events to it and performs the effects it returns. */
export class Machine {
  readonly about: About;
  readonly waiters: Waiters<LiveSession>;
  readonly usage: Usage;
  readonly #around: Surroundings;
  #state: State;
  #live: LiveSession | undefined;
  #lastAttempt = 0;
  #interact: Interact | undefined;
  #refusal: SecretError | undefined;
  /** When the credentials before these were to lapse, in ms since the epoch, if known. */
  #endedAt: number | undefined;
  #farewell: Promise<Farewell> | undefined;
  readonly #attempts: Attempts;

  constructor(about: About, around: Surroundings) {
    this.about = about;
    this.#around = around;
    this.#state = { phase: "disconnected", onDemand: about.onDemand };
    this.waiters = new Waiters(around.clock);
    this.usage = new Usage(around.now);
    this.#attempts = new Attempts(about, around, this.usage, (event) => this.dispatch(event));
  }

  get state(): State {
    return this.#state;
  }

  /** Logins and renewals sent to the vault. */
  get calls(): number {
    return this.#attempts.calls;
  }

  /** The session, whatever its credentials' age. */
  get live(): LiveSession | undefined {
    return this.#live;
  }

  /** The opening under way. */
  get busy(): OpeningAttempt | undefined {
    const state = this.#state;
    if (state.phase === "opening") return this.#attempts.running(state.attempt);
    return state.phase === "ready" && state.next ? this.#attempts.running(state.next.attempt) : undefined;
  }

  /** The attempt that the last `person` event started. */
  get started(): OpeningAttempt | undefined {
    return this.#attempts.running(this.#lastAttempt);
  }

  /** What the last disconnect or close left to be told. */
  get farewell(): Promise<Farewell> {
    return this.#farewell ?? Promise.resolve({ remote: "nothing-to-revoke" });
  }

  dispatch(event: Event, interact?: Interact): void {
    const { now, random } = this.#around;
    now.look();
    const before = this.#state;
    if (event.type === "person") this.#interact = interact;
    if (event.type === "refused") this.#refusal = event.error;
    const chance = { boot: now.boot, attempt: this.#lastAttempt + 1, random: random() };
    const { state, effects } = transition(before, event, chance);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    if (before.phase === state.phase) return;
    const { name: connection, provider } = this.about;
    publish("state", () => ({ connection, provider: provider.name, state: state.phase }));
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "open":
        this.#lastAttempt = effect.attempt;
        return void this.#attempts.open(effect.attempt, effect.person ? this.#interact : undefined, effect.person);
      case "renew":
        this.#lastAttempt = effect.attempt;
        return void this.#attempts.renew(effect.attempt, this.#live);
      case "adopt":
        return this.#adopt(effect.attempt);
      case "extend":
        return this.#extend(effect.attempt);
      case "discard":
        return this.#discard(effect.attempt);
      case "drop":
        return void this.release(this.#around.drop(MOVED), this.#live);
      case "retire":
        this.#endedAt = this.#live?.expiresAt;
        void this.#live?.retire(this.#around.clock);
        this.#live = undefined;
        return;
      case "detach":
        this.#farewell = this.#live && farewell(this.#live, { clock: this.#around.clock, ...lentBy(this.about) });
        this.#live = undefined;
        return;
      case "abort":
        return this.#attempts.abort(explain(this.about.name, this.#state));
      case "retry-aging":
        return this.#expectAging(effect.serial, effect.inMs);
      case "wake":
        return this.#wake();
    }
  }

  #adopt(attempt: number): void {
    this.#live = this.#attempts.take(attempt);
    this.#refusal = undefined;
    this.#around.forgetRefusals();
    if (this.#live === undefined) return;
    // The same credentials again, found where they were found before: opening once more would bring them a third time.
    this.#expectLapse(this.#live, outlives(this.#live.expiresAt, this.#endedAt));
  }

  #extend(attempt: number): void {
    const live = this.#live;
    if (live === undefined) return;
    live.extend(this.#around.now.moment(), this.#attempts.renewedUntil(attempt));
    this.#expectLapse(live, true);
  }

  /** A session that opened after its attempt was given up changes nothing and is ended. */
  #discard(attempt: number): void {
    const live = this.#attempts.take(attempt);
    if (live !== undefined) void endQuietly(live.session, { clock: this.#around.clock, ...lentBy(this.about) });
  }

  #expectLapse(live: LiveSession, replaceable: boolean): void {
    const life = live.lifeMs;
    if (life === undefined) return;
    if (replaceable) this.#expectAging(live.serial, life * 0.8);
    this.#around.clock.after(life, () => this.checkLapse());
  }

  #expectAging(serial: number, inMs: number): void {
    this.#around.clock.after(inMs, () => {
      this.dispatch({ type: "aging", serial, renewable: this.#live?.renewable ?? false });
    });
  }

  /** Moves the connection when its credentials have reached their end. */
  checkLapse(): void {
    const { now } = this.#around;
    now.look();
    if (this.#live?.lapsed(now) !== true) return;
    const error = new SecretError("unauthenticated", "The credentials have expired.");
    this.dispatch({ type: "lapsed", serial: this.#live.serial, error, due: true });
  }

  #wake(): void {
    if (this.#state.phase === "ready" && this.#live !== undefined) return this.waiters.resolve(this.#live);
    if (this.#state.phase === "opening") return;
    // A person who declined is no state to explain: those who waited are told just that.
    const declined = this.#refusal?.code === "aborted" ? this.#refusal : undefined;
    this.waiters.reject(declined ?? explain(this.about.name, this.#state));
  }

  /** Ends leases that reads of this connection created; best effort, never rejects. */
  async release(gone: readonly Entry[], live: LiveSession | undefined): Promise<void> {
    const release = live?.session.release?.bind(live.session);
    const leases = gone.flatMap(({ lease }) => (lease === undefined ? [] : [lease]));
    if (live === undefined || live.spared || release === undefined || leases.length === 0) return;
    const { clock } = this.#around;
    const lent = lentBy(this.about);
    const ending = leases.map((lease) => race((signal) => release(lease, { signal, ...lent }), { clock, ms: 2000 }));
    live.releasing = Promise.allSettled([live.releasing, ...ending]);
    await live.releasing;
  }
}
