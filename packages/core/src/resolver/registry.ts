import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { ConnectionConfig } from "../connection/config.ts";
import { worstOf } from "../connection/end-session.ts";
import { declaredEnv } from "../connection/fingerprint.ts";
import { programEnvOf } from "../connection/lent.ts";
import { closestMatch } from "../closest-match.ts";
import type { Provider } from "../contract/provider.ts";
import type { WithinDeadline } from "../async/deadline.ts";
import type { ConnectionDefinition, Env } from "../types.ts";
import { assertConnection } from "./connection-shape.ts";
import { loadPlugin } from "./load-plugin.ts";
import { NamedConnection, type ConnectionHandle } from "./named-connection.ts";
import type { Pool } from "./pool.ts";
import { loadProvider } from "./load-provider.ts";
import { type Found, recogniseBy } from "./recognise.ts";

/** Callers with different credentials may alternate; of those that nobody uses just now so many are kept per definition. */
const PER_DEFINITION = 4;

/** How a connection is to be used. */
export interface Use {
  /** How long to wait for what loads the provider. */
  readonly wait: WithinDeadline;
  /** @default the vault's own */
  readonly env?: Env;
  /** Looks at the environment although a session is there. */
  readonly anew?: boolean;
}

/** Connections by name. Loads a provider's package when its connection is first used. */
export class Registry {
  readonly #connections = new Map<string, NamedConnection>();
  readonly #env: Env;
  readonly #pool: Pool;
  readonly #createHandle: (about: ConnectionConfig) => ConnectionHandle;
  /** Nothing of a connection needs to be remembered. */
  readonly #forget: (fingerprint: string) => void;
  #closed = false;

