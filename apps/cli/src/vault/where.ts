import type { Env } from "@vaultlink/core";
import type { ConnectionEntry } from "../config/content.ts";
import { labelOf } from "../third-party/source.ts";

/** One thing that says which vault a connection reaches, such as its address. */
export interface Whereabouts {
  /** What it is, e.g. `address` or `region`. */
  readonly what: string;
  readonly value: string;
  /** The environment variable it comes from, where the configuration does not say. */
  readonly variable?: string;
}

interface Setting {
  readonly what: string;
  /** The keys of the option. */
  readonly option: readonly string[];
  /** What a provider takes where the option is absent, first to last. */
  readonly variables?: readonly string[];
}

/** By provider. The variables are those that each provider reads. */
const SETTINGS: Readonly<Record<string, readonly Setting[]>> = {
  hashicorp: [
    { what: "address", option: ["address"], variables: ["BAO_ADDR", "VAULT_ADDR"] },
    { what: "namespace", option: ["namespace"], variables: ["BAO_NAMESPACE", "VAULT_NAMESPACE"] },
  ],
  aws: [
    { what: "region", option: ["region"], variables: ["AWS_REGION", "AWS_DEFAULT_REGION"] },
    { what: "account", option: ["account"] },
    { what: "profile", option: ["auth", "profile"], variables: ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] },
    { what: "role", option: ["role", "arn"] },
    { what: "endpoint", option: ["endpoint"], variables: ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"] },
  ],
  azure: [
    { what: "vault", option: ["vault"] },
    { what: "address", option: ["vaultUrl"], variables: ["AZURE_KEYVAULT_URL"] },
    { what: "vaults", option: ["vaults"] },
    { what: "tenant", option: ["auth", "tenantId"], variables: ["AZURE_TENANT_ID"] },
  ],
  "1password": [
    { what: "host", option: ["auth", "host"] },
    { what: "account", option: ["auth", "account"] },
  ],
};

/** For providers of others, by what most of them call it. */
const USUAL: readonly Setting[] = ["address", "url", "endpoint", "host", "region", "account"].map((what) => ({
  what,
  option: [what],
}));

/** Which vault a connection reaches, as far as configuration and environment say. Never a credential. */
export function whereIs({ provider, ...options }: ConnectionEntry, env: Env): readonly Whereabouts[] {
  const label = labelOf(provider);
  const settings = Object.hasOwn(SETTINGS, label) ? (SETTINGS[label] ?? []) : USUAL;
  const found = settings.flatMap((setting) => find(setting, options, env) ?? []);
  // A vault that is named is not the one of the environment.
  const isNamed = found.some(({ what, variable }) => what.startsWith("vault") && variable === undefined);
  return found.filter(({ what, variable }) => !(isNamed && what === "address" && variable !== undefined));
}

/** The same in a few words. */
export const shortly = (where: readonly Whereabouts[]): string =>
  where.map(({ what, value }) => (what === "address" ? value : `${what} ${value}`)).join(", ");

function find({ what, option, variables = [] }: Setting, options: object, env: Env): Whereabouts | undefined {
  const held = option.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), options);
  const value = Array.isArray(held) ? held.join(" ") : held;
  if (typeof value === "string" && value !== "") return { what, value: withoutSignIn(value) };
  const variable = variables.find((name) => env[name]?.trim());
  return variable === undefined ? undefined : { what, value: withoutSignIn(env[variable]?.trim() ?? ""), variable };
}

/** A user and a password in an address are no part of where it is. */
function withoutSignIn(text: string): string {
  if (!text.includes("@") || !URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.username === "" && url.password === "") return text;
  [url.username, url.password] = ["", ""];
  return url.href;
}

const isRecord = (held: unknown): held is Readonly<Record<string, unknown>> =>
  typeof held === "object" && held !== null && !Array.isArray(held);
