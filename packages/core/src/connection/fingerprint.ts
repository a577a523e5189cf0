import type * as crypto from "node:crypto";
import type { Provider } from "../contract/provider.ts";
import type { ConnectionDefinition, Env } from "../types.ts";

/** The variables a provider declared, and nothing else of the environment. A final `*` makes a prefix. */
export function declaredEnv(envVariables: readonly string[] | undefined, env: Env): Env {
  const lent = Object.create(null) as Record<string, string>;
  const lend = (name: string): void => {
    const value = env[name];
    if (value !== undefined) lent[name] = value;
  };
  const prefixes: string[] = [];
  for (const pattern of envVariables ?? []) {
    if (pattern.endsWith("*")) prefixes.push(pattern.slice(0, -1));
    else lend(pattern);
  }
  if (prefixes.length === 0) return lent;
  // By name, in one pass: every value of `process.env` is asked of the system.
  for (const name of Object.keys(env)) if (prefixes.some((prefix) => name.startsWith(prefix))) lend(name);
  return lent;
}

/** Makes fingerprints that mean nothing outside this process: an HMAC under a random key. */
export class Fingerprints {
  // Loading it takes longer than loading all of core, and a program that imports core may never open a connection.
  readonly #crypto: typeof crypto = process.getBuiltinModule("node:crypto");
  readonly #key: Buffer = this.#crypto.randomBytes(32);
  readonly #objects = new WeakMap<object, number>();
  #lastObject = 0;

  /** Names what a connection is configured with; a provider that was passed by hand stands for itself. */
  definition(source: Provider | ConnectionDefinition): string {
    if (!("load" in source)) return `object ${this.#serial(source)}`;
    const { provider, options, maxSession = null } = source;
    return this.#digest([provider, canonicalJson({ options, maxSession })]);
  }

  /** Names a connection: its definition and the ambient values it sees. What differs in any of them is another one. */
  of(connection: string, provider: Provider, definition: string, lent: Env): string {
    const parts = [connection, provider.name, String(provider.specVersion), definition];
    for (const name of Object.keys(lent).toSorted()) parts.push(name, lent[name] ?? "");
    return this.#digest(parts);
  }

  #digest(parts: readonly string[]): string {
    const hmac = this.#crypto.createHmac("sha256", this.#key);
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
