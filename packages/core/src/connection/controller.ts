import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { ConnectionConfig, ConnectionDependencies } from "./config.ts";
import { MOVED } from "../cache/in-flight.ts";
import { OpenAttempts, type SignIn } from "./open-attempts.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { stateError } from "./state-error.ts";
import { endSession, type SessionEnd, worstOf } from "./end-session.ts";
import { lentBy } from "./lent.ts";
import { Leases } from "./leases.ts";
import { type LiveSession, outlives } from "./session.ts";
import { endQuietly, type OpenAttempt } from "./open-session.ts";
import { Replaced } from "./replaced.ts";
import type { Effect, Event, State } from "./state.ts";
import { transition } from "./transition.ts";
import { Timers } from "./timers.ts";
import { RequestCounter } from "./request-counter.ts";
import { Waiters } from "../async/waiters.ts";

/** The thin shell around `transition`: it feeds events to it and performs the effects it returns. */
export class ConnectionController {
  readonly about: ConnectionConfig;
  readonly waiters: Waiters<LiveSession>;
  readonly requestCounter: RequestCounter;
  /** What reads made the vault create. */
  readonly leases: Leases;
  readonly #dependencies: ConnectionDependencies;
  #state: State;
  #live: LiveSession | undefined;
  #lastAttempt = 0;
  #wanted: SignIn | undefined;
  /** When the credentials before these were to lapse, in ms since the epoch, if known. */
  #endedAt: number | undefined;
  #remoteEnd: Promise<SessionEnd> | undefined;
  readonly #attempts: OpenAttempts;
  readonly #replaced: Replaced;
  readonly #timers: Timers<"renewal-due" | "lapse">;

  constructor(about: ConnectionConfig, dependencies: ConnectionDependencies, retryBudget: RetryBudget) {
    this.about = about;
    this.#dependencies = dependencies;
    this.#state = { phase: "disconnected", onDemand: about.onDemand };
    this.waiters = new Waiters(dependencies.clock);
    this.requestCounter = new RequestCounter(dependencies.now);
    const { clock, now } = dependencies;
    const lent = lentBy(about);
    this.leases = new Leases({ clock, now, ...lent, current: () => this.#live });
    this.#replaced = new Replaced({ clock, now, ...lent, leases: this.leases });
    this.#timers = new Timers(clock);
    this.#attempts = new OpenAttempts({
      ...{ about, dependencies, retryBudget, requestCounter: this.requestCounter },
      dispatch: (event) => this.dispatch(event),
      waitedFor: () => this.waiters.until,
    });
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
  get busy(): OpenAttempt | undefined {
    const state = this.#state;
    if (state.phase === "opening") return this.#attempts.running(state.attempt);
    return state.phase === "ready" && state.next ? this.#attempts.running(state.next.attempt) : undefined;
  }

  /** The attempt that the last `person` event started. */
  get started(): OpenAttempt | undefined {
    return this.#attempts.running(this.#lastAttempt);
  }

  /** What the last disconnect or close left to be told. */
  get remoteEnd(): Promise<SessionEnd> {
    return this.#remoteEnd ?? Promise.resolve({ remote: "nothing-to-revoke" });
  }

  dispatch(event: Event, wanted?: SignIn): void {
    const { now, random } = this.#dependencies;
    now.sample();
    const before = this.#state;
    if (event.type === "person") this.#wanted = wanted;
    if (event.type === "expired" && !event.due && event.serial === this.#live?.serial) this.#live.refused = true;
    const input = { uptimeMs: now.uptimeMs, attempt: this.#lastAttempt + 1, random: random() };
    const { state, effects } = transition(before, event, input);
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
        return void this.#attempts.open(effect.attempt, effect.person ? (this.#wanted ?? {}) : undefined);
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
        this.#dependencies.drop(MOVED);
        return this.leases.end();
      case "retire":
        return this.#retire();
      case "detach":
        this.#remoteEnd = this.#sayFarewell();
        return;
      case "abort":
        return this.#attempts.abort(stateError(this.about.name, this.#state));
      case "retry-renewal":
        return this.#scheduleRenewal(effect.serial, effect.inMs);
      case "wake":
        return this.#wake(effect.declined);
    }
  }

  #adopt(attempt: number): void {
    this.#live = this.#attempts.take(attempt);
    this.#dependencies.clearNegativeCache();
    if (this.#live === undefined) return;
    this.leases.resume();
    // The same credentials again, found where they were found before: opening once more would bring them a third time.
    this.#scheduleExpiry(this.#live, outlives(this.#live.expiresAt, this.#endedAt));
  }

  #extend(attempt: number): void {
    const brought = this.#attempts.renewal(attempt);
    if (this.#live === undefined || brought === undefined) return;
    const since = this.#dependencies.now.instant();
    const { state } = this;
    if (state.phase === "ready" && state.serial === attempt) {
      this.#live = this.#live.renewedAs(attempt, since, brought);
      this.#dependencies.clearNegativeCache();
    } else this.#live.extend(since, brought);
    this.#scheduleExpiry(this.#live, true);
  }

  /** A session that opened after its attempt was given up changes nothing and is ended. */
  #discard(attempt: number): void {
    const live = this.#attempts.take(attempt);
    if (live !== undefined) void endQuietly(live.session, { clock: this.#dependencies.clock, ...lentBy(this.about) });
  }

  #scheduleExpiry(live: LiveSession, replaceable: boolean): void {
    const { lifeMs, renewInMs, serial } = live;
    this.#timers.clear();
    if (replaceable && renewInMs !== undefined) this.#scheduleRenewal(serial, renewInMs);
    if (lifeMs !== undefined) this.#timers.set("lapse", lifeMs, () => this.checkExpiry());
  }

  #scheduleRenewal(serial: number, inMs: number): void {
    this.#timers.set("renewal-due", inMs, () => {
      // Nobody has read since: whoever reads next has it renewed, or opened.
      if (this.#live?.isIdle(() => this.#age(serial)) !== true) this.#age(serial);
    });
  }

