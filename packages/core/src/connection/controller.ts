import { type Diagnostic, type Diagnostics, publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import { type ConnectionConfig, type ConnectionDependencies, contextEnv } from "./config.ts";
import { OpenAttempts, type SignIn } from "./open-attempts.ts";
import type { RetryBudget } from "./retry-delay.ts";
import { endSession, ReplacedSessions, type SessionEnd, worstEnd } from "./end-session.ts";
import { Leases } from "./leases.ts";
import { outlives } from "./outlives.ts";
import type { LiveSession } from "./session.ts";
import { endQuietly, type OpenAttempt } from "./open-session.ts";
import { type Effect, type Event, type State, stateError } from "./state.ts";
import { transition } from "./transition.ts";
import { Timers } from "../time/clock.ts";
import { RequestCounter } from "./request-counter.ts";
import { Waiters } from "../async/deadline.ts";

/** The shell around the pure `transition`: passes events to it and performs the effects that it returns. */
export class ConnectionController {
  readonly config: ConnectionConfig;
  readonly waiters: Waiters<LiveSession>;
  readonly requestCounter: RequestCounter;
  /** What reads made the vault create. */
  readonly leases: Leases;
  readonly #dependencies: ConnectionDependencies;
  #state: State;
  #live: LiveSession | undefined;
  #lastAttempt = 0;
  #signIn: SignIn | undefined;
  /** When the previous session's credentials expire, in ms since the epoch, if known. */
  #previousExpiresAt: number | undefined;
  #remoteEnd: Promise<SessionEnd> | undefined;
  readonly #attempts: OpenAttempts;
  readonly #replaced: ReplacedSessions;
  readonly #timers: Timers<"renewal-due" | "expiry">;

  constructor(config: ConnectionConfig, dependencies: ConnectionDependencies, retryBudget: RetryBudget) {
    this.config = config;
    this.#dependencies = dependencies;
    this.#state = { phase: "disconnected", onDemand: config.onDemand };
    this.waiters = new Waiters(dependencies.clock);
    this.requestCounter = new RequestCounter(dependencies.now);
    const { clock, now } = dependencies;
    const env = contextEnv(config);
    this.leases = new Leases({
      clock,
      now,
      ...env,
      currentSession: () => this.#live,
      onCreated: () => this.#publish("created"),
    });
    this.#replaced = new ReplacedSessions({ clock, now, ...env, leases: this.leases });
    this.#timers = new Timers(clock);
    this.#attempts = new OpenAttempts({
      ...{ config, dependencies, retryBudget, requestCounter: this.requestCounter },
      dispatch: (event) => this.dispatch(event),
      latestDeadline: () => this.waiters.latestDeadline,
    });
  }

  get state(): State {
    return this.#state;
  }

  /** Logins and renewals sent to the vault. */
  get calls(): number {
    return this.#attempts.calls;
  }

  /** The session, even if its credentials have expired. */
  get live(): LiveSession | undefined {
    return this.#live;
  }

  /** The attempt in progress. */
  get busy(): OpenAttempt | undefined {
    const state = this.#state;
    if (state.phase === "opening") return this.#attempts.running(state.attempt);
    return state.phase === "ready" && state.next ? this.#attempts.running(state.next.attempt) : undefined;
  }

  /** The attempt that the last `person` event started. */
  get started(): OpenAttempt | undefined {
    return this.#attempts.running(this.#lastAttempt);
  }

  /** What became of the credentials after the last disconnect or close. */
  get remoteEnd(): Promise<SessionEnd> {
    return this.#remoteEnd ?? Promise.resolve({ remote: "nothing-to-revoke" });
  }

  dispatch(event: Event, signIn?: SignIn): void {
    const { now, random } = this.#dependencies;
    now.sample();
    const before = this.#state;
    if (event.type === "person") this.#signIn = signIn;
    if (event.type === "expired" && !event.due && event.serial === this.#live?.serial) this.#live.markRefused();
    const input = { uptimeMs: now.uptimeMs, attempt: this.#lastAttempt + 1, random: random() };
    const { state, effects } = transition(before, event, input);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    this.#publishLife(before, event);
  }

  #publishLife(before: State, event: Event): void {
    const { phase } = this.#state;
    if (before.phase !== phase) this.#publish("state", { state: phase });
    if (event.type === "disconnect" && before.phase !== "closed") this.#publish("disconnected");
    if (event.type === "expired" && before !== this.#state) this.#publish("expired", { code: event.error.code });
    const isRenewal = event.type === "renewed" || event.type === "opened";
    if (isRenewal && before.phase === "ready" && before !== this.#state) this.#publish("renewed");
  }

  #publish(name: keyof Diagnostics, more: Partial<Diagnostic> = {}): void {
    const { name: connection, provider } = this.config;
    publish(name, () => ({ connection, provider: provider.name, ...more }));
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "open":
        this.#lastAttempt = effect.attempt;
        return void this.#attempts.open(effect.attempt, effect.person ? (this.#signIn ?? {}) : undefined);
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
        this.#dependencies.drop();
        return this.leases.end();
      case "retire":
        return this.#retire();
      case "detach":
        this.#remoteEnd = this.#endSessions();
        return;
      case "abort":
        return this.#attempts.abort(stateError(this.config.name, this.#state));
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
    // If the same credentials were found again, reopening would only find them a third time. A person's are never found.
    this.#scheduleExpiry(this.#live, this.#live.person || outlives(this.#live.expiresAt, this.#previousExpiresAt));
  }

  #extend(attempt: number): void {
    const renewal = this.#attempts.renewal(attempt);
    if (this.#live === undefined || renewal === undefined) return;
    const since = this.#dependencies.now.instant();
    const { state } = this;
    if (state.phase === "ready" && state.serial === attempt) {
      this.#live = this.#live.renewedAs(attempt, since, renewal);
      this.#dependencies.clearNegativeCache();
    } else this.#live.extend(since, renewal);
    this.#scheduleExpiry(this.#live, true);
  }

  /** Ends a session that opened after its attempt was given up. */
  #discard(attempt: number): void {
    const live = this.#attempts.take(attempt);
    if (live !== undefined)
      void endQuietly(live.session, { clock: this.#dependencies.clock, ...contextEnv(this.config) });
  }

  #scheduleExpiry(live: LiveSession, replaceable: boolean): void {
    const { lifeMs, renewInMs, serial } = live;
    this.#timers.clear();
    if (replaceable && renewInMs !== undefined) this.#scheduleRenewal(serial, renewInMs);
    if (lifeMs !== undefined) this.#timers.set("expiry", lifeMs, () => this.checkExpiry());
  }

  #scheduleRenewal(serial: number, inMs: number): void {
    this.#timers.set("renewal-due", inMs, () => {
      // If nothing has read since, the next read triggers the renewal.
      if (this.#live?.isIdle(() => this.#renewalDue(serial)) !== true) this.#renewalDue(serial);
    });
  }

  #renewalDue(serial: number): void {
    this.dispatch({ type: "renewal-due", serial, renewable: this.#live?.renewable ?? false });
  }

  #retire(): void {
    const live = this.#live;
    this.#timers.clear();
    this.#live = undefined;
    if (live === undefined) return;
    this.#previousExpiresAt = live.expiresAt;
    this.#replaced.add(live);
  }

  /** Ends every session in the background, and says what became of their credentials. */
  async #endSessions(): Promise<SessionEnd> {
    const live = this.#live;
    const before = this.#remoteEnd;
    const { clock, now } = this.#dependencies;
    this.#timers.clear();
    const dead = live?.isDead(now) ?? false;
    const current = live && endSession(live, { clock, ...contextEnv(this.config), leases: this.leases, dead });
    this.#live = undefined;
    const all = await Promise.all([this.#replaced.end(), current ?? ({ remote: "nothing-to-revoke" } as const)]);
    await before;
    const result = worstEnd(all);
    const { leftUntil } = this.leases;
    if (result.remote !== "nothing-to-revoke" || leftUntil === undefined) return result;
    return worstEnd([{ remote: "not-revoked", expiresAt: leftUntil }]);
  }

  /** Leases and credentials outlive the sessions. */
  keepLeases(): void {
    if (this.#live !== undefined) this.#live.keepLeases();
    this.#replaced.keepLeases();
    this.leases.handOn();
  }

  /** Moves the connection to `expired` if its credentials have expired. */
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
    // After a declined prompt, waiters get `aborted`.
    this.waiters.reject(declined ?? stateError(this.config.name, this.#state));
  }
}
