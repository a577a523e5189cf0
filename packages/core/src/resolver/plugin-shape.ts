import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { Plugin } from "../contract/plugin.ts";
import type { Provider } from "../contract/provider.ts";

/** What a provider's name looks like. Anything else could be something that was pasted, and is not repeated. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/i;

/** How a message begins that is about a provider. */
export function aboutProvider(name: string): string {
  return NAME.test(name) ? `Provider ${name}` : "The connection's provider";
}

/** Throws `invalid_config` for what is no plugin of the provider, whatever the types of its author say. */
export function assertPlugin(loaded: unknown, provider: string): asserts loaded is Plugin {
  const about = aboutProvider(provider);
  if (typeof loaded === "function") throw invalid(`${about}: "load" gave a function; it must give the plugin.`);
  if (!isRecord(loaded)) throw invalid(`${about}: "load" gave nothing; it must give the plugin.`);
  if (!("specVersion" in loaded)) {
    const name = Object.keys(loaded).find((key) => NAME.test(key) && isPluginLike(loaded[key]));
    if (name !== undefined)
      throw invalid(`${about}: "load" gave a module; it must give the module's export "${name}".`);
    const what =
      loaded[Symbol.toStringTag as unknown as string] === "Module" ? "a module without a plugin" : "no plugin";
    throw invalid(`${about}: "load" gave ${what}.`);
  }
  if (!("create" in loaded) && typeof loaded["open"] === "function") {
    throw invalid(`${about}: "load" gave a provider; it must give the plugin that makes it.`);
  }
  assertSpecVersion(loaded["specVersion"], provider);
  if (!isPluginLike(loaded)) throw invalid(`${about}: its plugin lacks "create", or "options" that validate.`);
  if (loaded["name"] === provider) return;
  const own = typeof loaded["name"] === "string" && NAME.test(loaded["name"]) ? ` "${loaded["name"]}"` : " otherwise";
  throw invalid(`${about}: the plugin that "load" gave calls itself${own}.`);
}

/** What a plugin makes of validated options. Throws `invalid_config`, naming the plugin, for what is no provider. */
export function createProvider(plugin: Plugin, options: object): Provider {
  const about = aboutProvider(plugin.name);
  let made: unknown;
  try {
    made = plugin.create(options);
  } catch (thrown) {
    const error = toSecretError(thrown);
    if (error.code !== "internal") throw error;
    throw invalid(`${about}: its plugin failed while it took the options.`, error);
  }
  if (!isRecord(made) || typeof made["open"] !== "function") {
    throw invalid(`${about}: its plugin made something that is no provider.`);
  }
  assertSpecVersion(made["specVersion"], plugin.name);
  return made as unknown as Provider;
}

export function assertSpecVersion(version: unknown, provider: string): void {
  if (version === 1) return;
  const written = typeof version === "number" ? `version ${version}` : "an unknown version";
  throw new SecretError(
    "invalid_config",
    `${aboutProvider(provider)} was written for ${written} of the contract; this core speaks version 1.`,
    { hint: `npm install @vaultlink/core@latest` },
  );
}

function isPluginLike(value: unknown): boolean {
  if (!isRecord(value) || typeof value["create"] !== "function" || !isRecord(value["options"])) return false;
  const standard = value["options"]["~standard"];
  return isRecord(standard) && typeof standard["validate"] === "function";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string, { details }: Pick<SecretError, "details"> = { details: {} }): SecretError {
  return new SecretError("invalid_config", message, details.native && { native: details.native });
}