  #age(serial: number): void {
    this.dispatch({ type: "renewal-due", serial, renewable: this.#live?.renewable ?? false });
  }

  #retire(): void {
    const live = this.#live;
    this.#timers.clear();
    this.#live = undefined;
    if (live === undefined) return;
    this.#endedAt = live.expiresAt;
    this.#replaced.add(live);
  }

  /** Ends every session there is, in the background, and says what became of their credentials. */
  async #sayFarewell(): Promise<SessionEnd> {
    const live = this.#live;
    const before = this.#remoteEnd;
    const { clock, now } = this.#dependencies;
    this.#timers.clear();
    const dead = live?.isDead(now) ?? false;
    const current = live && endSession(live, { clock, ...lentBy(this.about), leases: this.leases, dead });
    this.#live = undefined;
    const all = await Promise.all([this.#replaced.end(), current ?? ({ remote: "nothing-to-revoke" } as const)]);
    await before;
    const said = worstOf(all);
    const { leftUntil } = this.leases;
    if (said.remote !== "nothing-to-revoke" || leftUntil === undefined) return said;
    return worstOf([{ remote: "not-revoked", expiresAt: leftUntil }]);
  }

  /** Nothing ends at the vault with its sessions. */
  keepLeases(): void {
    if (this.#live !== undefined) this.#live.keepsLeases = true;
    this.#replaced.keepLeases();
    this.leases.handOn();
  }

  /** Moves the connection when its credentials have reached their end. */
  checkExpiry(): void {
    const { now } = this.#dependencies;
    now.sample();
    if (this.#live?.isExpired(now) !== true) return;
    const error = new SecretError("unauthenticated", "The credentials have expired.");
    this.dispatch({ type: "expired", serial: this.#live.serial, error, due: true });
  }

  #wake(declined: SecretError | undefined): void {
    if (this.#state.phase === "ready" && this.#live !== undefined) return this.waiters.resolve(this.#live);
    if (this.#state.phase === "opening") return;
    // A person who declined is no state to explain: those who waited are told just that.
    this.waiters.reject(declined ?? stateError(this.about.name, this.#state));
  }
}
