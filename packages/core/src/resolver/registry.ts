import type { WithinDeadline } from "../async/deadline.ts";
import { closestMatch } from "../closest-match.ts";
import { type ConnectionConfig, programEnvOf } from "../connection/config.ts";
import type { ParsedIdentifier, Provider } from "../contract/provider.ts";
import { upgradeProvider } from "../contract/versions.ts";
import { isPlainName, SecretError, toSecretError } from "../errors/secret-error.ts";
import { declaredEnv } from "../provider-kit/environment.ts";
import type { ConnectionDefinition, Env } from "../types.ts";
import { assertConnection } from "./load-provider.ts";
import type { ConnectionHandle } from "./connection-handle.ts";
import { NamedConnection } from "./named-connection.ts";
import type { Pool } from "./pool.ts";

/** A vault's own identifier, and the one connection that recognises it. */
export interface IdentifiedConnection {
  readonly named: NamedConnection;
  readonly parsed: ParsedIdentifier;
}

/** How a connection is to be used. */
export interface ConnectionUse {
  /** Bounds the loading of the provider. */
  readonly wait: WithinDeadline;
  /** @default the vault's own */
  readonly env?: Env;
  /** Takes the environment as it is now, even if there is a session. */
  readonly anew?: boolean;
}

/** Connections by name. Loads a provider's package when its connection is first used. */
export class Registry {
  readonly #connections = new Map<string, NamedConnection>();
  readonly #env: Env;
  readonly #pool: Pool;
  readonly #createHandle: (config: ConnectionConfig) => ConnectionHandle;
  readonly #forget: (fingerprint: string) => void;
  #closed = false;

