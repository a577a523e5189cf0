import { SecretError } from "../errors/secret-error.ts";
import { wrap } from "../errors/wrap.ts";
import type { About } from "../lifecycle/about.ts";
import { Fingerprints, lentEnv } from "../lifecycle/fingerprint.ts";
import { programEnvOf } from "../lifecycle/lent.ts";
import { nearest } from "../nearest.ts";
import type { Recognised } from "../provider.ts";
import type { Provider } from "../provider.ts";
import type { Patience } from "../race.ts";
import { isConnectionName } from "../reference/parse.ts";
import type { ConnectionDefinition, Env } from "../vault-api.ts";
import { NamedConnection, type Wired } from "./named-connection.ts";
import { loadPlugin, prepare } from "./prepare.ts";

/** Callers with different credentials may alternate; more than these per name are a mistake, the oldest is closed. */
const PER_NAME = 4;

/** Connections by name. Loads a provider's package when its connection is first used. */
export class Registry {
  readonly #connections = new Map<string, NamedConnection>();
  readonly #env: Env;
  readonly #fingerprints = new Fingerprints();
  readonly #wire: (about: About) => Wired;
  readonly #closing: (wired: Wired) => void;

  constructor(about: {
    connections: Readonly<Record<string, Provider | ConnectionDefinition>>;
    env: Env;
    wire: (about: About) => Wired;
    closing: (wired: Wired) => void;
  }) {
    this.#env = about.env;
    this.#wire = about.wire;
    this.#closing = about.closing;
    for (const [name, source] of Object.entries(about.connections)) {
      if (!isConnectionName(name)) {
        throw new SecretError("invalid_config", "A connection's name is lower-case letters, digits and hyphens.");
      }
      this.#connections.set(name, new NamedConnection(name, source));
    }
  }

  all(): Iterable<NamedConnection> {
    return this.#connections.values();
  }

  get(name: string): NamedConnection | undefined {
    return this.#connections.get(name);
  }

  /** The connection of this name, or `unresolved` with the command that would make it. */
  expect(name: string): NamedConnection {
    const named = this.#connections.get(name);
    if (named !== undefined) return named;
    const near = nearest(name, this.#connections.keys());
    const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
    throw new SecretError("unresolved", `No connection is named ${name}${suggestion}`, {
      reason: "unknown-connection",
      mend: `vaultlink connect <provider> ${name}`,
    });
  }

  /** The connection as `env` sees it, made when it does not exist yet. */
  async wired(named: NamedConnection, wait: Patience, env: Env = this.#env): Promise<Wired> {
    if (env === this.#env && isServed(named)) return named.current;
    named.provider ??= await ("load" in named.source ? wait(() => prepare(named)) : prepare(named));
    if (env === this.#env && isServed(named)) return named.current;
    const { provider, source } = named;
    const lent = lentEnv(provider.ambient, env);
    const fingerprint = this.#fingerprints.of(named.name, provider, "load" in source ? source.options : provider, lent);
    let wired = named.wired.get(fingerprint);
    named.wired.delete(fingerprint);
    wired ??= this.#wire({
      name: named.name,
      provider,
      fingerprint,
      env: lent,
      programEnv: programEnvOf(env),
      onDemand: !named.disconnected,
      maxSessionMs: "load" in source ? (source.maxSession ?? Infinity) * 60_000 : Infinity,
    });
    named.wired.set(fingerprint, wired);
    if (env === this.#env) named.current = wired;
    // Values of the vault's own are handed out without passing here, so its place in line says nothing.
    const oldest = [...named.wired.values()].find((one) => one !== named.current);
    if (named.wired.size > PER_NAME && oldest !== undefined) {
      named.wired.delete(oldest.connection.fingerprint);
      this.#closing(oldest);
    }
    return wired;
  }

  /**
   * Reads a native identifier: the one connection that recognises it. Loads every plugin there is; one that can't be
   * loaded counts only where no other recognises it.
   */
  async recognise(identifier: string): Promise<{ readonly named: NamedConnection; readonly recognised: Recognised }> {
    const found: Array<{ named: NamedConnection; recognised: Recognised }> = [];
    let unloadable: SecretError | undefined;
    for (const named of this.#connections.values()) {
      const plugin = await loadPlugin(named).catch((error: unknown) => {
        unloadable ??= wrap(error);
        return undefined;
      });
      const recognised = plugin?.recognise?.(identifier);
      if (recognised !== undefined && matches(named, recognised)) found.push({ named, recognised });
    }
    const [only] = found;
    if (only === undefined) {
      if (unloadable !== undefined) throw unloadable;
      throw new SecretError("unresolved", "No connection recognises this reference.", {
        reason: "unknown-connection",
        mend: "vaultlink connect --help",
      });
    }
    if (found.length > 1) {
      throw new SecretError("ambiguous", "Several connections recognise this reference; write it connection://path.");
    }
    return only;
  }
}

/** The environment is looked at again when a session has to be opened, not at every read. */
function isServed(named: NamedConnection): named is NamedConnection & { readonly current: Wired } {
  const connection = named.current?.connection;
  return connection !== undefined && (connection.live() !== undefined || connection.state.phase === "opening");
}

function matches({ source }: NamedConnection, { where = {} }: Recognised): boolean {
  const options = "load" in source ? source.options : {};
  return Object.entries(where).every(([name, value]) => options[name] === undefined || options[name] === value);
}
