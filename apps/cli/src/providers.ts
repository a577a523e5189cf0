import { type Plugin, SecretError } from "@vaultlink/core";
import { closestMatch } from "@vaultlink/core/internal";

/** A provider package, which is loaded when a connection needs it and not before. */
export interface KnownProvider {
  /** What to install. */
  readonly package: string;
  /** What a person calls it; the plugin has its own, but is not loaded for a menu. */
  readonly title: string;
  /** The usual name of a connection. */
  readonly connection: string;
  readonly load: () => Promise<{ readonly plugin: Plugin }>;
}

export type ProviderTable = Readonly<Record<string, KnownProvider>>;

/** Every provider there is, by the name that configuration uses. */
export const PROVIDERS: ProviderTable = {
  "1password": {
    package: "@vaultlink/provider-1password",
    title: "1Password",
    connection: "op",
    load: () => import("@vaultlink/provider-1password"),
  },
  aws: {
    package: "@vaultlink/provider-aws",
    title: "AWS Secrets Manager",
    connection: "aws",
    load: () => import("@vaultlink/provider-aws"),
  },
  azure: {
    package: "@vaultlink/provider-azure",
    title: "Azure Key Vault",
    connection: "az",
    load: () => import("@vaultlink/provider-azure"),
  },
  hashicorp: {
    package: "@vaultlink/provider-hashicorp",
    title: "HashiCorp Vault or OpenBao",
    connection: "hcv",
    load: () => import("@vaultlink/provider-hashicorp"),
  },
};

/** The file that names a provider, and what of it does. */
export interface Named {
  readonly what: string;
  readonly file: string;
}

/** The entry of a provider. Throws `invalid_config` for one that nobody knows, with the nearest name. */
export function knownProvider(table: ProviderTable, name: string, by?: Named): KnownProvider {
  const known = Object.hasOwn(table, name) ? table[name] : undefined;
  if (known !== undefined) return known;
  const near = nearestProvider(table, name);
  const suggestion = near === undefined ? `known are ${Object.keys(table).join(", ")}.` : `did you mean ${near}?`;
  const where = by === undefined ? "" : `${by.what}: `;
  const hint = by === undefined ? `vaultlink connect ${near ?? "--help"}` : `Edit ${by.file}`;
  throw new SecretError("invalid_config", `${where}There is no such provider; ${suggestion}`, { hint });
}

/** What people call a vault where it is neither the provider's name nor a connection's usual one. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "1pw": "1password",
    "azure-key-vault": "azure",
    keyvault: "azure",
    onepassword: "1password",
    openbao: "hashicorp",
    bao: "hashicorp",
    secretsmanager: "aws",
    vault: "hashicorp",
  }),
);

/** The provider that is meant by another word, e.g. by the usual name of its connections. */
function nearestProvider(table: ProviderTable, name: string): string | undefined {
  const meant = OTHER_NAMES.get(name) ?? Object.keys(table).find((one) => table[one]?.connection === name);
  return meant !== undefined && Object.hasOwn(table, meant) ? meant : closestMatch(name, Object.keys(table));
}

/** What a connection of a provider is called unless it is given a name; `undefined` for somebody else's provider. */
export const usualConnection = (table: ProviderTable, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name]?.connection : undefined;

/** The plugin of a provider. Throws `invalid_config`, with the command that installs it, for a package that is not there. */
export async function loadPlugin(table: ProviderTable, name: string, by?: Named): Promise<Plugin> {
  const known = knownProvider(table, name, by);
  try {
    return (await known.load()).plugin;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new SecretError("invalid_config", `The package for the provider ${name} is not installed.`, {
      hint: `npm install ${known.package}`,
    });
  }
}
