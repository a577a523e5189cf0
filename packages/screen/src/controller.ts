import { createPrompter } from "./prompter.ts";
import type { Overview, ScreenSource } from "./source.ts";
import { reduce } from "./state/reduce.ts";
import type { Effect, Event, ScreenState } from "./state/state.ts";

/** Time, injected so that tests need not wait. */
export interface ScreenClock {
  /** Ms since the epoch. */
  now(): number;
  /** Calls back after so many ms; returns what stops it. */
  after(ms: number, work: () => void): () => void;
}

/** What the window may do outside of itself. */
export interface ControllerParts {
  readonly source: ScreenSource;
  readonly clock: ScreenClock;
  /** Hands a text to the clipboard; absent where the terminal cannot. */
  readonly copy?: ((text: string) => void) | undefined;
  readonly clearClipboard: () => void;
  readonly setMouse: (on: boolean) => void;
  readonly openPage: (url: string) => Promise<void>;
  readonly quit: () => void;
}

/** How long changes are collected before everything is read again, in ms. */
const COLLECT_MS = 100;

const NO_CLIPBOARD = "This terminal has no clipboard that programs may fill.";

/** Holds the state, and does what it leads to. */
export class Controller {
  readonly #parts: ControllerParts;
  readonly #listeners = new Set<() => void>();
  #state: ScreenState;
  /** What is under way, to be cancelled. */
  #running: AbortController | undefined;
  #answer: ((text: string) => void) | undefined;
  #isLoading = false;
  #isOutdated = false;

  constructor(state: ScreenState, parts: ControllerParts) {
    this.#state = state;
    this.#parts = parts;
  }

