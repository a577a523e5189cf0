import type { Plugin } from "@vaultlink/core";
import { connection } from "./parts.ts";
import { policyConnection, policySchema } from "./policy.ts";
import { projectSchema } from "./project.ts";
import type { Schema } from "./types.ts";
import { userSchema } from "./user.ts";

/** JSON Schema as editors read it, with the parts that our own check leaves to the providers. */
type Json = Readonly<Record<string, unknown>>;

/** The schemas of all files, by file name: what our check uses, and the options of every provider. */
export function publishedSchemas(plugins: readonly Plugin[]): Readonly<Record<string, Json>> {
  const definition = withProviders(connection, plugins);
  return {
    "project.json": publish("vaultlink.json", projectSchema, definition),
    "user.json": publish("vaultlink/config.json", userSchema, definition),
    "policy.json": publish("vaultlink/policy.json", policySchema, withProviders(policyConnection, plugins)),
  };
}

function publish(title: string, schema: Schema, definition: Json): Json {
  const { connections, ...properties } = schema.properties ?? {};
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    ...schema,
    properties: { ...properties, connections: { ...connections, additionalProperties: definition } },
  };
}

/** A connection: which provider it names decides which options it may have. Credentials are none of them. */
function withProviders({ properties = {}, ...rest }: Schema, plugins: readonly Plugin[]): Json {
  const ours = Object.fromEntries(Object.keys(properties).map((name) => [name, true]));
  return {
    ...rest,
    properties: { ...properties, provider: providerOf(plugins, properties["provider"]) },
    allOf: plugins.map((plugin) => ({
      if: { properties: { provider: { const: plugin.name } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { ...ours, ...optionsOf(plugin) }, additionalProperties: false },
    })),
  };
}

/** Ours by name, others by package or path, or a program. Of the others no options are known here. */
function providerOf(plugins: readonly Plugin[], { anyOf = [], ...rest }: Schema = {}): Json {
  const ours = { type: "string", enum: plugins.map(({ name }) => name) };
  const others = { type: "string", pattern: String.raw`(?:^|/)vaultlink-provider-|^\.{0,2}[\\/]|^\.$|^[A-Za-z]:[\\/]` };
  return { ...rest, anyOf: [ours, others, ...anyOf.filter(({ type }) => type !== "string")] };
}

function optionsOf(plugin: Plugin): Json {
  const schema = plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
  return withoutSecrets(schema)["properties"] as Json;
}

/** The same schema without what `writeOnly` marks, at any depth, and without the one word that JSON Schema does not know. */
function withoutSecrets({ envVariables: _, ...schema }: Json): Json {
  const { properties } = schema;
  if (typeof properties !== "object" || properties === null) return schema;
  const kept = Object.entries(properties as Readonly<Record<string, Json>>).filter(
    ([, held]) => held["writeOnly"] !== true,
  );
  return { ...schema, properties: Object.fromEntries(kept.map(([name, held]) => [name, withoutSecrets(held)])) };
}
