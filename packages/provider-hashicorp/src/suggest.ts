import {
  methodOfVariables,
  readCredentialFile,
  settingOfVariables,
  type SuggestContext,
  type SuggestedMethod,
  type SuggestedSetting,
  type Suggestions,
} from "@vaultlink/core/provider";
import { variablesOf } from "./env.ts";
import type { HashicorpOptions } from "./options.ts";

/** What the variables and files of the vault's own client hold, and how people and programs usually sign in. */
export async function suggest({ env, options }: SuggestContext): Promise<Suggestions> {
  const { auth } = options as HashicorpOptions;
  const namespace = settingOfVariables(env, { option: "namespace" }, ...variablesOf("NAMESPACE"));
  return {
    settings: [addressOf(env, auth?.method), ...(namespace.value === undefined ? [] : [namespace])],
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
  const setting = { option: "address", label: "Address of the vault, e.g. https://vault.example.com:8200" };
  return settingOfVariables(env, setting, ...names.flatMap(variablesOf));
}

/** A way to sign in, where one of the two variables of this name is set. */
const ofVariable = (env: SuggestContext["env"], method: SuggestedMethod, name: string): readonly SuggestedMethod[] =>
  variablesOf(name)
    .flatMap((one) => methodOfVariables(env, method, one))
    .slice(0, 1);

async function tokensOf(env: SuggestContext["env"]): Promise<readonly SuggestedMethod[]> {
  const token = { label: "Token", options: { "auth.method": "token" } };
  const set = ofVariable(env, token, "TOKEN");
  if (set.length > 0) return set;
  return (await isThere("~/.vault-token", env)) ? [{ ...token, found: "a token in ~/.vault-token" }] : [];
}

/** https://developer.hashicorp.com/vault/docs/auth/kubernetes */
const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";

async function platformOf(env: SuggestContext["env"]): Promise<readonly SuggestedMethod[]> {
  const pod: SuggestedMethod = {
    label: "Kubernetes",
    found: "this is a pod, with a service account's token",
    options: { "auth.method": "kubernetes" },
    settings: [{ option: "auth.role", label: "Role" }],
  };
  return [
    ...((await isThere(SERVICE_ACCOUNT, env)) ? [pod] : []),
    ...ofVariable(env, { label: "TLS certificate", options: { "auth.method": "cert" } }, "CLIENT_CERT"),
  ];
}

async function isThere(path: string, env: SuggestContext["env"]): Promise<boolean> {
  const held = await readCredentialFile({ path, required: false, hint: "" }, env).catch(() => undefined);
  return held !== undefined;
}
