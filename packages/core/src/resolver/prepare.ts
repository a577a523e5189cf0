import { isSecretError, SecretError } from "../errors/secret-error.ts";
import type { Plugin } from "../plugin.ts";
import type { Provider } from "../provider.ts";
import type { ConnectionDefinition } from "../vault-api.ts";
import type { NamedConnection } from "./named-connection.ts";

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
  let plugin: Plugin;
  try {
    plugin = await imported();
  } catch (error) {
    if (isSecretError(error)) throw error;
    throw new SecretError("invalid_config", `The package of provider ${provider} can't be loaded.`, {
      mend: `npm install @vaultlink/provider-${provider}`,
    });
  }
  assertSpecVersion(plugin.specVersion, provider);
  return plugin;
}

/** The provider behind a connection's name: the one passed by hand, or made from validated options. */
export async function prepare(named: NamedConnection): Promise<Provider> {
  const { source } = named;
  const plugin = await loadPlugin(named);
  if (plugin === undefined || !("load" in source)) {
    assertSpecVersion((source as Provider).specVersion, named.providerName);
    return source as Provider;
  }
  const result = await plugin.options["~standard"].validate(source.options);
  if (result.issues !== undefined) {
    const [issue] = result.issues;
    throw new SecretError(
      "invalid_config",
      `Connection ${named.name}: ${issue?.message ?? "its options are not valid."}`,
      {
        mend: `vaultlink connect ${source.provider} ${named.name} --help`,
      },
    );
  }
  const provider = plugin.create(result.value);
  assertSpecVersion(provider.specVersion, source.provider);
  return provider;
}

function assertSpecVersion(version: unknown, provider: string): void {
  if (version === 1) return;
  const written = typeof version === "number" ? `version ${version}` : "an unknown version";
  throw new SecretError(
    "invalid_config",
    `Provider ${provider} was written for ${written} of the contract; this core speaks version 1.`,
    {
      mend: `npm install @vaultlink/core@latest`,
    },
  );
}
