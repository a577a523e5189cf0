import type * as crypto from "node:crypto";
import type { Provider } from "../contract/provider.ts";
import type { Env } from "../types.ts";

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

  /**
   * Names a connection's configuration and the ambient values it sees: what differs in any of them is another
   * connection. `options` are the validated ones, or the provider itself where it was passed by hand.
   */
  of(connection: string, provider: Provider, options: object, lent: Env): string {
    const parts = [connection, provider.name, String(provider.specVersion)];
    parts.push(options === provider ? `object ${this.#serial(provider)}` : canonicalJson(options));
    for (const name of Object.keys(lent).toSorted()) parts.push(name, lent[name] ?? "");
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