  constructor(about: {
    connections: Readonly<Record<string, Provider | ConnectionDefinition>>;
    env: Env;
    pool: Pool;
    createHandle: (about: ConnectionConfig) => ConnectionHandle;
    forget: (fingerprint: string) => void;
  }) {
    this.#env = about.env;
    this.#pool = about.pool;
    this.#createHandle = about.createHandle;
    this.#forget = about.forget;
    for (const [name, source] of Object.entries(about.connections)) {
      assertConnection(name, source);
      const definition = this.#pool.fingerprints.definition(source);
      this.#connections.set(name, new NamedConnection(name, source, { definition, handles: this.#pool.of(name) }));
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
   * The connection of this name, or `unresolved`. The command that would make it is told for the scheme of a reference
   * only: what somebody gave as a connection's name could be a secret that was pasted.
   */
  expect(name: string, from: "reference" | "caller" = "reference"): NamedConnection {
    const named = this.#connections.get(name);
    if (named !== undefined) return named;
    const near = closestMatch(name, this.#connections.keys());
    const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
    const shown = from === "reference";
    throw new SecretError("unresolved", `No connection ${shown ? `is named ${name}` : "has this name"}${suggestion}`, {
      reason: "unknown-connection",
      hint: shown ? `vaultlink connect <provider> ${name}` : "vaultlink status",
    });
  }

  /**
   * Lets `work` use the connection as an environment sees it, made when it does not exist yet; it is not closed before
   * `work` ends, unless the vault is. The environment is looked at again when a session has to be opened, and where it is
   * to be seen `anew`; not at every read. Throws `aborted` once the vault was closed.
   */
  async use<Value>(
    named: NamedConnection,
    how: Use,
    work: (handle: ConnectionHandle) => Promise<Value>,
  ): Promise<Value> {
    this.assertOpen();
    const { wait, env = this.#env, anew = false } = how;
    const own = env === this.#env;
    let handle = own && !anew ? served(named) : undefined;
    if (handle === undefined) {
      const provider = await this.provider(named, wait);
      this.assertOpen();
      handle = (own && !anew ? served(named) : undefined) ?? this.#find(named, provider, env);
      // The session of before serves until another is there.
      if (own && (!anew || served(named) === undefined)) named.current = handle;
    }
    handle.users++;
    try {
      this.#trim(named);
      return await work(handle);
    } finally {
      handle.users--;
      this.#trim(named);
    }
  }

  /** The recipe of a connection, made when it is first asked for. */
  async provider(named: NamedConnection, wait: WithinDeadline): Promise<Provider> {
    named.provider ??= await ("load" in named.source ? wait(() => loadProvider(named)) : loadProvider(named));
    return named.provider;
  }

  /** The connection as `env` sees it, if there is one already. */
  known(named: NamedConnection, env: Env = this.#env): ConnectionHandle | undefined {
    if (env === this.#env) return named.current;
    const { handles, provider } = named;
    return provider && handles.get(this.#fingerprint(named, provider, declaredEnv(provider.envVariables, env)));
  }

  /** Makes a connection that has just been opened anew the vault's own; the one before is ended. */
  adopt(named: NamedConnection, handle: ConnectionHandle, env: Env = this.#env): void {
    const { current } = named;
    if (env !== this.#env || current === handle) return;
    named.current = handle;
    if (current !== undefined) this.#replace(named, current);
  }

  /** No connection is made or used from now on. Takes out those that no other view has, to be closed by the caller. */
  close(): readonly ConnectionHandle[] {
    this.#closed = true;
    return this.#pool.leave(this.#connections);
  }

  assertOpen(): void {
    if (this.#closed || this.#pool.closed) throw new SecretError("aborted", "The vault was closed.");
  }

  #find(named: NamedConnection, provider: Provider, env: Env): ConnectionHandle {
    const { source } = named;
    const lent = declaredEnv(provider.envVariables, env);
    const fingerprint = this.#fingerprint(named, provider, lent);
    const known = named.handles.get(fingerprint);
    named.handles.delete(fingerprint);
    const handle =
      known ??
      this.#createHandle({
        name: named.name,
        provider,
        fingerprint,
        definition: named.definition,
        env: lent,
        programEnv: programEnvOf(env),
        onDemand: !named.disconnected,
        maxSessionMs: "load" in source ? (source.maxSession ?? Infinity) * 60_000 : Infinity,
      });
    named.handles.set(fingerprint, handle);
    return handle;
  }

  /** Ends the least recently used connections above the bound. What is in use stays, and so does the vault's own. */
  #trim(named: NamedConnection): void {
    if (named.handles.size <= PER_DEFINITION) return;
    const { own } = named;
    let surplus = own.length - PER_DEFINITION;
    for (const handle of own) {
      if (surplus <= 0) return;
      if (handle.users > 0 || this.#pool.isCurrent(named.name, handle)) continue;
      this.#replace(named, handle);
      surplus--;
    }
  }

  #fingerprint({ definition, name }: NamedConnection, provider: Provider, lent: Env): string {
    return this.#pool.fingerprints.of(name, provider, definition, lent);
  }

  #replace(named: NamedConnection, { connection }: ConnectionHandle): void {
    named.handles.delete(connection.fingerprint);
    const ended = Promise.all([named.remoteEnd, connection.supersede()]).then(worstOf);
    named.remoteEnd = ended;
    void ended.then(() => this.#forget(connection.fingerprint));
  }

  /**
   * Reads a native identifier: the one connection that recognises it. Loads every plugin there is; one that can't be
   * loaded counts only where no other recognises it.
   */
  async parseIdentifier(identifier: string): Promise<Found> {
    const found: Found[] = [];
    let failed: SecretError | undefined;
    for (const named of this.#connections.values()) {
      try {
        const plugin = await loadPlugin(named);
        // A plugin that reads none leaves it to the provider that it makes.
        if (plugin !== undefined && plugin.parseIdentifier === undefined) named.provider ??= await loadProvider(named);
        found.push(...recogniseBy(named, identifier));
      } catch (error) {
        failed ??= toSecretError(error);
      }
    }
    const [only] = found;
    if (only === undefined) {
      if (failed !== undefined) throw failed;
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

  /** The one connection that recognises a native identifier, among those whose plugin is there already. */
  recogniseNow(identifier: string): Found | undefined {
    const found = [...this.#connections.values()].flatMap((named) => {
      try {
        return recogniseBy(named, identifier);
      } catch {
        // What is wrong with it is told by whoever reads.
        return [];
      }
    });
    return found.length === 1 ? found[0] : undefined;
  }
}

/** The vault's own connection, if it has a session or is getting one. */
function served({ current }: NamedConnection): ConnectionHandle | undefined {
  const connection = current?.connection;
  const serves = connection !== undefined && (connection.live() !== undefined || connection.state.phase === "opening");
  return serves ? current : undefined;
}
