import { SecretError } from "../src/errors/secret-error.ts";
import type { Context, Locator, Provider, SecretDocument, Session } from "../src/contract/provider.ts";

type Held = SecretDocument["value"] | { readonly document: SecretDocument } | Error;

/** A call that waits for the test to answer it. */
export interface Pending<Value> {
  readonly context: Context;
  respond(value: Value): void;
  fail(error: unknown): void;
}

export interface Opening extends Pending<Partial<Session>> {
  /** Whether a person was lent. */
  readonly person: boolean;
}

export interface Reading extends Pending<SecretDocument["value"] | { readonly document: SecretDocument }> {
  readonly path: string;
  readonly locator: Locator;
}

export interface Batching extends Pending<ReadonlyArray<PromiseSettledResult<SecretDocument>>> {
  readonly paths: readonly string[];
}

/**
 * A vault at the other end, scripted. What it holds it answers at once; with `byHand` a read waits until the test lands
 * it, with `opensByHand` a login does.
 */
export class Remote {
  /** What it holds, by path. An error is thrown; what is absent is `not_found`. */
  readonly holds: Map<string, Held> = new Map();
  readonly opens: Opening[] = [];
  readonly reads: Reading[] = [];
  readonly batches: Batching[] = [];
  /** What was done to sessions, in order: `close A`, `revoke A`, `release lease-1`. */
  readonly log: string[] = [];
  byHand = false;
  opensByHand = false;
  /** What the next login brings; an error is a refusal. */
  login: Partial<Session> | Error = { identity: "A" };
  envVariables: readonly string[] = [];
  /** Asks the person, if one is there, before it opens. */
  asks = false;

  get provider(): Provider {
    return {
      specVersion: 1,
      name: "scripted",
      envVariables: this.envVariables,
      open: (context) => this.#open(context),
    };
  }

  /** The paths of all single reads so far. */
  get asked(): readonly string[] {
    return this.reads.map(({ path }) => path);
  }

  /** The last login that was sent. */
  get opening(): Opening {
    return last(this.opens);
  }

  /** The last read that was sent. */
  get reading(): Reading {
    return last(this.reads);
  }

  /** A session as this vault makes them: `read` answers from `holds`. */
  session(over: Partial<Session> = {}): Session {
    const who = over.identity ?? "nobody";
    return {
      read: (locator, context) => this.#read(locator, context),
      close: async () => void this.log.push(`close ${who}`),
      ...over,
    };
  }

  /** A session that can read many at once. */
  batching(over: Partial<Session> = {}): Partial<Session> {
    return { identity: "A", readMany: (locators, context) => this.#readMany(locators, context), ...over };
  }

  async #open(context: Context): Promise<Session> {
    const { prompter } = context;
    const settled = Promise.withResolvers<Partial<Session>>();
    const person = prompter !== undefined;
    this.opens.push({ context, person, respond: settled.resolve, fail: settled.reject });
    if (this.asks) await prompter?.ask({ label: "Token", secret: true });
    if (!this.opensByHand) settleWith(settled, this.login);
    return this.session(await settled.promise);
  }

  async #read(locator: Locator, context: Context): Promise<SecretDocument> {
    const settled = Promise.withResolvers<Exclude<Held, Error>>();
    const { path } = locator;
    this.reads.push({ context, locator, path, respond: settled.resolve, fail: settled.reject });
    if (!this.byHand) settleWith<Exclude<Held, Error>>(settled, this.#held(path));
    return documentOf(await settled.promise);
  }

  async #readMany(
    locators: readonly Locator[],
    context: Context,
  ): Promise<ReadonlyArray<PromiseSettledResult<SecretDocument>>> {
    const settled = Promise.withResolvers<ReadonlyArray<PromiseSettledResult<SecretDocument>>>();
    const paths = locators.map(({ path }) => path);
    this.batches.push({ context, paths, respond: settled.resolve, fail: settled.reject });
    if (!this.byHand) settled.resolve(paths.map((path) => outcomeOf(this.#held(path))));
    return settled.promise;
  }

  #held(path: string): Held {
    return this.holds.get(path) ?? failure("not_found");
  }
}

/** A failure as a provider reports it. */
export function failure(
  code: ConstructorParameters<typeof SecretError>[0],
  details?: ConstructorParameters<typeof SecretError>[2],
): SecretError {
  return new SecretError(code, `The test's ${code}.`, details);
}

/** One outcome of a batch. */
export function outcomeOf(held: Held): PromiseSettledResult<SecretDocument> {
  return held instanceof Error
    ? { status: "rejected", reason: held }
    : { status: "fulfilled", value: documentOf(held) };
}

function documentOf(held: Exclude<Held, Error>): SecretDocument {
  return typeof held === "object" && "document" in held && !(held instanceof Uint8Array)
    ? (held.document as SecretDocument)
    : { value: held };
}

function settleWith<Value>(settled: PromiseWithResolvers<Value>, outcome: Value | Error): void {
  if (outcome instanceof Error) settled.reject(outcome);
  else settled.resolve(outcome);
}

function last<Item>(items: readonly Item[]): Item {
  const item = items.at(-1);
  if (item === undefined) throw new Error("The vault was not asked yet.");
  return item;
}