  readonly current = (): ScreenState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Takes an event, and does what it leads to. */
  readonly dispatch = (event: Event): void => {
    if (this.#state.ended) return;
    const { state, effects } = reduce(this.#state, event);
    const isChanged = state !== this.#state;
    this.#state = state;
    if (isChanged) for (const listener of this.#listeners) listener();
    for (const effect of effects) this.#perform(effect);
  };

  /** Gives up what is under way. */
  stop(): void {
    this.#running?.abort();
  }

  /** Reads everything anew: once, whatever asks for it meanwhile. */
  load(): void {
    if (this.#isLoading) {
      this.#isOutdated = true;
      return;
    }
    this.#isLoading = true;
    void this.#load();
  }

  async #load(): Promise<void> {
    const { source, clock } = this.#parts;
    try {
      const overview: Overview = await source.overview();
      this.dispatch({ kind: "loaded", overview, nowMs: clock.now() });
    } catch (error) {
      this.#tellUnread(error);
    }
    clock.after(COLLECT_MS, () => {
      this.#isLoading = false;
      if (!this.#isOutdated) return;
      this.#isOutdated = false;
      this.load();
    });
  }

  #perform(effect: Effect): void {
    const { source, clock, ...own } = this.#parts;
    switch (effect.kind) {
      case "load":
        return this.load();
      case "details":
        return this.#look(source.details(effect.name), (details) => ({ kind: "details", name: effect.name, details }));
      case "reveal":
        return this.#run(async (signal) => {
          const text = await source.value(effect.name, signal);
          return { kind: "value", name: effect.name, text, nowMs: clock.now() };
        });
      case "copy":
        return this.#copy(effect.name);
      case "clear-clipboard":
        return own.clearClipboard();
      case "list":
        return this.#listChoices(async (signal) => {
          const { connection, prefix } = effect;
          return { kind: "entries", connection, prefix, entries: await source.entries(connection, prefix, signal) };
        });
      case "fields":
        return this.#listChoices(async (signal) => {
          const { reference } = effect;
          return { kind: "fields", reference, entries: await source.fields(reference, signal) };
        });
      case "verify":
        return this.#run(async (signal) => {
          return { kind: "verified", effect, verified: await source.verify(effect.reference, signal) };
        });
      case "link":
        return this.#do(source.link(effect.name, effect.reference), () => `${effect.name} is linked.`);
      case "relink":
        return this.#do(
          source.relink(effect.name, effect.reference),
          () => `${effect.name} now stands for ${effect.reference}.`,
        );
      case "unlink":
        return this.#do(source.unlink(effect.name), () => `${effect.name} is no longer linked.`);
      case "reset":
        return this.#do(
          source.reset(effect.scope),
          (dropped) => `Values dropped: ${dropped}. The next read asks the vault.`,
        );
      case "ttl":
        return this.#do(source.setTtl(effect.text), (ttl) =>
          ttl === 0 ? "Values are not kept from now on." : `Values are kept for ${ttl} minutes from now on.`,
        );
      case "sign-in":
        return this.#signIn(effect.connection);
      case "answer":
        return this.#answer?.(effect.text);
      case "copy-page":
        return this.#copyPage(effect.page);
      case "cancel":
        return this.stop();
      case "disconnect":
        return this.#do(
          source.disconnect(effect.connection),
          ({ dropped, remote }) =>
            `${effect.connection} is disconnected. Values dropped: ${dropped}. At the vault: ${remote}.`,
        );
      case "mouse":
        return own.setMouse(effect.on);
      case "quit":
        this.stop();
        return own.quit();
    }
  }

  /** Does something that can be cancelled: what comes of it afterwards counts no more. */
  #run(work: (signal: AbortSignal) => Promise<Event>): void {
    const running = new AbortController();
    this.#running = running;
    work(running.signal).then(
      (event) => {
        if (!running.signal.aborted) this.dispatch(event);
      },
      (error: unknown) => {
        if (!running.signal.aborted) this.#fail(error);
      },
    );
  }

  #do<Result>(work: Promise<Result>, tell: (result: Result) => string): void {
    this.#run(async () => ({ kind: "done", text: tell(await work) }));
  }

  /** Looks at something; a failure is told and ends nothing else. */
  #look<Result>(work: Promise<Result>, told: (result: Result) => Event): void {
    work.then(
      (result) => this.dispatch(told(result)),
      (error: unknown) => this.#tellUnread(error),
    );
  }

  /** Lists what a picker offers; a failure is told in the picker. */
  #listChoices(work: (signal: AbortSignal) => Promise<Event>): void {
    const running = new AbortController();
    this.#running = running;
    work(running.signal).then(
      (event) => this.dispatch(event),
      (error: unknown) => this.dispatch({ kind: "unlisted", problem: this.#parts.source.describe(error) }),
    );
  }

  #copy(name: string): void {
    const { source, clock, copy } = this.#parts;
    if (copy === undefined) {
      this.dispatch({ kind: "failed", problem: { message: NO_CLIPBOARD } });
      return;
    }
    this.#run(async (signal) => {
      const text = await source.value(name, signal);
      if (!signal.aborted) copy(text);
      return { kind: "copied", name, nowMs: clock.now() };
    });
  }

  #copyPage(page: string): void {
    const { copy } = this.#parts;
    copy?.(page);
    const text = copy === undefined ? NO_CLIPBOARD : "The address was handed to the clipboard.";
    this.dispatch({ kind: "told", text });
  }

  #signIn(connection: string): void {
    const { source, openPage } = this.#parts;
    this.#run(async (signal) => {
      const { prompter, answer } = createPrompter({ dispatch: this.dispatch, openPage, signal });
      this.#answer = answer;
      const { identity } = await source.signIn(connection, prompter, signal);
      return { kind: "done", text: `${connection}: signed in${identity === undefined ? "" : ` as ${identity}`}.` };
    });
  }

  /** Ends nothing: what is under way goes on. */
  #tellUnread(error: unknown): void {
    this.dispatch({ kind: "unread", problem: this.#parts.source.describe(error) });
  }

  #fail(error: unknown): void {
    this.dispatch({ kind: "failed", problem: this.#parts.source.describe(error) });
  }
}
