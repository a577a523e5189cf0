import { SecretError } from "../errors/secret-error.ts";
import { wrap } from "../errors/wrap.ts";
import type { About } from "../lifecycle/about.ts";
import { Fingerprints, lentEnv } from "../lifecycle/fingerprint.ts";
import { programEnvOf } from "../lifecycle/lent.ts";
import { nearest } from "../nearest.ts";
import type { Provider, Recognised } from "../provider.ts";
import type { Patience } from "../race.ts";
import type { ConnectionDefinition, Env } from "../vault-api.ts";
import { assertConnection } from "./connection-shape.ts";
import { loadPlugin } from "./load-plugin.ts";
import { NamedConnection, type Wired } from "./named-connection.ts";
import { prepare } from "./prepare.ts";

/** Callers with different credentials may alternate; more than these per name are a mistake, the oldest is closed. */
const PER_NAME = 4;

/** A native identifier, and the connection that recognises it. */
interface Found {
  readonly named: NamedConnection;
  readonly recognised: Recognised;
}

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
      assertConnection(name, source);
      this.#connections.set(name, new NamedConnection(name, source));
    }
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
    const near = nearest(name, this.#connections.keys());
    const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
    const shown = from === "reference";
    throw new SecretError("unresolved", `No connection ${shown ? `is named ${name}` : "has this name"}${suggestion}`, {
      reason: "unknown-connection",
      mend: shown ? `vaultlink connect <provider> ${name}` : "vaultlink status",
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
  async recognise(identifier: string): Promise<Found> {
    const found: Found[] = [];
    let failed: SecretError | undefined;
    for (const named of this.#connections.values()) {
      try {
        const plugin = await loadPlugin(named);
        // A plugin that reads none leaves it to the provider that it makes.
        if (plugin !== undefined && plugin.recognise === undefined) named.provider ??= await prepare(named);
        found.push(...recogniseBy(named, identifier));
      } catch (error) {
        failed ??= wrap(error);
      }
    }
    const [only] = found;
    if (only === undefined) {
      if (failed !== undefined) throw failed;
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

/** What a connection makes of an identifier: one, or none. The plugin is asked first, since it is there earlier. */
function recogniseBy(named: NamedConnection, identifier: string): readonly Found[] {
  const { plugin, source } = named;
  const reader = plugin?.recognise === undefined ? ("load" in source ? named.provider : source) : plugin;
  const recognised = reader?.recognise?.(identifier);
  return recognised !== undefined && matches(named, recognised) ? [{ named, recognised }] : [];
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
