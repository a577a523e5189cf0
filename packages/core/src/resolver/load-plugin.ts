import { isSecretError, SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { Plugin } from "../contract/plugin.ts";
import type { ConnectionDefinition } from "../types.ts";
import type { NamedConnection } from "./named-connection.ts";
import { aboutProvider, assertPlugin } from "./plugin-shape.ts";

/** https://docs.npmjs.com/package-name-guidelines */
const PACKAGE = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*/i;

/** The plugin of a configured connection, imported once; `undefined` where the provider was passed by hand. */
export async function loadPlugin(named: NamedConnection): Promise<Plugin | undefined> {
  const { plugin, source } = named;
  if (plugin !== undefined || !("load" in source)) return plugin;
  named.loading ??= load(source);
  try {
    return (named.plugin = await named.loading);
  } finally {
    named.loading = undefined;
  }
}

async function load({ load: imported, provider }: ConnectionDefinition): Promise<Plugin> {
  let plugin: unknown;
  try {
    plugin = await imported();
  } catch (error) {
    throw isSecretError(error) ? error : unloadable(error, provider);
  }
  assertPlugin(plugin, provider);
  return plugin;
}

/** Whether something is missing, and what; or the package is there and failed. */
function unloadable(error: unknown, provider: string): SecretError {
  const about = aboutProvider(provider);
  const { native } = toSecretError(error).details;
  const details = native && { native };
  if (native?.code !== "ERR_MODULE_NOT_FOUND" && native?.code !== "MODULE_NOT_FOUND") {
    return new SecretError("invalid_config", `${about}: its package failed while it was loaded.`, details);
  }
  const missing = missingPackage(error);
  if (missing === undefined) {
    return new SecretError("invalid_config", `${about}: a file of its package is missing.`, details);
  }
  return new SecretError("invalid_config", `${about}: the package ${missing} is not installed.`, {
    ...details,
    hint: `npm install ${missing}`,
  });
}

/** Node says the name in its message only, whose beginning is the same in all versions. */
function missingPackage(error: unknown): string | undefined {
  const [, specifier = ""] = /^Cannot find (?:package|module) '([^']{1,214})'/.exec((error as Error).message) ?? [];
  return PACKAGE.exec(specifier)?.[0];
}