  constructor(parts: {
    readonly connections: Readonly<Record<string, Provider | ConnectionDefinition>>;
    readonly env: Env;
    readonly pool: Pool;
    readonly createHandle: (config: ConnectionConfig) => ConnectionHandle;
    /** Called when a connection is gone for good. */
    readonly forget: (fingerprint: string) => void;
  }) {
    this.#env = parts.env;
    this.#pool = parts.pool;
    this.#createHandle = parts.createHandle;
    this.#forget = parts.forget;
    for (const [name, source] of Object.entries(parts.connections)) {
      assertConnection(name, source);
      const definition = this.#pool.fingerprints.definition(source);
      const current = "load" in source ? source : upgradeProvider(source);
      const shared = { handles: this.#pool.of(name), loaded: this.#pool.loaded(name, definition) };
      this.#connections.set(name, new NamedConnection(name, current, { definition, ...shared }));
    }
    this.#pool.enter(this.#connections);
  }

  all(): Iterable<NamedConnection> {
    return this.#connections.values();
  }

  get(name: string): NamedConnection | undefined {
    return this.#connections.get(name);
  }

  /**
   * The connection of this name, or `unresolved`. The name is repeated only if it is the scheme of a reference: what a
   * caller gave as a connection's name could be a secret that was pasted.
   */
  expect(name: string, from: "reference" | "caller" = "reference"): NamedConnection {
    const named = this.#connections.get(name);
    if (named !== undefined) return named;
    const near = closestMatch(name, this.#connections.keys());
    const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
    const shown = from === "reference";
    throw new SecretError("unresolved", `No connection ${shown ? `is named ${name}` : "has this name"}${suggestion}`, {
      reason: "unknown-connection",
      hint: shown ? "vaultlink connect" : "vaultlink status",
    });
  }

  /**
   * Lets `work` use the connection under an environment; it is created if there is none yet, and not closed before `work`
   * ends, unless the vault is. The environment is read again when a session has to be opened, and with `anew`; not at
   * every read. Throws `aborted` once the vault is closed.
   */
  async use<Value>(
    named: NamedConnection,
    { wait, env = this.#env, anew = false }: ConnectionUse,
    work: (handle: ConnectionHandle) => Promise<Value>,
  ): Promise<Value> {
    const { handle, release } = await this.#acquire(named, { wait, env, anew });
    try {
      return await work(handle);
    } finally {
      release();
    }
  }

  /** As `use`, for work that yields as it goes on; the caller's leaving ends it, too. */
  async *stream<Item>(
    named: NamedConnection,
    { wait, env = this.#env, anew = false }: ConnectionUse,
    work: (handle: ConnectionHandle) => AsyncGenerator<Item, void, undefined>,
  ): AsyncGenerator<Item, void, undefined> {
    const { handle, release } = await this.#acquire(named, { wait, env, anew });
    try {
      yield* work(handle);
    } finally {
      release();
    }
  }

  /** The connection under an environment, if there is one already, of this view or of another that defines it alike. */
  known(named: NamedConnection, env: Env = this.#env): ConnectionHandle | undefined {
    if (env === this.#env && named.current !== undefined) return named.current;
    const { provider } = named;
    return provider && named.find(this.#fingerprint(named, provider, declaredEnv(provider.envVariables, env)));
  }

  /** Makes a connection that has just been opened anew the vault's own; the previous one is ended. */
  adopt(named: NamedConnection, handle: ConnectionHandle, env: Env = this.#env): void {
    const { current } = named;
    if (env !== this.#env || current === handle) return;
    named.setCurrent(handle);
    if (current !== undefined) this.#replace(named, current);
  }

  /** No connection is created or used from now on. Takes out those that no other view has, to be closed by the caller. */
  close(): readonly ConnectionHandle[] {
    this.#closed = true;
    return this.#pool.leave(this.#connections);
  }

  assertOpen(): void {
    if (this.#closed || this.#pool.closed) throw new SecretError("aborted", "The vault was closed.");
  }

  /**
   * Parses a vault's own identifier, e.g. an ARN: the one connection that recognises it. Loads every plugin; one that
   * cannot be loaded counts only if no other recognises it. Throws `unresolved` for none and `ambiguous` for several.
   */
  async parseIdentifier(identifier: string): Promise<IdentifiedConnection> {
    const found: IdentifiedConnection[] = [];
    let failure: SecretError | undefined;
    for (const named of this.#connections.values()) {
      try {
        const parsed = await named.parseIdentifier(identifier);
        if (parsed !== undefined) found.push({ named, parsed });
      } catch (error) {
        failure ??= toSecretError(error);
      }
    }
    const [only] = found;
    if (only === undefined) {
      if (failure !== undefined) throw failure;
      this.#expectPlace(identifier);
      throw new SecretError("unresolved", "No connection recognises this reference.", {
        reason: "unknown-connection",
        hint: "vaultlink connect --help",
      });
    }
    if (found.length > 1) {
      throw new SecretError("ambiguous", "Several connections recognise this reference; write it connection://path.");
    }
    return only;
  }

  /** As `parseIdentifier`, with the plugins that are loaded already; `undefined` instead of an error. */
  parseIdentifierNow(identifier: string): IdentifiedConnection | undefined {
    const found = [...this.#connections.values()].flatMap((named) => {
      try {
        const parsed = named.parseIdentifierNow(identifier);
        return parsed === undefined ? [] : [{ named, parsed }];
      } catch {
        // A read reports what is wrong with it.
        return [];
      }
    });
    return found.length === 1 ? found[0] : undefined;
  }

  /** The connection under an environment, created if there is none yet, in use until `release` is called. */
  async #acquire(
    named: NamedConnection,
    { wait, env, anew }: Required<ConnectionUse>,
  ): Promise<{ readonly handle: ConnectionHandle; readonly release: () => void }> {
    this.assertOpen();
    const own = env === this.#env;
    let handle = own && !anew ? named.serving : undefined;
    if (handle === undefined) {
      const provider = await named.loadProvider(wait);
      this.assertOpen();
      handle = (own && !anew ? named.serving : undefined) ?? this.#handle(named, provider, env);
      // The previous session serves until there is another.
      if (own && (!anew || named.serving === undefined)) named.setCurrent(handle);
    }
    const free = handle.acquire();
    this.#trim(named);
    const release = (): void => {
      free();
      this.#trim(named);
    };
    return { handle, release };
  }

  /** Throws `unresolved` for an identifier of another place than the connections to its kind of vault are for. */
  #expectPlace(identifier: string): void {
    for (const named of this.#connections.values()) {
      const mismatches = named.mismatchesNow(identifier);
      if (mismatches.length === 0) continue;
      const what = mismatches.map((option) => (isPlainName(option) ? option : "…")).join(", ");
      throw new SecretError("unresolved", `It is not where the connection ${named.name} reads: ${what} differs.`, {
        reason: "mismatch",
        hint: "Connect that place under another name: vaultlink connect",
      });
    }
  }

  #handle(named: NamedConnection, provider: Provider, programEnv: Env): ConnectionHandle {
    const { definition, name, source } = named;
    const env = declaredEnv(provider.envVariables, programEnv);
    const fingerprint = this.#fingerprint(named, provider, env);
    return named.handle(fingerprint, () =>
      this.#createHandle({
        ...{ name, provider, fingerprint, definition, env },
        programEnv: programEnvOf(programEnv),
        onDemand: !named.disconnected,
        maxSessionMs: "load" in source ? (source.maxSession ?? Infinity) * 60_000 : Infinity,
      }),
    );
  }

  /** Ends the connections above the limit. */
  #trim(named: NamedConnection): void {
    const surplus = named.surplus((handle) => this.#pool.isCurrent(named.name, handle));
    for (const handle of surplus) this.#replace(named, handle);
  }

  #fingerprint({ definition, name }: NamedConnection, provider: Provider, env: Env): string {
    return this.#pool.fingerprints.of(name, provider, definition, env);
  }

  #replace(named: NamedConnection, handle: ConnectionHandle): void {
    void named.replace(handle).then(() => this.#forget(handle.connection.fingerprint));
  }
}
