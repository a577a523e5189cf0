import {
  readCredentialFile,
  type SuggestContext,
  type SuggestedMethod,
  type SuggestedSetting,
  type Suggestions,
  variable as anyVariable,
} from "@vaultlink/core/provider";
import { variable } from "./env.ts";
import type { HashicorpOptions } from "./options.ts";

/** What the variables and files of the vault's own client hold, and how people and programs usually sign in. */
export async function suggest({ env, options }: SuggestContext): Promise<Suggestions> {
  const { auth } = options as HashicorpOptions;
  const namespace = variable(env, "NAMESPACE");
  return {
    settings: [
      addressOf(env, auth?.method),
      ...(namespace === undefined
        ? []
        : [{ option: "namespace", value: namespace, source: nameOf(env, "NAMESPACE") } satisfies SuggestedSetting]),
    ],
    methods: [
      ...(await tokensOf(env)),
      ...(await platformOf(env)),
      { label: "Browser (OIDC)", options: { "auth.method": "oidc" } },
      { label: "User name and password", options: { "auth.method": "userpass" } },
      { label: "User name and password of a directory (LDAP)", options: { "auth.method": "ldap" } },
      {
        label: "AppRole",
        options: { "auth.method": "approle" },
        settings: [{ option: "auth.roleId", label: "Role id" }],
      },
      { label: "Token", options: { "auth.method": "token" } },
    ],
  };
}

function addressOf(env: SuggestContext["env"], method: string | undefined): SuggestedSetting {
  const names = method === "agent" ? ["AGENT_ADDR", "ADDR"] : ["ADDR"];
  const name = names.find((one) => variable(env, one) !== undefined);
  const setting = { option: "address", label: "Address of the vault, e.g. https://vault.example.com:8200" };
  const value = name === undefined ? undefined : variable(env, name);
  return name === undefined || value === undefined ? setting : { ...setting, value, source: nameOf(env, name) };
}

/** The variable of the two that counts. */
const nameOf = (env: SuggestContext["env"], name: string): string =>
  anyVariable(env, `BAO_${name}`) === undefined ? `VAULT_${name}` : `BAO_${name}`;

async function tokensOf(env: SuggestContext["env"]): Promise<readonly SuggestedMethod[]> {
  const token = { label: "Token", options: { "auth.method": "token" } };
  if (variable(env, "TOKEN") !== undefined) return [{ ...token, found: `${nameOf(env, "TOKEN")} is set` }];
  return (await isThere("~/.vault-token", env)) ? [{ ...token, found: "a token in ~/.vault-token" }] : [];
}

/** https://developer.hashicorp.com/vault/docs/auth/kubernetes */
const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";

async function platformOf(env: SuggestContext["env"]): Promise<readonly SuggestedMethod[]> {
  const found: SuggestedMethod[] = [];
  if (await isThere(SERVICE_ACCOUNT, env)) {
    found.push({
      label: "Kubernetes",
      found: "this is a pod, with a service account's token",
      options: { "auth.method": "kubernetes" },
      settings: [{ option: "auth.role", label: "Role" }],
    });
  }
  if (variable(env, "CLIENT_CERT") !== undefined) {
    const name = nameOf(env, "CLIENT_CERT");
    found.push({ label: "TLS certificate", found: `${name} is set`, options: { "auth.method": "cert" } });
  }
  return found;
}

async function isThere(path: string, env: SuggestContext["env"]): Promise<boolean> {
  const held = await readCredentialFile({ path, required: false, hint: "" }, env).catch(() => undefined);
  return held !== undefined;
}
