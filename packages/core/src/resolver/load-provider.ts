import { isSecretError, SecretError, toSecretError } from "../errors/secret-error.ts";
import type { Provider } from "../contract/provider.ts";
import { CONTRACT, upgradeProvider, versionFault } from "../contract/versions.ts";
import { isConnectionName } from "../reference/parse.ts";
import type { ConnectionDefinition } from "../types.ts";
import type { Plugin } from "../contract/plugin.ts";
import type { StandardSchemaV1 } from "@standard-schema/spec";

/** Throws `invalid_config` for what is not a valid connection, for callers without types. Never quotes its contents. */
export function assertConnection(name: string, source: unknown): asserts source is Provider | ConnectionDefinition {
  if (!isConnectionName(name)) throw invalid("A connection's name is lower-case letters, digits and hyphens.");
  const problem = problemOf(source);
  if (problem !== undefined) throw invalid(`Connection ${name} ${problem}`);
  if (isRecord(source) && !("load" in source)) assertSpecVersion(source["specVersion"], source["name"] as string);
}

function problemOf(source: unknown): string | undefined {
  if (typeof source === "function") return "is a function; call it with the options, so that it makes a provider.";
  if (!isRecord(source)) return "is neither a provider nor { provider, load, options }.";
  if (typeof source["then"] === "function") return "is a promise; await it first.";
  if ("load" in source || "provider" in source) return definitionProblem(source);
  if (typeof source["open"] === "function") return isText(source["name"]) ? undefined : 'is a provider without "name".';
  if (typeof source["create"] === "function") return "is a plugin; pass what its create makes.";
  return "is neither a provider nor { provider, load, options }.";
}

