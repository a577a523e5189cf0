import { SecretError } from "../errors/secret-error.ts";
import type { OptionsSchema } from "../contract/plugin.ts";

/** What to throw for configuration that cannot be meant. `hint` is what helps. The message must not quote a value. */
export function invalidConfig(message: string, hint?: string): SecretError {
  return new SecretError("invalid_config", message, hint === undefined ? {} : { hint });
}

/** What to throw for a reference that can name nothing in the vault. The message must not quote it. */
export function invalidReference(message: string): SecretError {
  return new SecretError("invalid_reference", message);
}

/** Throws `invalid_config` with the first thing that the schema finds wrong. Shows no value. */
export function checkSchema<Options extends object>(schema: OptionsSchema<Options>, options: unknown): void {
  const result = schema["~standard"].validate(options);
  if (result instanceof Promise) throw invalidConfig("The options could not be checked.");
  if (result.issues) throw invalidConfig(result.issues[0]?.message ?? "The options are not valid.");
}

/**
 * Throws `invalid_config` for an option of `auth` that the method does not take: it would be ignored. `takes` names what
 * the method takes beside `method`.
 */
export function checkTaken(auth: object, method: string, takes: readonly string[]): void {
  for (const [name, held] of Object.entries(auth)) {
    if (name === "method" || held === undefined || takes.includes(name)) continue;
    throw invalidConfig(`Option "auth.${name}" is not for the method "${method}".`);
  }
}

/** Whether a path means the same wherever the process was started. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(path);
}

/** Throws `invalid_config` for an option that holds a relative path. With `home` a path may begin with `~/`. */
export function checkPathOption(
  name: string,
  path: string | undefined,
  { home = false }: { readonly home?: boolean } = {},
): void {
  if (path === undefined || isAbsolutePath(path) || (home && path.startsWith("~/"))) return;
  throw invalidConfig(`Option "${name}" must be an absolute path${home ? ", or begin with ~/" : ""}.`);
}

/**
 * Throws `invalid_config` for an option whose name ends in `File` and that holds a relative path. `group` is what the
 * options are in, e.g. `"auth"`; with `home` a path may begin with `~/`.
 */
export function checkFileOptions(group: string, options: object, where: { readonly home?: boolean } = {}): void {
  for (const [name, held] of Object.entries(options)) {
    if (name.endsWith("File") && typeof held === "string") checkPathOption(`${group}.${name}`, held, where);
  }
}
