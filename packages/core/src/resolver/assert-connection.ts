import { SecretError } from "../errors/secret-error.ts";
import type { Provider } from "../contract/provider.ts";
import { isConnectionName } from "../reference/parse.ts";
import type { ConnectionDefinition } from "../types.ts";
import { assertSpecVersion } from "./load-provider.ts";

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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const invalid = (message: string): SecretError => new SecretError("invalid_config", message);
