import type * as crypto from "node:crypto";
import type { Clock, SampledClock } from "../time/clock.ts";
import type { Provider } from "../contract/provider.ts";
import type { ConnectionDefinition, Env } from "../types.ts";

/** The part of the caller's environment that each `Context` of a connection contains. */
export interface ContextEnv {
  /** The variables that the provider declared, and no others. */
  readonly env: Env;
  /** All variables but our own, for programs started for credentials. */
  readonly programEnv: Env;
}

export interface ConnectionConfig extends ContextEnv {
  readonly name: string;
  readonly provider: Provider;
  readonly fingerprint: string;
  /** What it is configured with, whatever the environment; see `Fingerprints.definition`. */
  readonly definition: string;
  /** Whether a read may open it. */
  readonly onDemand: boolean;
  readonly maxSessionMs: number;
}

/** What a connection needs of the vault it belongs to. */
export interface ConnectionDependencies {
  readonly clock: Clock;
  readonly now: SampledClock;
  readonly random: () => number;
  readonly openMs: number;
  readonly interactiveOpenMs: number;
  readonly attemptMs: number;
  /** Drops the connection's documents and ends its reads, as `Cache.dropConnection`. Returns how many went. */
  readonly drop: (error?: unknown) => number;
  /** The vault may answer differently now: forgets its refusals. */
  readonly clearNegativeCache: () => void;
}

/** All variables but our own, for programs started for credentials. They are no part of a connection's fingerprint. */
export function programEnvOf(env: Env): Env {
  // On Windows, names are case-insensitive.
  const others = Object.keys(env).filter((name) => !name.toUpperCase().startsWith("VAULTLINK_"));
  return Object.fromEntries(others.map((name) => [name, env[name]]));
}

/** Only the environment out of something that has one. */
export function contextEnv({ env, programEnv }: ContextEnv): ContextEnv {
  return { env, programEnv };
}

/** Makes definitions, and fingerprints: HMACs under a random key, meaningless outside this process. */
export class Fingerprints {
  #key: Buffer | undefined;
  readonly #objects = new WeakMap<object, number>();
  #lastObject = 0;

  /**
   * Identifies what a connection is configured with; a provider that no plugin made is identified as an object. The options
   * stand in it as they are: it is kept no longer than they are, and shown nowhere. A digest would have every program load
   * `node:crypto` that only lists its connections.
   */
  definition(source: Provider | ConnectionDefinition): string {
    if (!("load" in source)) return `object ${this.#serial(source)}`;
    const { provider, options, maxSession = null, revision = null } = source;
    return `${provider} ${canonicalJson({ options, maxSession, revision })}`;
  }

  /**
   * Identifies a connection: its definition and the environment variables it sees. A difference in any of them makes
   * another connection.
   */
  of(connection: string, provider: Provider, definition: string, env: Env): string {
    const parts = [connection, provider.name, String(provider.specVersion), definition];
    for (const name of Object.keys(env).toSorted()) parts.push(name, env[name] ?? "");
    return this.#digest(parts);
  }

  #digest(parts: readonly string[]): string {
    // Loading it takes longer than loading core, and not every program that imports core has a connection.
    const { createHmac, randomBytes }: typeof crypto = process.getBuiltinModule("node:crypto");
    const hmac = createHmac("sha256", (this.#key ??= randomBytes(32)));
    for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
    return hmac.digest("base64url");
  }

  #serial(provider: object): number {
    let serial = this.#objects.get(provider);
    if (serial === undefined) this.#objects.set(provider, (serial = ++this.#lastObject));
    return serial;
  }
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) =>
    typeof held === "object" && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}
