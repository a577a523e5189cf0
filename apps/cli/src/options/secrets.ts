import { type Plugin, SecretError } from "@vaultlink/core";
import { fieldsOf } from "./fields.ts";

/** A value by the keys that lead to it; `undefined` where there is none. */
export function at(options: unknown, path: readonly string[]): unknown {
  let held = options;
  for (const key of path) {
    if (typeof held !== "object" || held === null || !Object.hasOwn(held, key)) return undefined;
    held = (held as Readonly<Record<string, unknown>>)[key];
  }
  return held;
}

/** A copy with a value set. */
export function put(options: Readonly<Record<string, unknown>>, path: readonly string[], value: unknown): Options {
  const [key = "", ...rest] = path;
  const inner = Object.hasOwn(options, key) ? options[key] : undefined;
  const group = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as Options) : {};
  return { ...options, [key]: rest.length === 0 ? value : put(group, rest, value) };
}

/** A copy without a value. */
export function remove(options: Options, [key = "", ...rest]: readonly string[]): Options {
  const { [key]: held, ...others } = options;
  if (rest.length === 0 || typeof held !== "object" || held === null || Array.isArray(held)) return others;
  return { ...options, [key]: remove(held as Options, rest) };
}

export type Options = Readonly<Record<string, unknown>>;

/** Throws `invalid_config`, naming only the key, if a definition in a file holds what belongs in no file: a credential. */
export function refuseSecrets(plugin: Plugin, options: Options, where: string): void {
  const found = fieldsOf(plugin).find(({ secret, path }) => secret && at(options, path) !== undefined);
  if (found === undefined) return;
  throw new SecretError("invalid_config", `${where} holds the credential "${found.path.join(".")}"; no file may.`, {
    hint: "Remove it from the file, replace it at the vault, and give the new one when asked",
  });
}