function definitionProblem({
  provider,
  load,
  options,
  maxSession,
  disconnected,
  admins,
}: Readonly<Record<string, unknown>>): string | undefined {
  if (!isText(provider)) return 'lacks "provider", the name of its provider.';
  if (typeof load !== "function") return 'lacks "load", a function that imports the plugin of its provider.';
  if (!isRecord(options)) return 'lacks "options", an object.';
  if (maxSession !== undefined && !(typeof maxSession === "number" && maxSession > 0)) {
    return 'has a "maxSession" that is not a number of minutes above 0.';
  }
  if (disconnected !== undefined && typeof disconnected !== "boolean") {
    return 'has a "disconnected" that is neither true nor false.';
  }
  if (admins === undefined || (Array.isArray(admins) && admins.every(isText))) return undefined;
  return 'has "admins" that are no list of roles.';
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** What a provider's name looks like. Anything else could be a pasted secret, and is not repeated. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/i;

/** The start of a message about a provider. */
export function aboutProvider(name: string): string {
  return NAME.test(name) ? `Provider ${name}` : "The connection's provider";
}

/** Throws `invalid_config` for what is not a plugin of the provider, for authors without types. */
function assertPlugin(loaded: unknown, provider: string): asserts loaded is Plugin {
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

/** Calls a plugin's `create`. Throws `invalid_config`, naming the plugin, for what is not a provider. */
function createProvider(plugin: Plugin, options: object): Provider {
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
    throw invalid(`${about}: its plugin made something that is not a provider.`);
  }
  assertSpecVersion(made["specVersion"], plugin.name);
  return upgradeProvider(made as unknown as Provider);
}

function assertSpecVersion(version: unknown, provider: string): void {
  const fault = versionFault(version);
  if (fault === undefined) return;
  const written = fault === "unknown" ? "an unknown version" : `version ${String(version)}`;
  const [meets, hint] =
    fault === "older"
      ? [", which this core no longer runs: it speaks", "Install a newer version of the provider's package"]
      : ["; this core speaks", "npm install @vaultlink/core@latest"];
  const sentence = `was written for ${written} of the contract${meets} version ${CONTRACT.current}.`;
  throw new SecretError("invalid_config", `${aboutProvider(provider)} ${sentence}`, { hint });
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

/** https://docs.npmjs.com/package-name-guidelines */
const PACKAGE = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*/i;

/** Imports the plugin of a configured connection. Throws `invalid_config`, naming the provider. */
export async function loadPlugin({ load, provider }: ConnectionDefinition): Promise<Plugin> {
  let plugin: unknown;
  try {
    plugin = await load();
  } catch (error) {
    throw isSecretError(error) ? error : importError(error, provider);
  }
  assertPlugin(plugin, provider);
  return plugin;
}

/** Validates a connection's options and makes its provider. Throws `invalid_config`, naming the connection. */
export async function makeProvider(connection: string, plugin: Plugin, options: Options): Promise<Provider> {
  const result = await validate(plugin, options);
  if (result.issues === undefined) return createProvider(plugin, result.value);
  const hint = `vaultlink connect ${plugin.name} ${connection} --help`;
  const message = `Connection ${connection}: ${optionsMessage(plugin, result.issues)}`;
  throw new SecretError("invalid_config", message, { hint });
}

/** Tells a missing package from a missing file and from a package that failed. */
function importError(error: unknown, provider: string): SecretError {
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

/** Node gives the name only in its message, whose beginning is the same in all versions. */
function missingPackage(error: unknown): string | undefined {
  const [, specifier = ""] = /^Cannot find (?:package|module) '([^']{1,214})'/.exec((error as Error).message) ?? [];
  return PACKAGE.exec(specifier)?.[0];
}

async function validate(plugin: Plugin, options: Options): Promise<StandardSchemaV1.Result<object>> {
  try {
    return await plugin.options["~standard"].validate(options);
  } catch (thrown) {
    const error = toSecretError(thrown);
    if (error.code !== "internal") throw error;
    throw new SecretError(
      "invalid_config",
      `${aboutProvider(plugin.name)}: its plugin failed while it checked options.`,
    );
  }
}

/** What is wrong with options. A schema library's own message is not shown: some libraries quote the value. */
function optionsMessage({ options }: Plugin, [issue]: readonly StandardSchemaV1.Issue[]): string {
  const { jsonSchema, vendor } = options["~standard"];
  if (vendor === "vaultlink" && issue !== undefined) return issue.message;
  const path: string[] = [];
  let schema: unknown = jsonSchema?.input({ target: "draft-2020-12" });
  for (const part of issue?.path ?? []) {
    const name = typeof part === "object" ? part.key : part;
    const known = (schema as { readonly properties?: object } | undefined)?.properties;
    // The name of an option that the schema does not know could be a pasted secret.
    if (typeof name !== "string" || known === undefined || !Object.hasOwn(known, name)) break;
    path.push(name);
    schema = (known as Readonly<Record<string, unknown>>)[name];
  }
  return path.length === 0 ? "its options are not valid." : `option "${path.join(".")}" is not valid.`;
}

export type Options = Readonly<Record<string, unknown>>;

/** A provider's options with credentials in their places. Throws `invalid_config` for an option that is no credential. */
export function withCredentials(plugin: Plugin, options: Options, credentials: Options): Options {
  return merge(plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" }), options, credentials);
}

/** A schema may be made by any library: everything in it is looked at before use. */
function merge(schema: Options, options: Options, credentials: Options): Options {
  const properties = group(schema["properties"]);
  const merged = Object.entries(credentials).map(([name, given]) => {
    const property = group(Object.hasOwn(properties, name) ? properties[name] : undefined);
    if (property["writeOnly"] === true) return [name, given] as const;
    if (property["type"] !== "object" || !isRecord(given)) {
      throw new SecretError("invalid_config", "Only credentials can be given for one sign-in.");
    }
    return [name, merge(property, group(Object.hasOwn(options, name) ? options[name] : undefined), given)] as const;
  });
  return { ...options, ...Object.fromEntries(merged) };
}

const group = (held: unknown): Options => (isRecord(held) ? held : {});
