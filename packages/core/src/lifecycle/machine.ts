import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { About, Surroundings } from "./about.ts";
import { MOVED } from "../cache/flights.ts";
import { Attempts, type SignIn } from "./attempts.ts";
import type { Budget } from "./budget.ts";
import { explain } from "./explain.ts";
import { farewell, type Farewell, worstOf } from "./farewell.ts";
import { lentBy } from "./lent.ts";
import { Leases } from "./leases.ts";
import { type LiveSession, outlives } from "./live-session.ts";
import { endQuietly, type OpeningAttempt } from "./opening.ts";
import { Replaced } from "./replaced.ts";
import type { Effect, Event, State } from "./state.ts";
import { transition } from "./transition.ts";
import { Timers } from "./timers.ts";
import { Usage } from "./usage.ts";
import { Waiters } from "./waiters.ts";

/** The thin shell around `transition`: it feeds events to it and performs the effects it returns. */
export class Machine {
  readonly about: About;
  readonly waiters: Waiters<LiveSession>;
  readonly usage: Usage;
  /** What reads made the vault create. */
  readonly leases: Leases;
  readonly #around: Surroundings;
  #state: State;
  #live: LiveSession | undefined;
  #lastAttempt = 0;
  #wanted: SignIn | undefined;
  /** When the credentials before these were to lapse, in ms since the epoch, if known. */
  #endedAt: number | undefined;
  #farewell: Promise<Farewell> | undefined;
  readonly #attempts: Attempts;
  readonly #replaced: Replaced;
  readonly #timers: Timers<"aging" | "lapse">;

  constructor(about: About, around: Surroundings, budget: Budget) {
    this.about = about;
    this.#around = around;
    this.#state = { phase: "disconnected", onDemand: about.onDemand };
    this.waiters = new Waiters(around.clock);
    this.usage = new Usage(around.now);
    const { clock, now } = around;
    const lent = lentBy(about);
    this.leases = new Leases({ clock, now, ...lent, current: () => this.#live });
    this.#replaced = new Replaced({ clock, now, ...lent, leases: this.leases });
    this.#timers = new Timers(clock);
    this.#attempts = new Attempts({
      ...{ about, around, budget, usage: this.usage },
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

  dispatch(event: Event, wanted?: SignIn): void {
    const { now, random } = this.#around;
    now.look();
    const before = this.#state;
    if (event.type === "person") this.#wanted = wanted;
    if (event.type === "lapsed" && !event.due && event.serial === this.#live?.serial) this.#live.refused = true;
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
        this.#around.drop(MOVED);
        return this.leases.end();
      case "retire":
        return this.#retire();
      case "detach":
        this.#farewell = this.#sayFarewell();
        return;
      case "abort":
        return this.#attempts.abort(explain(this.about.name, this.#state));
      case "retry-aging":
        return this.#expectAging(effect.serial, effect.inMs);
      case "wake":
        return this.#wake(effect.declined);
    }
  }

  #adopt(attempt: number): void {
    this.#live = this.#attempts.take(attempt);
    this.#around.forgetRefusals();
    if (this.#live === undefined) return;
    this.leases.resume();
    // The same credentials again, found where they were found before: opening once more would bring them a third time.
    this.#expectLapse(this.#live, outlives(this.#live.expiresAt, this.#endedAt));
  }

  #extend(attempt: number): void {
    const brought = this.#attempts.renewal(attempt);
    if (this.#live === undefined || brought === undefined) return;
    const since = this.#around.now.moment();
    const { state } = this;
    if (state.phase === "ready" && state.serial === attempt) {
      this.#live = this.#live.renewedAs(attempt, since, brought);
      this.#around.forgetRefusals();
    } else this.#live.extend(since, brought);
    this.#expectLapse(this.#live, true);
  }

  /** A session that opened after its attempt was given up changes nothing and is ended. */
  #discard(attempt: number): void {
    const live = this.#attempts.take(attempt);
    if (live !== undefined) void endQuietly(live.session, { clock: this.#around.clock, ...lentBy(this.about) });
  }

  #expectLapse(live: LiveSession, replaceable: boolean): void {
    const { lifeMs, renewInMs, serial } = live;
    this.#timers.clear();
    if (replaceable && renewInMs !== undefined) this.#expectAging(serial, renewInMs);
    if (lifeMs !== undefined) this.#timers.set("lapse", lifeMs, () => this.checkLapse());
  }

  #expectAging(serial: number, inMs: number): void {
    this.#timers.set("aging", inMs, () => {
      // Nobody has read since: whoever reads next has it renewed, or opened.
      if (this.#live?.isIdle(() => this.#age(serial)) !== true) this.#age(serial);
    });
  }

  #age(serial: number): void {
    this.dispatch({ type: "aging", serial, renewable: this.#live?.renewable ?? false });
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
  async #sayFarewell(): Promise<Farewell> {
    const live = this.#live;
    const before = this.#farewell;
    const { clock, now } = this.#around;
    this.#timers.clear();
    const dead = live?.isDead(now) ?? false;
    const current = live && farewell(live, { clock, ...lentBy(this.about), leases: this.leases, dead });
    this.#live = undefined;
    const all = await Promise.all([this.#replaced.end(), current ?? ({ remote: "nothing-to-revoke" } as const)]);
    await before;
    const said = worstOf(all);
    const { leftUntil } = this.leases;
    if (said.remote !== "nothing-to-revoke" || leftUntil === undefined) return said;
    return worstOf([{ remote: "not-revoked", expiresAt: leftUntil }]);
  }

  /** Nothing ends at the vault with its sessions. */
  spare(): void {
    if (this.#live !== undefined) this.#live.spared = true;
    this.#replaced.spare();
    this.leases.handOn();
  }

  /** Moves the connection when its credentials have reached their end. */
  checkLapse(): void {
    const { now } = this.#around;
    now.look();
    if (this.#live?.lapsed(now) !== true) return;
    const error = new SecretError("unauthenticated", "The credentials have expired.");
    this.dispatch({ type: "lapsed", serial: this.#live.serial, error, due: true });
  }

  #wake(declined: SecretError | undefined): void {
    if (this.#state.phase === "ready" && this.#live !== undefined) return this.waiters.resolve(this.#live);
    if (this.#state.phase === "opening") return;
    // A person who declined is no state to explain: those who waited are told just that.
    this.waiters.reject(declined ?? explain(this.about.name, this.#state));
  }
}
